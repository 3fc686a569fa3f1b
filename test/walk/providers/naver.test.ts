import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';
import { finished, follow, jobOf } from '../../support/follow.js';
import { instanceNamed, serverNamed } from './naver.js';

const end = endOfFile();

const start = () => startFleet({ providers: ['naver'] });
const path = (operation: string) => `POST /vpostgresql/v2/${operation}`;

describe.each(['2026', '2025'] as const)('with a client of %s', (peer) => {
  test('a login is narrowed once the box is ticked, and the instance settles', async () => {
    const fleet = await start();
    const connection = await connect({ peer, fleet, answer: 'yes' });
    const { call, asked } = connection;
    const { cloudPostgresqlInstanceNo } = await instanceNamed(call, 'partner-portal');
    const users = async () => (await call('naver_list_db_users', { cloudPostgresqlInstanceNo })).data;
    expect(JSON.stringify(await users())).toContain('0.0.0.0/0');

    const cloudPostgresqlUserList = [{ name: 'partner_api', clientCidr: '192.168.44.0/24' }];
    const changed = await call('naver_change_db_users', { cloudPostgresqlInstanceNo, cloudPostgresqlUserList });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).toMatch(/^Instance: partner-portal \(status name running/m);
    expect(asked[0]?.message).toMatch(/^User: partner_api \(client cidr 0\.0\.0\.0\/0/m);
    const { heard, ...ended } = await follow(connection, fleet, jobOf(changed), 5_000);
    expect(heard[0]).toContain('running, as before');
    expect(heard[1]).toContain('settingup');
    expect(heard).toHaveLength(2);
    expect(ended).toMatchObject({ state: 'succeeded', providerState: 'running' });
    expect(JSON.stringify(await users())).not.toContain('0.0.0.0/0');
  });

  test('an instance is deleted once its name is typed, and that it is gone is the success', async () => {
    const fleet = await start();
    const connection = await connect({ peer, fleet, answer: 'yes' });
    const { call, asked } = connection;
    const { cloudPostgresqlInstanceNo } = await instanceNamed(call, 'stats-batch');
    const job = jobOf(await call('naver_delete_instance', { cloudPostgresqlInstanceNo }));
    expect(asked[0]?.message).toContain('Type `stats-batch` to confirm');
    expect(asked[0]?.message).toContain('Newest backup: none');
    expect(fleet.changes()).toEqual([path('deleteCloudPostgresqlInstance')]);
    expect(await finished(connection, fleet, job)).toMatchObject({ state: 'succeeded', providerState: 'deleted' });
    const { isError, text } = await call('naver_get_instance', { cloudPostgresqlInstanceNo });
    expect(isError).toBe(true);
    expect(text).toContain('5001017');
    expect(text).toContain('naver_list_instances');
  });
});

describe('right after a change, while the state lags,', () => {
  test.each([
    ['naver_delete_instance', 'stats-batch', (no: string) => ({ cloudPostgresqlInstanceNo: no })],
    [
      'naver_reboot_server',
      'stats-batch',
      (_no: string, server: string) => ({ cloudPostgresqlServerInstanceNo: server }),
    ],
    [
      'naver_delete_read_replica',
      'shop-orders',
      (_no: string, server: string) => ({ cloudPostgresqlServerInstanceNo: server }),
    ],
    [
      'naver_add_databases',
      'stats-batch',
      (no: string) => ({
        cloudPostgresqlInstanceNo: no,
        cloudPostgresqlDatabaseList: [{ name: 'more', owner: 'stats_loader' }],
      }),
    ],
  ])('%s is no success', async (tool, name, argumentsFor) => {
    const fleet = await start();
    const { call } = await connect({ fleet, answer: 'yes' });
    const instance = await instanceNamed(call, name);
    const server = instance.cloudPostgresqlServerInstanceList.at(-1)?.cloudPostgresqlServerInstanceNo ?? '';
    const job = jobOf(await call(tool, argumentsFor(instance.cloudPostgresqlInstanceNo, server)));
    expect((await call('wait_for_job', { job, seconds: 1 })).data).toMatchObject({ state: 'running' });
  });
});

test('a number that does not exist is an error, and not a deletion', async () => {
  const { call } = await connect({ fleet: await start() });
  const { isError, text } = await call('wait_for_job', { job: 'naver:999' });
  expect(isError).toBe(true);
  expect(text).toContain('5001017');
});

test('declining deletes nothing', async () => {
  const fleet = await start();
  const { call } = await connect({ peer: '2025', fleet, answer: 'decline' });
  const { cloudPostgresqlInstanceNo } = await instanceNamed(call, 'stats-batch');
  const { isError, text } = await call('naver_delete_instance', { cloudPostgresqlInstanceNo });
  expect(isError).toBe(true);
  expect(text).toContain('Nothing was sent');
  expect(fleet.changes()).toEqual([]);
});

describe('on one fleet', async () => {
  const fleet = await startFleet({ providers: ['naver'], end });
  const connection = await connect({ fleet, answer: 'yes', end });
  const { call, asked } = connection;

  beforeEach(() => {
    for (const list of [fleet.sent, fleet.requests, asked]) list.length = 0;
  });

  test('what comes in a list is spelled with numbers, in the body of a form', async () => {
    const { cloudPostgresqlInstanceNo } = await instanceNamed(call, 'shop-orders');
    const cloudPostgresqlDatabaseList = [
      { name: 'returns', owner: 'orders_app' },
      { name: 'refunds', owner: 'reporting' },
    ];
    await call('naver_add_databases', { cloudPostgresqlInstanceNo, cloudPostgresqlDatabaseList });
    const { url, body } = fleet.requests.at(-1) ?? {};
    expect(new URL(url ?? '').search).toBe('');
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      cloudPostgresqlInstanceNo,
      'cloudPostgresqlDatabaseList.1.name': 'returns',
      'cloudPostgresqlDatabaseList.1.owner': 'orders_app',
      'cloudPostgresqlDatabaseList.2.name': 'refunds',
      'cloudPostgresqlDatabaseList.2.owner': 'reporting',
      responseFormatType: 'json',
    });
    fleet.world.advance(60_000);
    const { data } = await call('naver_list_databases', { cloudPostgresqlInstanceNo });
    expect(data['totalRows']).toBe(4);
  });

  test('a replica is followed to its end by the instance, in the region of the call', async () => {
    const { cloudPostgresqlInstanceNo } = await instanceNamed(call, 'shop-orders');
    const args = { cloudPostgresqlInstanceNo, regionCode: 'KR', subnetNo: '5051' };
    const made = await call('naver_create_read_replica', args);
    expect(made.data['pgfleet']).toMatchObject({ plan: { tool: 'naver_create_read_replica', name: 'shop-orders' } });
    expect(made.text).toContain('One more server, which is billed.');
    const job = jobOf(made);
    expect(job).toMatch(new RegExp(`^naver:${cloudPostgresqlInstanceNo}@KR/joined/\\d+~\\d+$`));
    const { heard, state } = await follow(connection, fleet, job, 5_000);
    expect(heard[0]).toContain('running, without the replica');
    expect(heard[1]).toContain('running, orders-004 creating');
    expect(state).toBe('succeeded');

    const orders = await instanceNamed(call, 'shop-orders');
    const cloudPostgresqlServerInstanceNo = serverNamed(orders, 'orders-004');
    const gone = jobOf(await call('naver_delete_read_replica', { cloudPostgresqlServerInstanceNo }));
    expect(asked[0]?.message).toContain('Type `orders-004` to confirm');
    expect(asked[0]?.message).toMatch(/^Its instance: shop-orders \(/m);
    expect(await finished(connection, fleet, gone)).toMatchObject({ state: 'succeeded', providerState: 'running' });
    expect(JSON.stringify(await instanceNamed(call, 'shop-orders'))).not.toContain('orders-004');
  });

  test('a server that is rebooted is followed by the instance that the answer names', async () => {
    const stats = await instanceNamed(call, 'stats-batch');
    const cloudPostgresqlServerInstanceNo = serverNamed(stats, 'stats-001');
    const job = jobOf(await call('naver_reboot_server', { cloudPostgresqlServerInstanceNo }));
    expect(job).toContain(`naver:${stats.cloudPostgresqlInstanceNo}/`);
    const { heard, state } = await follow(connection, fleet, job, 5_000);
    expect(heard[1]).toContain('restarting');
    expect(state).toBe('succeeded');
  });

  const fresh = {
    vpcNo: '5087',
    subnetNo: '5051',
    isHa: false,
    cloudPostgresqlServiceName: 'fresh-one',
    cloudPostgresqlServerNamePrefix: 'fresh',
    cloudPostgresqlDatabaseName: 'app',
    cloudPostgresqlUserName: 'appuser',
    cloudPostgresqlUserPassword: 'Tr0ub4dor-3',
  };

  test('a new instance takes a yes only when its login is open to everyone', async () => {
    const narrow = await call('naver_create_instance', { ...fresh, clientCidr: '192.168.0.0/16' });
    expect(asked).toEqual([]);
    const { heard, state } = await follow(connection, fleet, jobOf(narrow));
    expect(heard[0]).toContain('creating');
    expect(state).toBe('succeeded');

    const other = { ...fresh, cloudPostgresqlServiceName: 'fresh-two', cloudPostgresqlServerNamePrefix: 'second' };
    await call('naver_create_instance', { ...other, clientCidr: '0.0.0.0/0' });
    expect(asked[0]?.message).toContain('Its first login, appuser, may be used from 0.0.0.0/0');
  });

  test('an instance that has a replica is not deleted, and the reason is told before anybody is asked', async () => {
    const { cloudPostgresqlInstanceNo } = await instanceNamed(call, 'shop-orders');
    const { isError, text } = await call('naver_delete_instance', { cloudPostgresqlInstanceNo });
    expect(isError).toBe(true);
    expect(text).toContain('has a read replica');
    expect(asked).toEqual([]);
  });

  test('a login that does not exist is not asked about', async () => {
    const { cloudPostgresqlInstanceNo } = await instanceNamed(call, 'shop-orders');
    const cloudPostgresqlUserList = [{ name: 'orders_app' }, { name: 'nobody' }];
    const { isError, text } = await call('naver_delete_db_users', {
      cloudPostgresqlInstanceNo,
      cloudPostgresqlUserList,
    });
    expect(isError).toBe(true);
    expect(text).toContain('naver_list_db_users');
    expect(asked).toEqual([]);
    expect(fleet.changes()).toEqual([]);
  });
});
