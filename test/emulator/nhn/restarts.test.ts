import { expect, test } from 'vitest';
import { type Client, connect, eventCodes, seconds, text, valuesOf } from './client.js';

const down = 'DB_INSTANCE_05_01';
const up = 'DB_INSTANCE_02_01';

const perMinute = (client: Client, name: string, metric: string) =>
  valuesOf(client, { name, metric, minutes: 20, interval: 1 });

test.each([
  ['a restart', 'POST', '/restart', {}, [down, up]],
  ['a forced restart', 'POST', '/force-restart', {}, ['DB_INSTANCE_03_00', down, up]],
  ['another flavor', 'PUT', '', 'flavor', ['DB_INSTANCE_12_00', down, up, 'DB_INSTANCE_12_01']],
  ['another port', 'PUT', '', { dbPort: 15_500 }, ['DB_INSTANCE_09_00', down, up, 'DB_INSTANCE_09_01']],
  ['a larger disk', 'PUT', '/storage-info', { storageSize: 400 }, ['DB_INSTANCE_13_00', down, up, 'DB_INSTANCE_13_01']],
] as const)('%s leaves its events, and a gap', async (_, method, part, given, codes) => {
  const client = await connect();
  const { world, call, idOf, instanceId } = client;
  const flavor = await idOf('/v1.0/db-flavors', 'dbFlavors', ['dbFlavorName', 'dbFlavorId'], 'r2.c4m32');
  const body = given === 'flavor' ? { dbFlavorId: flavor } : given;
  expect((await call(method, `/v1.0/db-instances/${await instanceId('analytics')}${part}`, body)).code).toBe(0);
  world.advance(seconds(720));
  expect(await eventCodes(client, 'analytics')).toEqual(codes);
  const cpu = await perMinute(client, 'analytics', 'CPU_USAGE');
  const status = await perMinute(client, 'analytics', 'DATABASE_STATUS');
  expect(status).toContain(0);
  expect(cpu.length).toBe(status.filter((value) => value === 1).length);
  expect(status.at(-1)).toBe(1);
});

test.each([
  ['a name', '', { dbInstanceName: 'warehouse' }],
  ['the present disk size', '/storage-info', { storageSize: 200 }],
])('%s restarts nothing', async (_, part, body) => {
  const client = await connect();
  const { world, call, instanceId } = client;
  const id = await instanceId('analytics');
  expect((await call('PUT', `/v1.0/db-instances/${id}${part}`, body)).code).toBe(0);
  world.advance(seconds(720));
  const name = 'dbInstanceName' in body ? body.dbInstanceName : 'analytics';
  expect(await eventCodes(client, name)).not.toContain(down);
  expect(await perMinute(client, name, 'DATABASE_STATUS')).not.toContain(0);
});

test.each([
  ['max_connections', '250', [down, up]],
  ['work_mem', '8MB', []],
])('parameters are applied with a restart only where one needs it: %s', async (parameterName, value, restart) => {
  const client = await connect();
  const { world, call, instance, instanceId } = client;
  const { parameterGroupId } = await instance('analytics');
  const modifiedParameters = [{ parameterName, value }];
  await call('PUT', `/v1.0/parameter-groups/${text(parameterGroupId)}/parameters`, { modifiedParameters });
  const path = `/v1.0/db-instances/${await instanceId('analytics')}/apply-recent-parameter-group`;
  expect((await call('POST', path)).code).toBe(0);
  world.advance(seconds(60));
  expect(await eventCodes(client, 'analytics')).toEqual(['DB_INSTANCE_24_00', ...restart, 'DB_INSTANCE_24_01']);
  expect(await instance('analytics')).toMatchObject({ needToApplyParameterGroup: false });
});

test('another parameter group restarts where its values need it', async () => {
  const client = await connect({ scenario: 'quiet' });
  const { world, call, idOf, instanceId } = client;
  const names: [string, string] = ['parameterGroupName', 'parameterGroupId'];
  const tuned = await idOf('/v1.0/parameter-groups', 'parameterGroups', names, 'orders-tuned');
  await call('PUT', `/v1.0/db-instances/${await instanceId('analytics')}`, { parameterGroupId: tuned });
  world.advance(seconds(60));
  expect(await eventCodes(client, 'analytics')).toEqual(['DB_INSTANCE_09_00', down, up, 'DB_INSTANCE_09_01']);
});

test('a stop and a start leave theirs', async () => {
  const client = await connect();
  const { world, call, instanceId } = client;
  const path = `/v1.0/db-instances/${await instanceId('analytics')}`;
  await call('POST', `${path}/stop`);
  world.advance(seconds(120));
  await call('POST', `${path}/start`);
  world.advance(seconds(120));
  expect(await eventCodes(client, 'analytics')).toEqual(['DB_INSTANCE_04_00', down, 'DB_INSTANCE_04_01', up]);
});

test('a restart with a failover swaps the roles, and the new primary has the automatic backups', async () => {
  const client = await connect();
  const { world, call, list, instance, instanceId } = client;
  const old = `/v1.0/db-instances/${await instanceId('orders-primary')}`;
  const promoted = await instanceId('orders-standby');
  expect((await call('POST', `${old}/restart`, { useOnlineFailover: true })).code).toBe(0);
  world.advance(seconds(60));
  expect(await instance('orders-primary')).toMatchObject({
    dbInstanceType: 'CANDIDATE_MASTER',
    progressStatus: 'NONE',
  });
  expect(await instance('orders-standby')).toMatchObject({ dbInstanceType: 'MASTER', dbInstanceStatus: 'AVAILABLE' });
  expect(await eventCodes(client, 'orders-primary')).toEqual([down, up, 'DB_INSTANCE_41_01']);
  expect(await eventCodes(client, 'orders-standby')).toEqual([down, up]);
  const backups = `/v1.0/backups?page=1&size=100&backupType=AUTO&dbInstanceId=${promoted}`;
  expect((await list(backups, 'backups')).length).toBeGreaterThan(10);
  expect((await call('POST', `${old}/databases`, { databaseName: 'x' })).message).toContain('CANDIDATE_MASTER');
  expect((await call('POST', `/v1.0/db-instances/${promoted}/databases`, { databaseName: 'x' })).code).toBe(0);
});

