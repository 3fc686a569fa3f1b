import { expect, test } from 'vitest';
import { connect, noOf, seconds } from './client.js';

const shop = {
  vpcNo: '5087',
  subnetNo: '5051',
  secondarySubnetNo: '5052',
  isMultiZone: 'true',
  cloudPostgresqlServiceName: '쇼핑-shop',
  cloudPostgresqlServerNamePrefix: 'shop',
  cloudPostgresqlUserName: 'shop_app',
  cloudPostgresqlUserPassword: 'Made-up9!pw',
  clientCidr: '192.168.0.0/16',
  cloudPostgresqlDatabaseName: 'shop',
};

const create = 'createCloudPostgresqlInstance';

test('an instance is created, used and deleted', async () => {
  const { world, call, list, instance, statusOf } = connect();
  const created = await call(create, shop);
  expect(created['cloudPostgresqlInstanceList']).toMatchObject([
    {
      cloudPostgresqlInstanceStatusName: 'creating',
      cloudPostgresqlInstanceStatus: { code: 'INIT' },
      cloudPostgresqlInstanceOperation: { code: 'CREAT' },
      engineVersion: 'PostgreSQL 17.7',
      generationCode: 'G3',
      cloudPostgresqlPort: 5432,
      cloudPostgresqlServerInstanceList: [],
    },
  ]);
  const no = noOf(created);
  const named = { cloudPostgresqlInstanceNo: no };
  expect(await call('deleteCloudPostgresqlInstance', named)).toMatchObject({ returnCode: '9900410' });
  world.advance(seconds(10));
  expect((await instance(no)).cloudPostgresqlServerInstanceList).toHaveLength(2);
  world.advance(seconds(15));
  expect(await instance(no)).toMatchObject({
    cloudPostgresqlInstanceStatusName: 'settingup',
    cloudPostgresqlInstanceOperation: { code: 'SETUP' },
  });
  world.advance(seconds(15));
  expect(await instance(no)).toMatchObject({
    cloudPostgresqlInstanceStatusName: 'running',
    cloudPostgresqlInstanceOperation: { code: 'NULL' },
    cloudPostgresqlServerInstanceList: [
      { cloudPostgresqlServerName: 'shop-001', cloudPostgresqlServerRole: { code: 'M' }, zoneCode: 'KR-1' },
      { cloudPostgresqlServerName: 'shop-002', cloudPostgresqlServerRole: { code: 'H' }, zoneCode: 'KR-2' },
    ],
  });
  expect(await list('getCloudPostgresqlUserList', named)).toEqual([
    { userName: 'shop_app', clientCidr: '192.168.0.0/16', isReplicationRole: false },
  ]);
  expect(await list('getCloudPostgresqlBackupDetailList', named)).toEqual([]);
  const deleted = await call('deleteCloudPostgresqlInstance', named);
  expect(deleted['cloudPostgresqlInstanceList']).toMatchObject([{ cloudPostgresqlInstanceStatusName: 'deleting' }]);
  expect(await statusOf(no)).toBe('running');
  world.advance(seconds(5));
  expect(await statusOf(no)).toBe('deleting');
  world.advance(seconds(11));
  expect(await statusOf(no)).toBe('deleted');
  world.advance(seconds(10));
  expect(await call('getCloudPostgresqlInstanceDetail', named)).toMatchObject({ returnCode: '5001017' });
});

test.each<[string, Record<string, string>, RegExp]>([
  ['several zones without a pair', { isHa: 'false' }, /isMultiZone/],
  ['a secondary subnet in one zone', { isMultiZone: 'false' }, /secondarySubnetNo/],
  ['a secondary subnet in the same zone', { subnetNo: '5052' }, /another zone/],
  ['a subnet of another VPC', { vpcNo: '5102' }, /5051/],
  ['a pair without backups', { isBackup: 'false' }, /isBackup/],
  ['no time for the backup', { isAutomaticBackup: 'false' }, /backupTime/],
  ['a time for an automatic backup', { backupTime: '01:00' }, /backupTime/],
  ['a port that is not open to users', { cloudPostgresqlPort: '6000' }, /10000/],
  ['a storage of the other generation', { dataStorageTypeCode: 'SSD' }, /G3/],
  ['a version that is not there', { engineVersionCode: '9.6' }, /9\.6/],
  ['a password with the user name in it', { cloudPostgresqlUserPassword: 'shop_app1!' }, /password/],
  ['a password without a digit', { cloudPostgresqlUserPassword: 'Made-up!pw' }, /digit/],
  ['a password with a bar', { cloudPostgresqlUserPassword: 'Made-up9|pw' }, /not allowed/],
  ['a password beyond ASCII', { cloudPostgresqlUserPassword: 'Made-up9é!pw' }, /not allowed/],
  ['a reserved user name', { cloudPostgresqlUserName: 'postgres' }, /reserved/],
  ['a service name in use', { cloudPostgresqlServiceName: 'shop-orders' }, /exists already/],
])('%s is refused', async (_what, change, reason) => {
  const { call, allInstances } = connect();
  const { returnCode, returnMessage } = await call(create, { ...shop, ...change });
  expect(returnCode).toMatch(/^99/);
  expect(returnMessage).toMatch(reason);
  expect(await allInstances()).toHaveLength(5);
});

