import { expect, test } from 'vitest';
import * as z from 'zod';
import { connect, seconds } from './client.js';

const orders = { cloudPostgresqlInstanceNo: '1234925' };
const days = (count: number) => seconds(count * 86_400);

const fileNameOf = (row: unknown): string => z.object({ fileName: z.string() }).parse(row).fileName;

const user = (name: string, fields: Record<string, string> = {}) => ({
  ...orders,
  'cloudPostgresqlUserList.1.name': name,
  ...Object.fromEntries(Object.entries(fields).map(([field, value]) => [`cloudPostgresqlUserList.1.${field}`, value])),
});
const login = { clientCidr: '192.168.1.1/32', password: 'Made-up9!pw', isReplicationRole: 'false' };

test('a user is added, changed and deleted, and the instance is set up meanwhile', async () => {
  const { world, call, list, statusOf } = connect();
  const userNamed = async (name: string) =>
    (await list('getCloudPostgresqlUserList', orders)).find(({ userName }) => userName === name);
  expect(await call('addCloudPostgresqlUserList', user('auditor', login))).toMatchObject({ returnCode: '0' });
  expect(await statusOf('1234925')).toBe('running');
  world.advance(seconds(5));
  expect(await statusOf('1234925')).toBe('settingup');
  expect(await userNamed('auditor')).toBeUndefined();
  const change = user('auditor', { clientCidr: '192.168.1.0/24' });
  expect(await call('changeCloudPostgresqlUserList', change)).toMatchObject({ returnCode: '9900410' });
  world.advance(seconds(10));
  expect(await statusOf('1234925')).toBe('running');
  await call('changeCloudPostgresqlUserList', change);
  world.advance(seconds(10));
  expect(await userNamed('auditor')).toEqual({
    userName: 'auditor',
    clientCidr: '192.168.1.0/24',
    isReplicationRole: false,
  });
  await call('deleteCloudPostgresqlUserList', user('auditor'));
  world.advance(seconds(10));
  expect(await userNamed('auditor')).toBeUndefined();
});

test.each<[string, string, Record<string, string>, string]>([
  ['a name in use', 'addCloudPostgresqlUserList', user('orders_app', login), '9900409'],
  [
    'an address without a range',
    'addCloudPostgresqlUserList',
    user('auditor', { ...login, clientCidr: '*' }),
    '9900400',
  ],
  ['a capital', 'addCloudPostgresqlUserList', user('Auditor', login), '9900400'],
  ['a change of nothing', 'changeCloudPostgresqlUserList', user('orders_app'), '9900400'],
  ['a change of nobody', 'changeCloudPostgresqlUserList', user('nobody', { isReplicationRole: 'true' }), '9900404'],
  ['deleting an owner', 'deleteCloudPostgresqlUserList', user('orders_app'), '9900410'],
])('%s is refused', async (_what, operation, fields, code) => {
  const { call, statusOf } = connect();
  expect(await call(operation, fields)).toMatchObject({ returnCode: code });
  expect(await statusOf('1234925')).toBe('running');
});

test('a database is added for an owner who exists, and deleted', async () => {
  const { world, call, list } = connect();
  const add = (owner: string) => ({
    ...orders,
    'cloudPostgresqlDatabaseList.1.name': 'carts',
    'cloudPostgresqlDatabaseList.1.owner': owner,
  });
  expect(await call('addCloudPostgresqlDatabaseList', add('nobody'))).toMatchObject({ returnCode: '9900404' });
  await call('addCloudPostgresqlDatabaseList', add('orders_app'));
  world.advance(seconds(10));
  expect(await list('getCloudPostgresqlDatabaseList', orders)).toContainEqual({
    databaseName: 'carts',
    owner: 'orders_app',
  });
  expect(await call('addCloudPostgresqlDatabaseList', add('orders_app'))).toMatchObject({ returnCode: '9900409' });
  const named = { ...orders, 'cloudPostgresqlDatabaseList.1.name': 'carts' };
  await call('deleteCloudPostgresqlDatabaseList', named);
  world.advance(seconds(10));
  expect(await call('deleteCloudPostgresqlDatabaseList', named)).toMatchObject({ returnCode: '9900404' });
});

test('a backup comes every day, is kept for as long as planned, and can be exported', async () => {
  const { world, call, list } = connect();
  const files = () => list('getCloudPostgresqlBackupDetailList', orders);
  const before = await files();
  expect(before).toHaveLength(7);
  world.advance(days(1));
  const after = await files();
  expect(after).toHaveLength(7);
  expect(after.slice(1).map(({ fileName }) => fileName)).toEqual(before.slice(0, 6).map(({ fileName }) => fileName));
  const target = { ...orders, bucketName: 'postgresql-backup' };
  const exported = (fileName: string) => call('exportBackupToObjectStorage', { ...target, fileName });
  expect(await exported(fileNameOf(after[0]))).toMatchObject({ returnCode: '0' });
  expect(await exported('19990101')).toMatchObject({ returnCode: '9900404' });
});

test('the list of backups has a row for each instance that takes them, with numbers as text', async () => {
  const answer = await connect().call('getCloudPostgresqlBackupList', { pageNo: '0', pageSize: '1' });
  expect(answer).toMatchObject({
    totalRows: '4',
    cloudPostgresqlBackupList: [{ cloudPostgresqlInstanceNo: '1234925', backupRetention: '7', backupTime: '02:00' }],
  });
});

test('a log of a server is listed and exported to a bucket that exists', async () => {
  const { call, list } = connect();
  const server = { logType: 'POSTGRESQL_LOG', cloudPostgresqlServerInstanceNo: '1234017' };
  const [file] = await list('getDbServerLogList', { ...server, pageNo: '1', pageSize: '10' });
  const exported = { ...server, fileName: fileNameOf(file) };
  const send = 'exportDbServerLogToObjectStorage';
  expect(await call(send, { ...exported, bucketName: 'postgresql-log' })).toMatchObject({ returnCode: '0' });
  expect(await call(send, { ...exported, bucketName: 'elsewhere' })).toMatchObject({ returnCode: '9900404' });
});
