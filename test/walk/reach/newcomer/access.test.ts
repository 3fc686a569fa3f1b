import { describe } from 'vitest';
import { agree, ask, found, nextOf, play, prepare, read, run } from './play.js';

describe('a newcomer', () => {
  play([
    {
      name: 'closes what is open to the world',
      en: 'Close what is open to the world.',
      ko: '전 세계에 열려 있는 거 닫아줘',
      steps: [
        ask(),
        () => ['fleet_check', { topic: 'exposure', detail: true }],
        nextOf('samsung:partners', 'samsung_set_security_group_rules'),
        agree,
        nextOf('nhn:analytics', 'nhn_modify_network_info'),
        agree,
        ask({ instance: 'naver:partner-portal' }),
        nextOf('naver:partner-portal', 'naver_list_db_users'),
        prepare('naver_change_db_users', 'naver:partner-portal'),
        run('naver_change_db_users', (heard) => ({
          cloudPostgresqlInstanceNo: found(heard, /"cloudPostgresqlInstanceNo":"(\d+)"/),
          cloudPostgresqlUserList: [
            {
              name: found(heard, /"userName":"([^"]+)","clientCidr":"0\.0\.0\.0\/0"/),
              clientCidr: found(heard, /"userName":"portal_app","clientCidr":"([^"]+)"/),
            },
          ],
        })),
        agree,
        () => ['fleet_check', { topic: 'exposure' }],
      ],
      sent: [
        ['POST /v1/clusters/:id/security-group-rules', '0.0.0.0/0'],
        ['PUT /v1.0/db-instances/:id/network-info', '"usePublicAccess":false'],
        ['POST /vpostgresql/v2/changeCloudPostgresqlUserList', '192.168.0.0/16'],
      ],
      tells: ['exposure'],
    },
    {
      name: 'is told what gives read access',
      en: 'Give report_ro read access to orders-primary.',
      ko: 'orders-primary에 report_ro 읽기 권한 줘',
      steps: [ask({ instance: 'orders-primary' }), prepare('nhn_create_db_user', 'orders-primary')],
      tells: ['None only reads: that takes GRANT in the database'],
    },
    {
      name: 'rotates a password',
      en: 'Rotate the password of orders_app at orders-primary.',
      ko: 'orders-primary의 orders_app 비밀번호 바꿔줘',
      decides: ['secret://generate'],
      steps: [
        ask({ instance: 'orders-primary' }),
        prepare('nhn_modify_db_user', 'orders-primary'),
        read('nhn_list_db_users', { dbInstanceId: 'orders-primary' }, "dbUsers[?dbUserName=='orders_app'].dbUserId"),
        run('nhn_modify_db_user', (heard) => ({
          dbInstanceId: 'orders-primary',
          dbUserId: found(heard, /"selected":\["([\w-]+)"/),
          dbPassword: 'secret://generate',
        })),
        agree,
      ],
      sent: [['PUT /v1.0/db-instances/:id/db-users/:id', '"dbPassword":']],
    },
  ]);
});
