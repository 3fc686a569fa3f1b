import { beforeEach, describe, expect, test } from 'vitest';
import { policyOf } from '../../http/support/people.js';
import { connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed, serverNamed } from '../providers/naver.js';
import { headOf, risksOf } from './plans.js';

const end = endOfFile();
const fleet = await startFleet({ providers: ['naver'], end });
const { call, asked } = await connect({ fleet, answer: 'decline', end });
const orders = await instanceNamed(call, 'shop-orders');
const partner = await instanceNamed(call, 'partner-portal');
const stats = await instanceNamed(call, 'stats-batch');
const of = ({ cloudPostgresqlInstanceNo }: { cloudPostgresqlInstanceNo: string }) => ({ cloudPostgresqlInstanceNo });
const server = (instance: typeof orders, name: string) => ({
  cloudPostgresqlServerInstanceNo: serverNamed(instance, name),
});

beforeEach(() => {
  for (const list of [fleet.sent, asked]) list.length = 0;
});

const users = (...cloudPostgresqlUserList: object[]) => ({ cloudPostgresqlUserList });
const databases = (...cloudPostgresqlDatabaseList: object[]) => ({ cloudPostgresqlDatabaseList });
const newcomer = { name: 'month_end', password: 'Tr0ub4dor-3', isReplicationRole: false };
const everyone = { name: 'portal_app', clientCidr: '0.0.0.0/0' };
const aLog = { logType: 'POSTGRESQL_LOG' };
const narrow = { clientCidr: '192.168.0.0/16' };
const created = {
  vpcNo: '5087',
  subnetNo: '5051',
  isHa: false,
  cloudPostgresqlServiceName: 'fresh-one',
  cloudPostgresqlServerNamePrefix: 'fresh',
  cloudPostgresqlDatabaseName: 'app',
  cloudPostgresqlUserName: 'appuser',
  cloudPostgresqlUserPassword: 'Tr0ub4dor-3',
};

describe('what is asked about', () => {
  test.each([
    ['a first login for everyone', 'naver_create_instance', { ...created, clientCidr: '0.0.0.0/0' }, 'exposing'],
    ['the same, spelled otherwise', 'naver_create_instance', { ...created, clientCidr: '1.2.3.4/0' }, 'exposing'],
    ['half of everyone', 'naver_create_instance', { ...created, clientCidr: '0.0.0.0/1' }, 'exposing'],
    ['IPv6 for everyone', 'naver_create_instance', { ...created, clientCidr: '::/0' }, 'exposing'],
    [
      'a login for a network',
      'naver_add_db_users',
      { ...of(orders), ...users({ ...newcomer, clientCidr: '10.0.0.0/8' }) },
      'exposing',
    ],
    [
      'a login that opens wider',
      'naver_change_db_users',
      { ...of(orders), ...users({ name: 'reporting', clientCidr: '192.168.0.0/16' }) },
      'exposing',
    ],
    [
      'one that opens to everyone',
      'naver_change_db_users',
      { ...of(orders), ...users({ name: 'reporting', clientCidr: '0.0.0.0/0' }) },
      'exposing',
    ],
    [
      'one that narrows',
      'naver_change_db_users',
      { ...of(partner), ...users({ name: 'partner_api', clientCidr: '192.168.44.0/24' }) },
      'disruptive',
    ],
    [
      'one that moves',
      'naver_change_db_users',
      { ...of(orders), ...users({ name: 'reporting', clientCidr: '192.168.13.0/24' }) },
      'exposing, disruptive',
    ],
    [
      'a password',
      'naver_change_db_users',
      { ...of(orders), ...users({ name: 'reporting', password: 'Tr0ub4dor-3' }) },
      'exposing',
    ],
    [
      'the replication role',
      'naver_change_db_users',
      { ...of(orders), ...users({ name: 'reporting', isReplicationRole: true }) },
      'exposing',
    ],
    [
      'the role that is lost',
      'naver_change_db_users',
      { ...of(orders), ...users({ name: 'orders_cdc', isReplicationRole: false }) },
      'disruptive',
    ],
    [
      'one that narrows and one that widens',
      'naver_change_db_users',
      {
        ...of(partner),
        ...users(
          { name: 'partner_api', clientCidr: '192.168.44.0/24' },
          { name: 'portal_app', clientCidr: '0.0.0.0/0' },
        ),
      },
      'exposing, disruptive',
    ],
    ['a login that goes', 'naver_delete_db_users', { ...of(orders), ...users({ name: 'reporting' }) }, 'destructive'],
    [
      'a database that goes',
      'naver_delete_databases',
      { ...of(orders), ...databases({ name: 'payments' }) },
      'destructive',
    ],
    ['an instance that goes', 'naver_delete_instance', of(stats), 'destructive'],
    ['a replica that goes', 'naver_delete_read_replica', server(orders, 'orders-003'), 'destructive'],
    ['a primary as a replica', 'naver_delete_read_replica', server(orders, 'orders-001'), 'destructive'],
    ['the primary', 'naver_reboot_server', server(orders, 'orders-001'), 'disruptive'],
    ['a replica', 'naver_reboot_server', server(orders, 'orders-003'), 'disruptive'],
    [
      'a backup that leaves',
      'naver_export_backup',
      { ...of(orders), fileName: 'any', bucketName: 'shop-archive' },
      'exposing',
    ],
  ])('%s: %s', async (_, tool, args, expected) => {
    await call(tool, args);
    expect(risksOf(asked[0]?.message)).toBe(expected);
    expect(fleet.changes()).toEqual([]);
  });
});

