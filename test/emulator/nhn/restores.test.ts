import { expect, test } from 'vitest';
import * as z from 'zod';
import { type Client, connect, seconds, text } from './client.js';

const network = z.object({ subnet: z.object({ subnetId: z.string() }) });
const schedule = { backupWndBgnTime: '21:00:00', backupWndDuration: 'HALF_AN_HOUR' };

/** What a restored instance is asked to be: like the one of a name. */
async function likeIn({ call, instance, instanceId }: Client, name: string) {
  const { dbFlavorId, parameterGroupId } = await instance(name);
  const { data } = await call('GET', `/v1.0/db-instances/${await instanceId(name)}/network-info`);
  return {
    dbInstanceName: `${name}-restored`,
    dbFlavorId,
    dbPort: 15432,
    parameterGroupId,
    network: { subnetId: network.parse(data).subnet.subnetId },
    storage: { storageType: 'General SSD', storageSize: 300 },
    backup: { backupPeriod: 1, backupSchedules: [schedule] },
  };
}

/** Restores an instance to a time; gives the code of the answer, once what it began is done. */
async function restoreTo(client: Client, name: string, time: number | string, backupSchedules: object[] = [schedule]) {
  const restoreYmdt = new Date(time).toISOString();
  const like = await likeIn(client, name);
  const { code } = await client.call('POST', `/v1.0/db-instances/${await client.instanceId(name)}/restore`, {
    ...like,
    restore: { restoreType: 'TIMESTAMP', restoreYmdt },
    backup: { backupPeriod: 1, backupSchedules },
  });
  client.world.advance(seconds(90));
  return code;
}

/** The names of the databases and users of an instance. */
async function contentsOf({ list, instanceId }: Client, name: string): Promise<unknown[]> {
  const path = `/v1.0/db-instances/${await instanceId(name)}`;
  const databases = await list(`${path}/databases`, 'databases');
  const users = await list(`${path}/db-users`, 'dbUsers');
  return [...databases.map(({ databaseName }) => databaseName), ...users.map(({ dbUserName }) => dbUserName)];
}

test('a restore to a moment brings the databases and users of that moment', async () => {
  const client = await connect();
  const { world, call, idOf, instanceId } = client;
  const path = `/v1.0/db-instances/${await instanceId('orders-primary')}`;
  const before = await contentsOf(client, 'orders-primary');
  expect(before).toEqual(['orders', 'inventory', 'orders_admin', 'orders_app', 'reporting']);
  const inventory = await idOf(`${path}/databases`, 'databases', ['databaseName', 'databaseId'], 'inventory');
  const app = await idOf(`${path}/db-users`, 'dbUsers', ['dbUserName', 'dbUserId'], 'orders_app');
  const goodMoment = world.now();
  world.advance(seconds(60));
  expect((await call('DELETE', `${path}/databases/${inventory}`)).code).toBe(0);
  world.advance(seconds(60));
  expect((await call('PUT', `${path}/db-users/${app}`, { dbUserName: 'orders_web' })).code).toBe(0);
  world.advance(seconds(600));

  expect(await restoreTo(client, 'orders-primary', goodMoment)).toBe(0);
  expect(await contentsOf(client, 'orders-primary-restored')).toEqual(before);
  expect(await contentsOf(client, 'orders-primary')).not.toContain('inventory');
});

test('a restore to a later moment brings what was added until then', async () => {
  const client = await connect();
  const { world, call, instanceId } = client;
  const path = `/v1.0/db-instances/${await instanceId('orders-primary')}`;
  await call('POST', `${path}/databases`, { databaseName: 'coupons' });
  world.advance(seconds(60));
  const moment = world.now();
  await call('POST', `${path}/databases`, { databaseName: 'vouchers' });
  world.advance(seconds(600));
  await restoreTo(client, 'orders-primary', moment);
  const restored = await contentsOf(client, 'orders-primary-restored');
  expect(restored).toContain('coupons');
  expect(restored).not.toContain('vouchers');
});

