import { expect, test } from 'vitest';
import * as z from 'zod';
import { connect, seconds } from './client.js';

/**
 * What the provider's own client library for Go insists on. It signs with the header of the first version, takes an
 * answer apart by the place of its braces, and gives up on a value of another type than its own. It was tried by hand
 * against the served emulator. Image products, target subnets and lists of backups are left out: there it contradicts
 * the provider's documents.
 */
function takenApart(answer: string): unknown {
  const outer = answer.replace(/^\{+|\{+$/g, '');
  return JSON.parse(answer.slice(outer.indexOf('{'), -1));
}

const text = z.string().nullish();
const flag = z.boolean().nullish();
const int32 = z.int32().nullish();
const int64 = z.int().nullish();
const code = z.object({ code: text, codeName: text }).nullish();

const server = z.object({
  cloudPostgresqlServerInstanceNo: text,
  cloudPostgresqlServerName: text,
  cloudPostgresqlServerRole: code,
  cloudPostgresqlServerInstanceStatusName: text,
  cloudPostgresqlServerInstanceStatus: code,
  cloudPostgresqlServerInstanceOperation: code,
  cloudPostgresqlProductCode: text,
  regionCode: text,
  zoneCode: text,
  vpcNo: text,
  subnetNo: text,
  isPublicSubnet: flag,
  publicDomain: text,
  privateDomain: text,
  privateIp: text,
  dataStorageType: code,
  isStorageEncryption: flag,
  dataStorageSize: int64,
  usedDataStorageSize: int64,
  cpuCount: int32,
  memorySize: int64,
  uptime: text,
  createDate: text,
});
const instance = z.object({
  cloudPostgresqlInstanceNo: z.string(),
  cloudPostgresqlServiceName: text,
  cloudPostgresqlInstanceStatusName: z.string(),
  cloudPostgresqlInstanceStatus: code,
  cloudPostgresqlInstanceOperation: code,
  cloudPostgresqlImageProductCode: text,
  engineVersion: text,
  generationCode: text,
  license: text,
  cloudPostgresqlPort: int32,
  isHa: flag,
  isMultiZone: flag,
  isBackup: flag,
  backupFileRetentionPeriod: int32,
  backupTime: text,
  createDate: text,
  accessControlGroupNoList: z.array(z.string()).nullish(),
  cloudPostgresqlConfigList: z.array(z.string()).nullish(),
  cloudPostgresqlServerInstanceList: z.array(server).nullish(),
});
const product = z.object({
  productCode: text,
  productName: text,
  productType: code,
  productDescription: text,
  infraResourceType: code,
  infraResourceDetailType: code,
  cpuCount: int32,
  memorySize: int64,
  baseBlockStorageSize: int64,
  platformType: code,
  osInformation: text,
  diskType: code,
  dbKindCode: text,
  addBlockStorageSize: int64,
  generationCode: text,
  engineVersionCode: text,
});

const header = { requestId: z.string(), returnCode: z.literal('0'), returnMessage: z.string() };
const done = z.object(header);
const listOf = (name: string, row: z.ZodType) =>
  z.object({ ...header, totalRows: z.int32(), [name]: z.array(row).min(1) });
const instances = z.object({ ...header, totalRows: z.int32(), cloudPostgresqlInstanceList: z.array(instance).min(1) });

type Fields = Record<string, string>;

/** Asks as the library does, and reads the answer as it does. */
function library(password = 'Example-Passw0rd!') {
  const { world, send } = connect();
  const ask = async <T>(operation: string, fields: Fields, form: z.ZodType<T>): Promise<T> => {
    const response = await send(operation, { responseFormatType: 'json', ...fields }, { signature: 'v1' });
    expect(response.status, operation).toBe(200);
    return form.parse(takenApart(await response.text()));
  };
  return { world, send, ask, password };
}

const orders = { cloudPostgresqlInstanceNo: '1234925' };

test.each<[operation: string, fields: Fields, form: z.ZodType]>([
  ['getCloudPostgresqlInstanceList', { regionCode: 'KR' }, instances],
  ['getCloudPostgresqlInstanceDetail', orders, instances],
  [
    'getCloudPostgresqlUserList',
    orders,
    listOf('cloudPostgresqlUserList', z.object({ userName: text, clientCidr: text, isReplicationRole: flag })),
  ],
  [
    'getCloudPostgresqlDatabaseList',
    orders,
    listOf('cloudPostgresqlDatabaseList', z.object({ databaseName: text, owner: text })),
  ],
  ['getCloudPostgresqlBucketList', {}, listOf('cloudPostgresqlBucketList', z.object({ bucketName: text }))],
  [
    'getCloudPostgresqlTargetVpcList',
    {},
    listOf(
      'targetVpcList',
      z.object({ vpcNo: text, vpcName: text, ipv4Cidr: text, regionCode: text, createdDate: text }),
    ),
  ],
  [
    'getCloudPostgresqlProductList',
    { cloudPostgresqlImageProductCode: 'SW.VPGSL.OS.LNX64.ROCKY.0810.PGSQL.B050' },
    listOf('productList', product),
  ],
])('the provider’s own client library reads %s', async (operation, fields, form) => {
  await expect(library().ask(operation, fields, form)).resolves.toBeDefined();
});

test('it creates an instance, changes its users and deletes it', async () => {
  const { world, send, ask, password } = library();
  const created = await ask(
    'createCloudPostgresqlInstance',
    {
      regionCode: 'KR',
      vpcNo: '5087',
      isHa: 'true',
      isBackup: 'true',
      cloudPostgresqlServiceName: 'library',
      cloudPostgresqlServerNamePrefix: 'library',
      cloudPostgresqlUserName: 'first_user',
      cloudPostgresqlUserPassword: password,
      clientCidr: '10.0.0.0/8',
      cloudPostgresqlPort: '5432',
      cloudPostgresqlDatabaseName: 'library_db',
      subnetNo: '5051',
    },
    instances,
  );
  const cloudPostgresqlInstanceNo = created.cloudPostgresqlInstanceList[0]?.cloudPostgresqlInstanceNo ?? '';
  const own = { cloudPostgresqlInstanceNo };
  const settled = async () => {
    world.advance(seconds(600));
    const { cloudPostgresqlInstanceList: list } = await ask('getCloudPostgresqlInstanceDetail', own, instances);
    return list[0]?.cloudPostgresqlInstanceStatusName;
  };
  expect(await settled()).toBe('running');
  const user = (fields: Fields) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [`cloudPostgresqlUserList.1.${name}`, value]));
  const second = { name: 'second_user', clientCidr: '0.0.0.0/0', password, isReplicationRole: 'false' };
  await ask('addCloudPostgresqlUserList', { ...own, ...user(second) }, done);
  expect(await settled()).toBe('running');
  await ask('changeCloudPostgresqlUserList', { ...own, ...user({ ...second, clientCidr: '10.1.0.0/16' }) }, done);
  expect(await settled()).toBe('running');
  const users = listOf('cloudPostgresqlUserList', z.object({ userName: text, clientCidr: text }));
  expect(await ask('getCloudPostgresqlUserList', own, users)).toMatchObject({
    cloudPostgresqlUserList: [{ userName: 'first_user' }, { userName: 'second_user', clientCidr: '10.1.0.0/16' }],
  });
  await ask('deleteCloudPostgresqlUserList', { ...own, ...user({ name: 'second_user' }) }, done);
  expect(await settled()).toBe('running');
  await ask('deleteCloudPostgresqlInstance', own, instances);
  world.advance(seconds(600));
  const gone = await send('getCloudPostgresqlInstanceDetail', { ...own, responseFormatType: 'json' });
  expect([gone.status, await gone.text()]).toEqual([400, expect.stringContaining('5001017')]);
});
