import { describe } from 'vitest';
import { agree, ask, found, type Heard, play, prepare, read, run, runPrepared } from './play.js';

const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const noon = `${yesterday}T12:00:00+09:00`;

const primaryServer =
  "cloudPostgresqlInstanceList[].cloudPostgresqlServerInstanceList[?cloudPostgresqlServerRole.codeName=='Primary'][]" +
  '.cloudPostgresqlServerInstanceNo';
const newestLog = 'cloudPostgresqlDbServerLogList[0].fileName';
const logOf = (heard: Heard) => ({
  cloudPostgresqlServerInstanceNo: found(heard, /"selected":\["(\d+)"\]/),
  logType: 'POSTGRESQL_LOG',
});

describe('a newcomer', () => {
  play([
    {
      name: 'restores beside the original',
      en: 'Restore orders-primary to yesterday noon beside the original.',
      ko: 'orders-primary를 원본은 그대로 두고 어제 정오로 복원해줘',
      decides: ['orders-noon', noon],
      steps: [
        ask({ instance: 'orders-primary' }),
        prepare('nhn_restore_db_instance', 'orders-primary'),
        runPrepared(() => ({
          dbInstanceName: 'orders-noon',
          restore: { restoreType: 'TIMESTAMP', restoreYmdt: noon },
        })),
        (heard) => ['wait_for_job', { job: found(heard, /started as job (\S+)\.$/m) }],
      ],
      sent: [['POST /v1.0/db-instances/:id/restore', '"dbInstanceName":"orders-noon"', noon.slice(0, 16)]],
    },
    {
      name: 'makes a small instance that one network reaches',
      en: 'Make a small instance for billing like samsung:staging, reachable from 10.10.0.0/16 and nowhere else.',
      ko: 'samsung:staging처럼 10.10.0.0/16에서만 접속되는 작은 billing 인스턴스 만들어줘',
      decides: ['secret://generate', 'billing'],
      steps: [
        ask({ instance: 'samsung:staging' }),
        prepare('samsung_create_cluster', 'samsung:staging'),
        runPrepared(({ last }) => {
          const { arguments: filled } = last.data as { arguments: { init_config_option: object } };
          return {
            name: 'billing',
            instance_name_prefix: 'billing',
            allowable_ip_addresses: ['10.10.0.0/16'],
            init_config_option: {
              ...filled.init_config_option,
              database_name: 'billing',
              database_user_name: 'billing',
              database_user_password: 'secret://generate',
            },
          };
        }),
      ],
      sent: [['POST /v1/clusters', '"allowable_ip_addresses":["10.10.0.0/16"]', '"nat_enabled":false']],
    },
    {
      name: 'promotes the replica of a region that is gone',
      en: 'The region of samsung orders is dead: promote its replica.',
      ko: '삼성 orders 리전이 죽었어. 복제본을 승격해줘',
      scenario: 'region-down',
      steps: [
        ask(),
        ({ words }) => ['fleet_get_instance', { instance: /\S+ orders/.exec(words)?.[0] }],
        (heard) => prepare('samsung_promote_replica_cluster', found(heard, /replicas: (samsung:\w+)/))(heard),
        runPrepared(),
        agree,
      ],
      sent: [['POST /v1/clusters/:id/promote']],
    },
    {
      name: 'hands a log out to a bucket',
      en: 'Copy the newest server log of shop-orders to the bucket shop-archive.',
      ko: 'shop-orders의 최신 서버 로그를 shop-archive 버킷으로 복사해줘',
      steps: [
        ask({ instance: 'shop-orders' }),
        () => ['find_operation', { operation: 'naver_list_db_server_logs' }],
        read('naver_get_instance', { cloudPostgresqlInstanceNo: 'shop-orders' }, primaryServer),
        read('naver_list_db_server_logs', logOf, newestLog),
        run('naver_export_db_server_log', (heard) => ({
          ...logOf(heard),
          fileName: found(heard, /"selected":"([^"]+\.log[^"]*)"/),
          bucketName: 'shop-archive',
        })),
        agree,
      ],
      sent: [['POST /vpostgresql/v2/exportDbServerLogToObjectStorage', 'shop-archive']],
    },
    {
      name: 'deletes an old backup',
      en: 'Delete the oldest manual backup of orders-primary.',
      ko: 'orders-primary의 가장 오래된 수동 백업 지워줘',
      decides: ['MANUAL', '1', '100'],
      steps: [
        ask({ instance: 'orders-primary' }),
        read(
          'nhn_list_backups',
          { dbInstanceId: 'orders-primary', page: 1, size: 100, backupType: 'MANUAL' },
          'sort_by(backups, &completedYmdt)[0].[backupId, backupName, completedYmdt]',
        ),
        run('nhn_delete_backup', (heard) => ({ backupId: found(heard, /"selected":\["([\w-]+)"/) })),
        agree,
      ],
      sent: [['DELETE /v1.0/backups/:id']],
    },
  ]);
});