test.each([
  ['the same range', { name: 'reporting', clientCidr: '192.168.12.0/24' }],
  ['the same range and role', { name: 'orders_cdc', clientCidr: '192.168.11.24/32', isReplicationRole: true }],
])('%s is nothing to change', async (_, user) => {
  const { data } = await call('naver_change_db_users', { ...of(orders), ...users(user) });
  expect(data['status']).toBe('unchanged');
  expect(asked).toEqual([]);
  expect(fleet.changes()).toEqual([]);
});

test.each([
  ['an instance with a replica', 'naver_delete_instance', of(orders), 'naver_delete_read_replica'],
  [
    'an owner who is no login',
    'naver_add_databases',
    { ...of(orders), ...databases({ name: 'returns', owner: 'nobody' }) },
    'naver_list_db_users',
  ],
  ['a secondary', 'naver_reboot_server', server(orders, 'orders-002'), 'The primary or a read replica can'],
  ['a replica in several zones without a subnet', 'naver_create_read_replica', of(orders), 'naver_list_target_subnets'],
])('%s cannot work, and what would is told', async (_, tool, args, instead) => {
  const { data, text, isError } = await call(tool, args);
  expect(isError).toBe(true);
  expect(data['status']).toBe('impossible');
  expect(text).toContain(instead);
  expect(asked).toEqual([]);
  expect(fleet.changes()).toEqual([]);
});