test('the documented example of an image and a version can be created', async () => {
  const example = {
    cloudPostgresqlImageProductCode: 'SW.VPGSL.OS.LNX64.CNTOS.0708.PGSQL.133.B050',
    cloudPostgresqlProductCode: 'SVR.VPGSL.DBSVR.STAND.C002.M008.NET.SSD.B050.G002',
    engineVersionCode: '13.13',
  };
  const created = await connect().call(create, { ...shop, ...example });
  expect(created['cloudPostgresqlInstanceList']).toMatchObject([{ engineVersion: 'PostgreSQL 13.13' }]);
});

test('a server restarts, unless it is a secondary', async () => {
  const { world, call, instance, statusOf } = connect();
  const reboot = 'rebootCloudPostgresqlServerInstance';
  expect(await call(reboot, { cloudPostgresqlServerInstanceNo: '1234018' })).toMatchObject({ returnCode: '9900400' });
  expect(await call(reboot, { cloudPostgresqlServerInstanceNo: '77' })).toMatchObject({ returnCode: '9900404' });
  await call(reboot, { cloudPostgresqlServerInstanceNo: '1234017' });
  expect(await statusOf('1234925')).toBe('running');
  world.advance(seconds(5));
  const { cloudPostgresqlInstanceStatusName, cloudPostgresqlServerInstanceList } = await instance('1234925');
  expect(cloudPostgresqlInstanceStatusName).toBe('restarting');
  expect(cloudPostgresqlServerInstanceList.map((each) => each.cloudPostgresqlServerInstanceStatusName)).toEqual([
    'restarting',
    'running',
    'running',
  ]);
  world.advance(seconds(15));
  expect(await statusOf('1234925')).toBe('running');
});

test('a read replica comes and goes while its instance runs on', async () => {
  const { world, call, instance, statusOf } = connect();
  const add = 'createCloudPostgresqlReadReplicaInstance';
  const named = { cloudPostgresqlInstanceNo: '1235702' };
  expect(await call(add, named)).toMatchObject({ returnCode: '9900400' });
  const answer = await call(add, { ...named, subnetNo: '5051' });
  expect(answer).toMatchObject({ returnCode: '0' });
  const replica = async () => (await instance('1235702')).cloudPostgresqlServerInstanceList[2];
  expect(await replica()).toBeUndefined();
  world.advance(seconds(5));
  const no = (await replica())?.cloudPostgresqlServerInstanceNo ?? '';
  expect(await replica()).toMatchObject({ cloudPostgresqlServerInstanceStatusName: 'creating' });
  expect(await statusOf('1235702')).toBe('running');
  expect(await call(add, { ...named, subnetNo: '5051' })).toMatchObject({ returnCode: '9900410' });
  world.advance(seconds(30));
  expect(await replica()).toMatchObject({ cloudPostgresqlServerInstanceStatusName: 'running' });
  expect(await call('deleteCloudPostgresqlInstance', named)).toMatchObject({ returnCode: '9900410' });
  await call('deleteCloudPostgresqlReadReplicaInstance', { cloudPostgresqlServerInstanceNo: no });
  expect(await replica()).toMatchObject({ cloudPostgresqlServerInstanceStatusName: 'running' });
  world.advance(seconds(5));
  expect(await replica()).toMatchObject({ cloudPostgresqlServerInstanceStatusName: 'deleting' });
  world.advance(seconds(20));
  expect(await replica()).toBeUndefined();
  expect(await call('deleteCloudPostgresqlInstance', named)).toMatchObject({ returnCode: '0' });
});

test('work can be made to hang', async () => {
  const { world, faults, call, statusOf } = connect();
  faults.add({ on: `POST /vpostgresql/v2/${create}`, kind: 'stuck-job' });
  const no = noOf(await call(create, shop));
  world.advance(seconds(3600));
  expect(await statusOf(no)).toBe('creating');
});
