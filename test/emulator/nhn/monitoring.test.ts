import { expect, test } from 'vitest';
import { scenarios } from '../../../src/emulator/core/world.js';
import { type Client, connect, seconds, text, valuesOf } from './client.js';

const day = seconds(86_400);

/** The values of the last two days, one an hour. */
const series = (client: Client, name: string, metric: string) => valuesOf(client, { name, metric });

test('the disk of analytics fills steadily, to 93 percent now', async () => {
  const values = await series(await connect(), 'analytics', 'STORAGE_USAGE');
  expect(values.at(-1)).toBeCloseTo(93, 0);
  expect((values.at(-1) ?? 0) - (values[0] ?? 0)).toBeCloseTo(2.4, 0);
});

test('the same question has the same answer', async () => {
  const client = await connect();
  expect(await series(client, 'orders-primary', 'CPU_USAGE')).toEqual(
    await series(client, 'orders-primary', 'CPU_USAGE'),
  );
});

test('a stopped instance has no values', async () => {
  expect(await series(await connect(), 'staging', 'CPU_USAGE')).toEqual([]);
});

test('a replica that falls behind shows a growing lag', async () => {
  const values = await series(
    await connect({ scenario: 'replication-delay' }),
    'orders-replica',
    'REPLICATION_LAG_SECONDS',
  );
  expect(values[0]).toBeLessThan(2);
  expect(values.at(-1)).toBeGreaterThan(3000);
});

test('events come in four languages, and jobs add theirs', async () => {
  const { world, call, instanceId } = await connect();
  const id = await instanceId('staging');
  await call('POST', `/v1.0/db-instances/${id}/start`);
  world.advance(seconds(30));
  const range = `from=${new Date(world.now() - day).toISOString()}&to=${new Date(world.now()).toISOString()}`;
  const path = `/v1.0/events?page=1&size=10&eventCategoryType=DB_INSTANCE&sourceId=${id}&${range}`;
  expect((await call('GET', path)).data).toMatchObject({
    totalCounts: 1,
    events: [{ eventCode: 'DB_INSTANCE_02_01', messages: [{ langCode: 'EN' }, { langCode: 'JA' }, {}, {}] }],
  });
});

test('in every scenario the six instances tell their story, and in the quiet one there is none', async () => {
  const statuses: Record<string, unknown[]> = {};
  for (const scenario of scenarios) {
    const { list } = await connect({ scenario });
    const rows = await list('/v1.0/db-instances', 'dbInstances');
    statuses[scenario] = rows
      .map(({ dbInstanceStatus }) => dbInstanceStatus)
      .filter((status) => status !== 'AVAILABLE');
  }
  expect(statuses).toEqual({
    normal: ['SHUTDOWN'],
    'storage-full': ['STORAGE_FULL', 'SHUTDOWN'],
    failover: ['FAILOVER', 'SHUTDOWN'],
    'region-down': ['FAIL_TO_CONNECT', 'FAIL_TO_CONNECT', 'SHUTDOWN'],
    'replication-delay': ['REPLICATION_DELAY', 'SHUTDOWN'],
    quiet: [],
  });
});

test('in the quiet scenario all is backed up, protected and closed', async () => {
  const { call, list } = await connect({ scenario: 'quiet' });
  for (const { dbInstanceId } of await list('/v1.0/db-instances', 'dbInstances')) {
    const path = `/v1.0/db-instances/${text(dbInstanceId)}`;
    expect((await call('GET', path)).data).toMatchObject({
      useDeletionProtection: true,
      needToApplyParameterGroup: false,
      needMigration: false,
      dbVersion: 'POSTGRESQL_V17_6',
    });
    expect((await call('GET', `${path}/backup-info`)).data).toMatchObject({ backupPeriod: 7 });
    expect((await call('GET', `${path}/network-info`)).data).toMatchObject({ subnet: { publicAccessible: false } });
    const rules = JSON.stringify((await call('GET', `${path}/hba-rules`)).data);
    expect(rules).not.toMatch(/0\.0\.0\.0\/0|TRUST|"needToApply":true/);
  }
  for (const { dbSecurityGroupId } of await list('/v1.0/db-security-groups', 'dbSecurityGroups'))
    expect(
      JSON.stringify((await call('GET', `/v1.0/db-security-groups/${text(dbSecurityGroupId)}`)).data),
    ).not.toContain('0.0.0.0/0');
});