test('a manual backup outlives its instance, with all that was in it', async () => {
  const client = await connect();
  const { world, call, list, instanceId } = client;
  const path = `/v1.0/db-instances/${await instanceId('analytics')}`;
  const before = await contentsOf(client, 'analytics');
  const like = await likeIn(client, 'analytics');
  await call('POST', `${path}/backup`, { backupName: 'the-last-one' });
  world.advance(seconds(60));
  await call('PUT', `${path}/deletion-protection`, { useDeletionProtection: false });
  await call('DELETE', path);
  world.advance(seconds(60));
  expect((await call('GET', path)).code).toBe(90404);

  const backups = await list('/v1.0/backups?page=1&size=100&backupType=MANUAL', 'backups');
  const backup = backups.find(({ backupName }) => backupName === 'the-last-one');
  expect((await call('POST', `/v1.0/backups/${text(backup?.backupId)}/restore`, like)).message).toBe('SUCCESS');
  world.advance(seconds(90));
  expect(before).toContain('warehouse');
  expect(await contentsOf(client, 'analytics-restored')).toEqual(before);
});

test('the disk of what is restored is as full as it was then', async () => {
  const client = await connect();
  const { call, list, instanceId } = client;
  const id = await instanceId('analytics');
  const backups = await list(`/v1.0/backups?page=1&size=100&dbInstanceId=${id}`, 'backups');
  const trial = backups.find(({ backupName }) => backupName === 'analytics-before-trial');
  const small = { storageType: 'General SSD', storageSize: 100 };
  // It grew by more than two gigabytes on each of the 141 days since, and has 186 now.
  const like = { ...(await likeIn(client, 'analytics')), storage: small };
  expect((await call('POST', `/v1.0/backups/${text(trial?.backupId)}/restore`, like)).code).toBe(0);
  const [last] = backups;
  const again = { ...like, dbInstanceName: 'analytics-again' };
  expect((await call('POST', `/v1.0/backups/${text(last?.backupId)}/restore`, again)).message).toContain('needs 18');
});

test('a time can be restored only within the reach of the automatic backups', async () => {
  const client = await connect();
  const { data } = await client.call(
    'GET',
    `/v1.0/db-instances/${await client.instanceId('analytics')}/restoration-info`,
  );
  expect(await restoreTo(client, 'analytics', '2020-01-01T00:00:00.000+09:00')).toBe(90400);
  expect(await restoreTo(client, 'analytics', text(data.oldestRestorableYmdt))).toBe(0);
});

test.each([
  [
    '{} takes over the window of the source',
    [{}],
    { backupWndBgnTime: '02:00:00', backupWndDuration: 'ONE_HOUR_AND_HALF' },
  ],
  [
    'a begin keeps the length',
    [{ backupWndBgnTime: '05:00:00' }],
    { backupWndBgnTime: '05:00:00', backupWndDuration: 'ONE_HOUR_AND_HALF' },
  ],
])('in the schedules of a restored instance %s', async (_, schedules, window) => {
  const client = await connect();
  expect(await restoreTo(client, 'analytics', client.world.now() - seconds(600), schedules)).toBe(0);
  const path = `/v1.0/db-instances/${await client.instanceId('analytics-restored')}/backup-info`;
  expect((await client.call('GET', path)).data.backupSchedules).toEqual([window]);
});

test('a schedule that is not on the source cannot be left open', async () => {
  const client = await connect();
  expect(await restoreTo(client, 'analytics', client.world.now() - seconds(600), [{}, {}])).toBe(90400);
});

test('a replica without a zone goes where it is emptier, and not to the zone of its source', async () => {
  const { world, call, instanceId } = await connect();
  const path = `/v1.0/db-instances/${await instanceId('analytics')}`;
  await call('POST', `${path}/replicate`, { dbInstanceName: 'analytics-copy' });
  world.advance(seconds(90));
  const copy = `/v1.0/db-instances/${await instanceId('analytics-copy')}/network-info`;
  expect((await call('GET', `${path}/network-info`)).data).toMatchObject({ availabilityZone: 'kr-pub-a' });
  expect((await call('GET', copy)).data).toMatchObject({ availabilityZone: 'kr-pub-b' });
});

test('an unknown zone is refused', async () => {
  const { call, instanceId } = await connect();
  const path = `/v1.0/db-instances/${await instanceId('analytics')}/replicate`;
  const network = { availabilityZone: 'kr-pub-z' };
  expect((await call('POST', path, { dbInstanceName: 'analytics-copy', network })).code).toBe(90400);
});