test('what happens, to what, and the way back are in the first three lines', async () => {
  const heads: string[] = [];
  const calls: [string, object][] = [
    [
      'naver_change_db_users',
      { ...of(partner), ...users({ name: 'partner_api', clientCidr: '192.168.44.0/24' }, everyone) },
    ],
    ['naver_delete_db_users', { ...of(orders), ...users({ name: 'orders_app' }) }],
    ['naver_delete_instance', of(stats)],
    ['naver_delete_read_replica', server(orders, 'orders-003')],
    ['naver_reboot_server', server(orders, 'orders-001')],
    ['naver_create_instance', { ...created, clientCidr: '0.0.0.0/0' }],
  ];
  for (const [tool, args] of calls) {
    asked.length = 0;
    await call(tool, { ...args });
    heads.push(headOf(asked[0]?.message));
  }
  expect(heads.join('\n\n')).toMatchInlineSnapshot(`
    "Change DB users: partner-portal (running) at NAVER Cloud DB for PostgreSQL.
    What happens (exposing, disruptive): portal_app may be used from 0.0.0.0/0, far more than one network.
      Clients outside 192.168.44.0/24 can no longer connect as partner_api.
    Way back:
      Set the old range again.

    Delete DB users: orders_app, which concerns shop-orders (running) at NAVER Cloud DB for PostgreSQL.
    What happens (destructive):
      The login orders_app is gone with its password and grants; its clients no longer connect.
      Owners of databases may be refused: orders_app of orders; orders_app of payments.
    Way back:
      None. naver_add_db_users makes a new login of the same name; grants have to be given again.

    Delete instance: stats-batch (running) at NAVER Cloud DB for PostgreSQL.
    What happens (destructive):
      All its servers, databases and addresses are gone, its backups too as far as is known.
      No backup of it is known.
    Way back:
      None.
      Only a backup file that was exported to a bucket stays.

    Delete read replica: orders-003, which concerns shop-orders (running) at NAVER Cloud DB for PostgreSQL.
    What happens (destructive):
      The replica is gone, and clients that read from pg-1234019.vpc-pg.example lose that address.
    Way back:
      None for this server; naver_create_read_replica adds another.

    Reboot server: orders-001, which concerns shop-orders (running) at NAVER Cloud DB for PostgreSQL.
    What happens (disruptive):
      All connections to orders-001 are cut, and it is away until it is up again.
      It takes the writes: open transactions roll back, and nobody can write meanwhile.
      Whether its secondary takes over is not documented.
    Way back:
      None needed: it comes back by itself.

    Create instance: fresh-one at NAVER Cloud DB for PostgreSQL.
    What happens (exposing):
      Its first login, appuser, may be used from 0.0.0.0/0, far more than one network.
    Way back:
      Narrow the range with naver_change_db_users, or delete the instance."
  `);
});

test('who gets in, and what is lost, is in the plan in words', async () => {
  await call('naver_change_db_users', { ...of(orders), ...users({ name: 'reporting', clientCidr: '0.0.0.0/0' }) });
  expect(asked[0]?.message).toContain(
    'Changes: reporting clientCidr 192.168.12.0/24 → 0.0.0.0/0 ' +
      '(lets in every address (IPv4) except 192.168.12.0/24 (private)).',
  );
  await call('naver_delete_db_users', { ...of(orders), ...users({ name: 'orders_app' }) });
  expect(asked[1]?.message).toContain(
    'Databases that these users own: orders (owner orders_app); payments (owner orders_app).',
  );
  await call('naver_delete_instance', of(partner));
  expect(asked[2]?.message).toContain('Addresses that are lost: partner-001 (public domain pg-1234151.vpc-pub.example');
  expect(asked[2]?.message).toMatch(/^Backups that go with it: \d+ \(end time /m);
  await call('naver_reboot_server', server(orders, 'orders-001'));
  expect(asked[3]?.message).toContain(
    'Other servers of the instance: orders-002 (role Secondary, status name running)',
  );
});

test('where the logins cannot be read, their change is refused before anybody is asked', async () => {
  const alone = await startFleet({ providers: ['naver'] });
  const client = await connect({ fleet: alone, answer: 'yes' });
  alone.faults.add({ on: 'GET /vpostgresql/v2/getCloudPostgresqlUserList', kind: 'status', value: 500 });
  const change = users({ name: 'reporting', clientCidr: '192.168.12.0/24' });
  const { text, isError } = await client.call('naver_change_db_users', { ...of(orders), ...change });
  expect(isError).toBe(true);
  expect(text).toContain('naver_list_db_users has to work first');
  expect(client.asked).toEqual([]);
  expect(alone.changes()).toEqual([]);
});

test.each<[string, string, object]>([
  ['the number of a server', 'naver_reboot_server', server(orders, 'orders-001')],
  ['the number of a server, in a read', 'naver_list_db_server_logs', { ...server(orders, 'orders-001'), ...aLog }],
  [
    'the name that it gives',
    'naver_create_instance',
    { ...created, ...narrow, cloudPostgresqlServiceName: 'shop-new' },
  ],
])('a rule about instances is not escaped by %s', async (_, tool, args) => {
  const rules = [{ effect: 'deny', instances: ['shop-*'], reason: 'Shops are frozen.' }];
  const ruled = await connect({ fleet, answer: 'yes', env: policyOf({ rules }) });
  expect((await ruled.call(tool, { ...args })).text).toContain('Shops are frozen.');
  expect(fleet.changes()).toEqual([]);
});
