import { expect, test } from 'vitest';
import { connect, seconds } from './client.js';

const ids = async ({ idOf }: Awaited<ReturnType<typeof connect>>) => ({
  dbFlavorId: await idOf('/v1.0/db-flavors', 'dbFlavors', ['dbFlavorName', 'dbFlavorId'], 'm2.c2m4'),
  parameterGroupId: await idOf(
    '/v1.0/parameter-groups',
    'parameterGroups',
    ['parameterGroupName', 'parameterGroupId'],
    'default-v17-6',
  ),
  network: { subnetId: await idOf('/v1.0/network/subnets', 'subnets', ['subnetName', 'subnetId'], 'data-private') },
  storage: { storageType: 'General SSD', storageSize: 50 },
  backup: { backupPeriod: 1, backupSchedules: [{ backupWndBgnTime: '00:00:00', backupWndDuration: 'ONE_HOUR' }] },
});

const shop = {
  dbInstanceName: 'shop',
  dbVersion: 'POSTGRESQL_V17_6',
  dbPort: 15432,
  databaseName: 'shop',
  dbUserName: 'shop_app',
  dbPassword: 'not-a-secret',
};

test('an instance is created, found, enlarged and deleted', async () => {
  const client = await connect();
  const { world, call, list, instance, instanceId, jobStatus } = client;
  const created = await call('POST', '/v1.0/db-instances', { ...shop, ...(await ids(client)) });
  expect(await jobStatus(created.data.jobId)).toBeUndefined();
  world.advance(seconds(2));
  expect(await jobStatus(created.data.jobId)).toBe('READY');
  expect(await instance('shop')).toMatchObject({ dbInstanceStatus: 'BEFORE_CREATE', progressStatus: 'CREATING' });
  world.advance(seconds(10));
  expect(await jobStatus(created.data.jobId)).toBe('RUNNING');
  expect(await instance('shop')).toMatchObject({ dbInstanceStatus: 'STORAGE_CREATING', progressStatus: 'CREATING' });
  world.advance(seconds(60));
  expect(await jobStatus(created.data.jobId)).toBe('COMPLETED');
  expect(await instance('shop')).toMatchObject({ dbInstanceStatus: 'AVAILABLE', progressStatus: 'NONE' });

  const path = `/v1.0/db-instances/${await instanceId('shop')}`;
  expect(await list(`${path}/databases`, 'databases')).toMatchObject([
    { databaseName: 'shop', databaseStatus: 'STABLE' },
  ]);
  expect(await call('PUT', `${path}/storage-info`, { storageSize: 40 })).toMatchObject({ code: 90400 });
  expect(await call('PUT', `${path}/storage-info`, { storageSize: 50 })).toMatchObject({ code: 0 });
  world.advance(seconds(60));
  await call('PUT', `${path}/storage-info`, { storageSize: 80 });
  expect((await call('GET', `${path}/storage-info`)).data).toMatchObject({ storageSize: 50 });
  world.advance(seconds(60));
  expect((await call('GET', `${path}/storage-info`)).data).toMatchObject({ storageSize: 80 });

  await call('DELETE', path);
  world.advance(seconds(60));
  expect(await call('GET', path)).toMatchObject({ code: 90404 });
});

test('a name is used once', async () => {
  const client = await connect();
  const body = { ...shop, ...(await ids(client)), dbInstanceName: 'analytics' };
  expect(await client.call('POST', '/v1.0/db-instances', body)).toMatchObject({
    code: 90409,
    message: 'DB instance analytics exists already.',
  });
});

test('deletion protection stands in the way, and goes without a job', async () => {
  const { call, instanceId } = await connect();
  const path = `/v1.0/db-instances/${await instanceId('analytics')}`;
  expect((await call('DELETE', path)).code).toBe(90411);
  expect(await call('PUT', `${path}/deletion-protection`, { useDeletionProtection: false })).toMatchObject({
    data: {},
  });
  expect((await call('DELETE', path)).code).toBe(0);
});

test('states are respected', async () => {
  const { world, call, instanceId } = await connect();
  const analytics = `/v1.0/db-instances/${await instanceId('analytics')}`;
  const staging = `/v1.0/db-instances/${await instanceId('staging')}`;
  expect((await call('POST', `${analytics}/start`)).code).toBe(90410);
  expect((await call('POST', `${staging}/stop`)).code).toBe(90410);
  expect((await call('POST', `${analytics}/promote`)).code).toBe(90410);
  expect((await call('POST', `${analytics}/stop`)).code).toBe(0);
  expect((await call('PUT', analytics, { dbPort: 15433 })).message).toContain('STOPPING');
  world.advance(seconds(30));
  expect((await call('POST', `${analytics}/start`)).code).toBe(0);
});

test('a stuck job never ends', async () => {
  const { world, faults, call, instance, instanceId, jobStatus } = await connect();
  faults.add({ on: 'POST /v1.0/db-instances/:dbInstanceId/start', kind: 'stuck-job' });
  const { data } = await call('POST', `/v1.0/db-instances/${await instanceId('staging')}/start`);
  world.advance(seconds(86_000));
  expect(await jobStatus(data.jobId)).toBe('RUNNING');
  expect(await instance('staging')).toMatchObject({ progressStatus: 'STARTING', dbInstanceStatus: 'SHUTDOWN' });
});

test('a replica is added, and leaves for good when promoted', async () => {
  const { world, call, instance, instanceId } = await connect();
  const analytics = `/v1.0/db-instances/${await instanceId('analytics')}`;
  await call('POST', `${analytics}/replicate`, { dbInstanceName: 'analytics-copy' });
  world.advance(seconds(90));
  const { dbInstanceGroupId } = await instance('analytics');
  expect(await instance('analytics-copy')).toMatchObject({ dbInstanceType: 'READ_ONLY_SLAVE', dbInstanceGroupId });
  await call('POST', `/v1.0/db-instances/${await instanceId('analytics-copy')}/promote`);
  world.advance(seconds(90));
  const promoted = await instance('analytics-copy');
  expect(promoted).toMatchObject({ dbInstanceType: 'MASTER' });
  expect(promoted.dbInstanceGroupId).not.toBe(dbInstanceGroupId);
});

test('a forced restart has no job; only progressStatus tells', async () => {
  const { world, call, instance, instanceId } = await connect();
  const { data } = await call('POST', `/v1.0/db-instances/${await instanceId('analytics')}/force-restart`);
  expect(data).toEqual({});
  expect(await instance('analytics')).toMatchObject({ progressStatus: 'RESTARTING_FORCIBLY' });
  world.advance(seconds(601));
  expect(await instance('analytics')).toMatchObject({ progressStatus: 'NONE' });
});
