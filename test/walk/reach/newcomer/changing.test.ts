import { describe } from 'vitest';
import { agree, ask, nextOf, play, prepare, runPrepared } from './play.js';

describe('a newcomer changes', () => {
  play([
    {
      name: 'a parameter',
      en: 'Raise max_connections of nhn:analytics to 500 at the safest moment.',
      ko: 'nhn:analytics의 max_connections를 500으로 올려줘, 가장 안전한 시점에',
      steps: [
        ask({ instance: 'nhn:analytics' }),
        prepare('nhn_modify_parameters', 'nhn:analytics'),
        runPrepared(() => ({ modifiedParameters: [{ parameterName: 'max_connections', value: '500' }] })),
        prepare('nhn_apply_parameter_group', 'nhn:analytics'),
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
      en: 'Restart the one with pending parameters, orders-primary.',
      ko: '파라미터 적용 대기 중인 orders-primary 재시작해줘',
      steps: [
        ask({ instance: 'orders-primary' }),
        () => ['fleet_diagnose_instance', { instance: 'orders-primary' }],
        nextOf('nhn:orders-primary', 'nhn_apply_parameter_group'),
        agree,
      ],
      sent: [['POST /v1.0/db-instances/:id/apply-recent-parameter-group']],
    },
  ]);
});