test('a failover fails while a replica of the group is late, and nothing restarts', async () => {
  const client = await connect({ scenario: 'replication-delay' });
  const { world, call, instance, instanceId, jobStatus } = client;
  const path = `/v1.0/db-instances/${await instanceId('orders-primary')}/restart`;
  const { data } = await call('POST', path, { useOnlineFailover: true });
  world.advance(seconds(60));
  expect(await jobStatus(data.jobId)).toBe('FAILED');
  expect(await instance('orders-primary')).toMatchObject({ dbInstanceType: 'MASTER', progressStatus: 'NONE' });
  expect(await eventCodes(client, 'orders-primary')).toEqual(['DB_INSTANCE_41_04']);
  expect(await eventCodes(client, 'orders-standby')).toEqual([]);
});

test.each(['orders-replica', 'orders-standby', 'analytics'])('%s cannot fail over', async (name) => {
  const { call, instanceId } = await connect();
  const path = `/v1.0/db-instances/${await instanceId(name)}/restart`;
  expect((await call('POST', path, { useOnlineFailover: true })).code).toBe(90410);
});

test('high availability is paused and resumed, and a healthy pair is not split', async () => {
  const { world, call, instance, instanceId } = await connect();
  const path = `/v1.0/db-instances/${await instanceId('orders-primary')}/high-availability`;
  await call('POST', `${path}/pause`);
  expect((await call('GET', path)).data).toMatchObject({ haStatus: 'PAUSING' });
  world.advance(seconds(20));
  expect((await call('POST', `${path}/pause`)).code).toBe(90410);
  await call('POST', `${path}/resume`);
  world.advance(seconds(20));
  expect((await call('GET', path)).data).toMatchObject({ haStatus: 'STABLE' });
  expect(await call('POST', `${path}/split`)).toMatchObject({
    code: 90410,
    message: 'The pair of orders-primary has no failed-over primary to split off.',
  });
  world.advance(seconds(60));
  expect(await instance('orders-standby')).toMatchObject({ dbInstanceType: 'CANDIDATE_MASTER' });
});

test('after a failover the failed primary is split off, with what was in it', async () => {
  const { world, call, list, instance, instanceId } = await connect({ scenario: 'failover' });
  const failed = `/v1.0/db-instances/${await instanceId('orders-primary')}`;
  expect((await call('POST', `${failed}/high-availability/split`)).code).toBe(0);
  world.advance(seconds(60));
  expect(await instance('orders-primary')).toMatchObject({ dbInstanceType: 'MASTER', dbInstanceStatus: 'AVAILABLE' });
  expect((await call('GET', `${failed}/high-availability`)).data).toEqual({ useHighAvailability: false });
  expect(await list(`${failed}/databases`, 'databases')).toHaveLength(2);
  const { dbInstanceGroupId } = await instance('orders-standby');
  expect(text((await instance('orders-primary')).dbInstanceGroupId)).not.toBe(dbInstanceGroupId);
});

test('the lag is gone after a restart of the replica, and what it was stays on record', async () => {
  const client = await connect({ scenario: 'replication-delay' });
  const { world, call, instance, instanceId } = client;
  const lag = () => valuesOf(client, { name: 'orders-replica', metric: 'REPLICATION_LAG_SECONDS' });
  expect((await lag()).at(-1)).toBeGreaterThan(5000);
  await call('POST', `/v1.0/db-instances/${await instanceId('orders-replica')}/restart`);
  world.advance(seconds(30));
  expect(await instance('orders-replica')).toMatchObject({ dbInstanceStatus: 'AVAILABLE' });
  expect((await lag()).at(-1)).toBeLessThan(2);
  expect(Math.max(...(await lag()))).toBeGreaterThan(3000);
  expect(await eventCodes(client, 'orders-replica')).toEqual([down, up, 'DB_INSTANCE_35_01']);
});

test('a larger disk is less full at once, at any interval, even if it had been full for long', async () => {
  const client = await connect({ scenario: 'storage-full' });
  const { world, call, instance, instanceId } = client;
  const used = (interval: number) => valuesOf(client, { name: 'analytics', metric: 'STORAGE_USAGE', interval });
  const path = `/v1.0/db-instances/${await instanceId('analytics')}`;
  world.advance(seconds(30 * 86_400));
  await client.signIn();
  expect((await used(1)).at(-1)).toBeCloseTo(100, 0);
  expect((await call('POST', `${path}/restart`)).code).toBe(0);
  world.advance(seconds(60));
  expect(await instance('analytics')).toMatchObject({ dbInstanceStatus: 'STORAGE_FULL' });
  await call('PUT', `${path}/storage-info`, { storageSize: 400 });
  world.advance(seconds(60));
  for (const interval of [1, 30, 60]) expect((await used(interval)).at(-1)).toBeCloseTo(50, 0);
  expect(await instance('analytics')).toMatchObject({ dbInstanceStatus: 'AVAILABLE' });
});
