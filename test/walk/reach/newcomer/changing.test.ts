import { describe } from 'vitest';
import { agree, ask, nextOf, play, prepare, runPrepared, type Step } from './play.js';

interface Moment {
  time: string;
  connections: number;
}

const day = 86_400_000;

/** Waits for the time of day at which there were the fewest connections, as the last answer tells them. */
const atQuietest =
  (step: Step): Step =>
  (heard) => {
    const series = heard.last.data['series'] as Moment[];
    const [quietest] = series.toSorted((a, b) => a.connections - b.connections);
    const [begin] = series;
    if (!quietest || !begin) throw new Error('The answer tells no series.');
    // The series is of the day until now, so the same time comes as long after its begin.
    heard.wait((Date.parse(quietest.time) - Date.parse(begin.time)) % day);
    return step(heard);
  };

describe('a newcomer changes', () => {
  play([
    {
      name: 'a parameter',
      en: 'Raise max_connections of NHN analytics to 500 at the safest moment.',
      ko: 'NHN analytics의 max_connections를 500으로 올려줘, 가장 안전한 시점에',
      decides: ['connections'],
      steps: [
        ask({ instance: 'NHN analytics' }),
        prepare('nhn_modify_parameters', 'NHN analytics'),
        runPrepared(() => ({ modifiedParameters: [{ parameterName: 'max_connections', value: '500' }] })),
        () => ['fleet_get_metrics', { instance: 'NHN analytics', metrics: ['connections'] }],
        atQuietest(prepare('nhn_apply_parameter_group', 'NHN analytics')),
        runPrepared(),
        agree,
      ],
      sent: [
        ['PUT /v1.0/parameter-groups/:id/parameters', 'max_connections', '500'],
        ['POST /v1.0/db-instances/:id/apply-recent-parameter-group'],
      ],
      changed: 1,
    },
    {
      name: 'a full disk',
      en: 'The disk is full. Grow it.',
      ko: '디스크가 꽉 찼어. 늘려줘',
      steps: [
        ask(),
        () => ['fleet_check', { topic: 'capacity', detail: true }],
        nextOf('nhn:analytics', 'nhn_modify_storage_info'),
        agree,
      ],
      sent: [['PUT /v1.0/db-instances/:id/storage-info', '"storageSize":270']],
    },
    {
      name: 'what has no backups',
      en: 'Turn on backups where they are off.',
      ko: '백업 꺼진 곳에 백업 켜줘',
      steps: [
        ask(),
        () => ['fleet_check', { topic: 'backups', detail: true }],
        nextOf('samsung:analytics', 'samsung_set_backup'),
        nextOf('nhn:billing-legacy', 'nhn_modify_backup_info'),
        () => ['fleet_check', { topic: 'backups', detail: true }],
      ],
      sent: [
        ['POST /v1/clusters/:id/backups', '"retention_period_day":"7"'],
        ['PUT /v1.0/db-instances/:id/backup-info', '"backupPeriod":7'],
      ],
      tells: [
        "naver:stats-batch: backups.enabled false. Not by API: turn on automatic backups in the provider's console",
      ],
    },
    {
      name: 'what has no deletion protection',
      en: 'Turn on deletion protection where it is missing.',
      ko: '삭제 보호 없는 곳에 켜줘',
      steps: [
        ask(),
        () => ['fleet_check', { topic: 'lifecycle', detail: true }],
        nextOf('nhn:billing-legacy', 'nhn_modify_deletion_protection'),
      ],
      sent: [['PUT /v1.0/db-instances/:id/deletion-protection', 'true']],
    },
    {
      name: 'those that wait for a restart',
      en: 'Some parameters wait for a restart. Bring them to the primary.',
      ko: '재시작을 기다리는 파라미터가 있대. 프라이머리에 적용해줘',
      steps: [
        ask(),
        () => ['fleet_check', { topic: 'lifecycle', detail: true }],
        nextOf('nhn:orders-primary', 'nhn_apply_parameter_group'),
        agree,
      ],
      sent: [['POST /v1.0/db-instances/:id/apply-recent-parameter-group']],
    },
  ]);
});
