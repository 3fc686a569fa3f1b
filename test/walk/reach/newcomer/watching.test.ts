import { describe } from 'vitest';
import { ask, found, play, type Step } from './play.js';

const now = Date.now();
const hour = 3_600_000;
const [from, to] = [new Date(now - 24 * hour).toISOString(), new Date(now).toISOString()];

const events: Step = () => ['fleet_list_events', { from, to }];
const runbook: Step = (heard) => ['find_operation', { runbook: found(heard, /\{"runbook":"(\w+)"\}/) }];

describe('a newcomer is told', () => {
  play([
    {
      name: 'what paged',
      en: 'What paged me tonight?',
      ko: '오늘 밤에 무슨 알람이 울렸어?',
      scenario: 'storage-full',
      decides: [from, to],
      steps: [ask(), events, () => ['fleet_check', { detail: true }]],
      tells: [/critical: .*[Ss]torage/],
    },
    {
      name: 'whether anything is wrong',
      en: 'Is anything wrong?',
      ko: '뭔가 잘못된 게 있어?',
      steps: [ask(), () => ['fleet_check']],
      tells: ['21 instances examined', 'Open to every address'],
    },
    {
      name: 'why it is slow',
      en: 'Why is orders slow?',
      ko: 'orders가 왜 느려?',
      scenario: 'replication-delay',
      steps: [ask(), () => ['fleet_diagnose_instance', { instance: 'orders' }]],
      tells: ['Replication falls behind'],
    },
    {
      name: 'who changed what',
      en: 'Who changed what last night?',
      ko: '어젯밤에 누가 뭘 바꿨어?',
      decides: [from, to],
      steps: [ask(), events],
      tells: ['ops@example.com at cegedim: 1 POSTGRESQL_STOP', 'samsung keeps no events'],
    },
    {
      name: 'how the duty is handed over',
      en: 'Hand over the duty to the next shift.',
      ko: '당직 인수인계 해줘',
      decides: [from, to],
      steps: [ask(), runbook, () => ['fleet_overview'], events, () => ['fleet_check']],
      tells: ['21 instances examined'],
    },
    {
      name: 'who can log in',
      en: 'Who can log in to orders-primary?',
      ko: 'orders-primary에 로그인할 수 있는 사람 목록',
      steps: [
        ask({ instance: 'orders-primary' }),
        () => ['nhn_list_db_users', { dbInstanceId: 'orders-primary' }],
        () => ['nhn_list_hba_rules', { dbInstanceId: 'orders-primary' }],
      ],
      tells: ['orders_admin', '192.168.0.0/24'],
    },
    {
      name: 'what is too large',
      en: 'Which instances are too large?',
      ko: '사양이 너무 큰 인스턴스가 뭐야?',
      steps: [ask(), () => ['fleet_get_metrics', {}]],
      tells: [/^nhn:orders-standby, 4 vCPU, 32 GB .*: cpu /m, 'cpu, memory, connections, io of naver:'],
    },
    {
      name: 'what differs',
      en: 'What differs between orders-primary and nhn:staging?',
      ko: 'orders-primary랑 nhn:staging이랑 뭐가 달라?',
      steps: [ask(), () => ['fleet_compare', { instances: ['orders-primary', 'nhn:staging'] }]],
      tells: ['version: nhn:orders-primary 17.6; nhn:staging 14.6'],
    },
    {
      name: 'that no API upgrades it',
      en: 'Upgrade billing-legacy at naver.',
      ko: '네이버 billing-legacy 업그레이드해줘',
      steps: [
        ask(),
        () => ['fleet_overview', { provider: 'naver' }],
        (heard) => ['fleet_diagnose_instance', { instance: found(heard, /billing-legacy \[(naver:\d+)\]/) }],
      ],
      tells: ["Not by API: upgrade PostgreSQL in the provider's console."],
    },
  ]);
});
