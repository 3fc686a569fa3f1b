import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type Connection, connect } from '../../support/connect.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { instanceNamed, newInstance } from '../../support/nhn.js';

/** The first three lines of a plan, which clients show even where they cut the rest. */
const head = (message = '') => message.split('\n').slice(0, 3);

let fleet: Fleet;
let connection: Connection;

beforeEach(async () => {
  fleet = await startFleet();
  connection = await connect({ fleet, answer: 'decline' });
});

type Arguments = Record<string, unknown>;

/** What a call comes to, which nobody agrees to: `asked` by whose risks, `unchanged`, `impossible` or `sent`. */
async function outcome(tool: string, args: Arguments): Promise<string> {
  const { call, asked } = connection;
  const before = [asked.length, fleet.changes().length];
  const { data, text, isError } = await call(tool, args);
  const [questions, sent] = [asked.length - (before[0] ?? 0), fleet.changes().length - (before[1] ?? 0)];
  if (questions > 0) {
    expect(sent).toBe(0);
    return `asked ${/What happens \((.*?)\)/.exec(asked.at(-1)?.message ?? '')?.[1]}`;
  }
  if (sent > 0) return 'sent';
  expect(isError).toBe(data['status'] !== 'unchanged');
  return data['status'] === 'unchanged' ? 'unchanged' : text.replace(/^\S+ failed\. (.*?\.) .*$/s, '$1');
}

const idOf = async (name: string): Promise<string> => (await instanceNamed(connection.call, name)).dbInstanceId;

const table: [string, string, Arguments, string][] = [
  ['nhn_delete_db_instance', 'staging', {}, 'asked destructive'],
  ['nhn_delete_db_instance', 'orders-primary', {}, 'orders-primary is protected against deletion.'],
  ['nhn_restart_db_instance', 'analytics', {}, 'asked disruptive'],
  ['nhn_restart_db_instance', 'staging', {}, 'staging is stopped.'],
  ['nhn_restart_db_instance', 'analytics', { useOnlineFailover: true }, 'analytics has no standby to fail over to.'],
  ['nhn_force_restart_db_instance', 'analytics', {}, 'asked destructive'],
  ['nhn_force_restart_db_instance', 'staging', {}, 'staging is stopped.'],
  ['nhn_start_db_instance', 'staging', {}, 'sent'],
  ['nhn_start_db_instance', 'analytics', {}, 'analytics runs already (AVAILABLE).'],
  ['nhn_stop_db_instance', 'analytics', {}, 'asked disruptive'],
  ['nhn_stop_db_instance', 'staging', {}, 'staging is stopped.'],
  ['nhn_promote_db_instance', 'orders-replica', {}, 'asked destructive'],
  ['nhn_promote_db_instance', 'orders-primary', {}, 'orders-primary is no read replica but a MASTER.'],
  ['nhn_promote_db_instance', 'staging', {}, 'staging is stopped.'],
  ['nhn_modify_storage_info', 'analytics', { storageSize: 300 }, 'asked disruptive'],
  ['nhn_modify_storage_info', 'analytics', { storageSize: 200 }, 'unchanged'],
  ['nhn_modify_storage_info', 'analytics', { storageSize: 100 }, 'The disk has 200 GB, and it only grows.'],
  ['nhn_modify_network_info', 'analytics', { usePublicAccess: true }, 'unchanged'],
  ['nhn_modify_network_info', 'analytics', { usePublicAccess: false }, 'asked disruptive'],
  ['nhn_modify_network_info', 'orders-primary', { usePublicAccess: true }, 'asked exposing'],
  ['nhn_modify_deletion_protection', 'analytics', { useDeletionProtection: true }, 'unchanged'],
  ['nhn_modify_deletion_protection', 'analytics', { useDeletionProtection: false }, 'asked destructive'],
  ['nhn_modify_deletion_protection', 'billing-legacy', { useDeletionProtection: true }, 'sent'],
  ['nhn_modify_backup_info', 'analytics', { backupPeriod: 0 }, 'asked destructive'],
  ['nhn_modify_backup_info', 'analytics', { backupPeriod: 3 }, 'unchanged'],
  ['nhn_modify_backup_info', 'analytics', { backupSchedules: [] }, 'asked destructive'],
  ['nhn_modify_backup_info', 'analytics', { backupRetryCount: 0 }, 'asked destructive'],
  ['nhn_modify_backup_info', 'analytics', { backupRetryCount: 7 }, 'sent'],
  ['nhn_modify_db_instance', 'analytics', { description: 'Of the data team' }, 'sent'],
  ['nhn_modify_db_instance', 'analytics', { executeBackup: true }, 'sent'],
  ['nhn_modify_db_instance', 'analytics', { executeBackup: false }, 'unchanged'],
  ['nhn_modify_db_instance', 'analytics', { dbPort: 15_432 }, 'unchanged'],
  ['nhn_modify_db_instance', 'analytics', { dbPort: 15_433 }, 'asked disruptive'],
  ['nhn_modify_db_instance', 'analytics', { dbSecurityGroupIds: [] }, 'asked disruptive'],
  ['nhn_modify_high_availability', 'orders-primary', { useHighAvailability: true }, 'unchanged'],
  ['nhn_modify_high_availability', 'orders-primary', { useHighAvailability: false }, 'asked disruptive'],
  [
    'nhn_modify_high_availability',
    'orders-primary',
    { useHighAvailability: true, pingInterval: 9 },
    'asked disruptive',
  ],
  ['nhn_modify_high_availability', 'analytics', { useHighAvailability: true }, 'asked disruptive'],
  ['nhn_modify_high_availability', 'analytics', { useHighAvailability: false }, 'unchanged'],
  ['nhn_pause_high_availability', 'orders-primary', {}, 'asked disruptive'],
  ['nhn_pause_high_availability', 'analytics', {}, 'analytics has no standby.'],
  ['nhn_resume_high_availability', 'analytics', {}, 'analytics has no standby.'],
  ['nhn_apply_parameter_group', 'orders-primary', {}, 'asked disruptive'],
];

test.each(table)('%s on %s with %j: %s', async (tool, name, args, expected) => {
  expect(await outcome(tool, { dbInstanceId: await idOf(name), ...args })).toBe(expected);
});

const maintenance = { allowAutoMaintenance: true, useAutoStorageCleanup: true };

test.each([
  [{}, 'unchanged'],
  [{ logRetentionPeriod: 3 }, 'asked destructive'],
  [{ logRetentionPeriod: 30 }, 'sent'],
  [{ maintWndBgnTime: '05:00:00' }, 'asked disruptive'],
  [{ allowAutoMaintenance: false }, 'sent'],
])('maintenance with %j: %s', async (args, expected) => {
  const all = { dbInstanceId: await idOf('analytics'), ...maintenance, ...args };
  expect(await outcome('nhn_modify_maintenance_info', all)).toBe(expected);
});

test('a repair and a split are of a primary that was failed over', async () => {
  for (const tool of ['nhn_repair_high_availability', 'nhn_split_high_availability'])
    expect(await outcome(tool, { dbInstanceId: await idOf('orders-primary') })).toContain('FAILED_MASTER');
  fleet = await startFleet({ scenario: 'failover' });
  connection = await connect({ fleet, answer: 'decline' });
  const dbInstanceId = await idOf('orders-primary');
  expect(await outcome('nhn_repair_high_availability', { dbInstanceId })).toBe('asked disruptive');
  expect(await outcome('nhn_split_high_availability', { dbInstanceId })).toBe('asked destructive');
});

test('what happens, to what, and the way back are in the first three lines', async () => {
  const { call, asked } = connection;
  await call('nhn_delete_db_instance', { dbInstanceId: await idOf('staging') });
  expect(head(asked[0]?.message)).toEqual([
    'Delete DB instance: staging (READ_ONLY_SLAVE, SHUTDOWN) at NHN Cloud RDS for PostgreSQL.',
    expect.stringMatching(
      /automatic backups \(newest: staging_\d+ of .*the newest of billing-legacy.*billing-year-end/,
    ),
    expect.stringMatching(/^Way back: None\. .*the newest is: none\. nhn_backup_db_instance backs up billing-legacy/),
  ]);
  await call('nhn_delete_db_instance', { dbInstanceId: await idOf('billing-legacy') });
  expect(head(asked[1]?.message)).toEqual([
    expect.stringContaining('billing-legacy (MASTER, AVAILABLE), which also concerns staging (READ_ONLY_SLAVE'),
    expect.stringContaining('these go with it, with their data and automatic backups: staging.'),
    expect.stringContaining('the newest is: billing-year-end of '),
  ]);
  await call('nhn_promote_db_instance', { dbInstanceId: await idOf('orders-replica') });
  expect(head(asked[2]?.message)).toEqual([
    expect.stringContaining('orders-replica (READ_ONLY_SLAVE, AVAILABLE), which also concerns orders-primary'),
    expect.stringContaining('orders-primary still runs (AVAILABLE), so that both take writes from then on'),
    expect.stringContaining('Way back: None'),
  ]);
  expect(asked[2]?.message).toMatch(/^Replication lag now: [\d.]+ s\.$/m);
  await call('nhn_restart_db_instance', { dbInstanceId: await idOf('orders-primary'), useOnlineFailover: true });
  expect(head(asked[3]?.message)[1]).toContain('orders-standby takes over and is the primary from then on');
  await call('nhn_apply_parameter_group', { dbInstanceId: await idOf('orders-primary') });
  expect(asked[4]?.message).toContain('Values that take a restart: max_connections 800 (default 200)');
  expect(asked[4]?.message).toContain('which keep what they have: orders-standby');
});

test('extensions are told in words: what is installed, what is dropped, and in which database', async () => {
  const { call, asked } = connection;
  const { dbInstanceGroupId } = await instanceNamed(call, 'analytics');
  const { data } = await call('nhn_list_extensions', { dbInstanceGroupId });
  const listed = data['extensions'] as { extensionName: string; databases: { dbInstanceGroupExtensionId: string }[] }[];
  const placeOf = (name: string) =>
    listed.find(({ extensionName }) => extensionName === name)?.databases[0]?.dbInstanceGroupExtensionId;
  await call('nhn_apply_extension_changes', { dbInstanceGroupId });
  expect(head(asked[0]?.message)[1]).toBe(
    'What happens (disruptive): All that is reserved runs: INSTALL pg_stat_statements in database warehouse.',
  );
  const removal = { dbInstanceGroupId, dbInstanceGroupExtensionId: placeOf('postgis'), withCascade: true };
  expect(await outcome('nhn_delete_extension', removal)).toBe('asked destructive');
  expect(asked.at(-1)?.message).toContain('DELETE_WITH_CASCADE postgis in database warehouse is reserved');
  const reserved = { ...removal, dbInstanceGroupExtensionId: placeOf('pg_stat_statements') };
  expect(await outcome('nhn_delete_extension', reserved)).toBe('sent');
  expect(await outcome('nhn_apply_extension_changes', { dbInstanceGroupId })).toBe('unchanged');
});

test('an application of changes that drops something says what', async () => {
  const { call, asked } = await connect({ fleet, answer: 'yes' });
  const { dbInstanceGroupId } = await instanceNamed(call, 'analytics');
  const { data } = await call('nhn_list_extensions', { dbInstanceGroupId });
  const listed = data['extensions'] as { extensionName: string; databases: { dbInstanceGroupExtensionId: string }[] }[];
  const hstore = listed.find(({ extensionName }) => extensionName === 'hstore')?.databases[0];
  await call('nhn_delete_extension', {
    dbInstanceGroupId,
    dbInstanceGroupExtensionId: hstore?.dbInstanceGroupExtensionId,
    withCascade: false,
  });
  await call('nhn_apply_extension_changes', { dbInstanceGroupId });
  expect(head(asked.at(-1)?.message)[1]).toContain(
    'What happens (destructive, disruptive): These are dropped: hstore in database warehouse;',
  );
});

test('the last backup of an instance is called that', async () => {
  const { call, asked } = connection;
  const { data } = await call('nhn_list_backups', { page: 1, size: 100 });
  const backups = data['backups'] as { backupId: string; backupName: string }[];
  const idNamed = (name: string) => backups.find(({ backupName }) => backupName === name)?.backupId;
  await call('nhn_delete_backup', { backupId: idNamed('billing-year-end') });
  expect(head(asked[0]?.message)[1]).toContain('It is the last backup of its instance.');
  await call('nhn_delete_backup', { backupId: idNamed('orders-before-release') });
  expect(head(asked[1]?.message)[1]).not.toContain('last backup');
  expect(head(asked[1]?.message)[2]).toMatch(/^Way back: None\. The newest other backup of the instance is: orders-/);
});

test('a new instance is asked about by whom its security groups let in', async () => {
  const { call } = connection;
  const { data } = await call('nhn_list_db_security_groups');
  const groups = data['dbSecurityGroups'] as { dbSecurityGroupId: string; dbSecurityGroupName: string }[];
  const group = (name: string) => groups.find((each) => each.dbSecurityGroupName === name)?.dbSecurityGroupId;
  const args = await newInstance(call, {});
  const create = (change: object) => outcome('nhn_create_db_instance', { ...args, ...change });
  expect(await create({ dbSecurityGroupIds: [group('analytics-open')] })).toBe('asked exposing');
  expect(await create({ network: { ...args.network, usePublicAccess: true } })).toBe('asked exposing');
  expect(await create({ dbVersion: 'POSTGRESQL_V17_4' })).toContain('is for another version');
  expect(await create({ dbSecurityGroupIds: [group('app-servers')] })).toBe('sent');
});

test('a restore reaches only the span that the source has, and a replica is of a primary', async () => {
  const { call } = connection;
  const ofTheSource = ['dbVersion', 'dbUserName', 'dbPassword', 'databaseName'];
  const wanted = Object.entries(await newInstance(call, {}));
  const fresh = Object.fromEntries(wanted.filter(([name]) => !ofTheSource.includes(name)));
  const args = { ...fresh, dbInstanceId: await idOf('orders-primary') };
  const restore = (change: object) => outcome('nhn_restore_db_instance', { ...args, restore: change });
  const tooEarly = { restoreType: 'TIMESTAMP', restoreYmdt: '2020-01-01T00:00:00+09:00' };
  expect(await restore(tooEarly)).toContain('orders-primary cannot be restored to 2020-01-01');
  const missing = { restoreType: 'BACKUP', backupId: '00000000-0000-4000-8000-000000000000' };
  expect(await restore(missing)).toContain('orders-primary cannot be restored from the backup');
  const { data } = await call('nhn_get_restoration_info', { dbInstanceId: args.dbInstanceId });
  expect(await restore({ restoreType: 'TIMESTAMP', restoreYmdt: data['latestRestorableYmdt'] })).toBe('sent');
  const replica = { dbInstanceId: await idOf('orders-replica'), dbInstanceName: 'of-a-replica' };
  expect(await outcome('nhn_replicate_db_instance', replica)).toContain('is a read replica itself');
});

/** A client whose calls the rules judge, and who declines whatever is asked. */
async function judgedBy(rules: object[]) {
  const policy = join(mkdtempSync(join(tmpdir(), 'policy-')), 'policy.json');
  writeFileSync(policy, JSON.stringify({ rules }));
  const fleet = await startFleet();
  return {
    fleet,
    ...(await connect({ fleet, answer: 'decline', env: { PGFLEET_PROFILE: 'full' }, args: ['--policy', policy] })),
  };
}

test('a rule about a replica holds for the delete of its primary, which takes it along', async () => {
  const rule = { effect: 'deny', instances: ['staging'], reason: 'The testers need it.' };
  const { fleet, call, asked } = await judgedBy([rule]);
  const { dbInstanceId } = await instanceNamed(call, 'billing-legacy');
  const { isError, text } = await call('nhn_delete_db_instance', { dbInstanceId });
  expect([isError, text]).toEqual([true, expect.stringContaining('The testers need it.')]);
  expect([asked, fleet.changes()]).toEqual([[], []]);
});

test('a reservation that a rule wants a person asked about is told in words', async () => {
  const { fleet, call, asked } = await judgedBy([{ effect: 'ask', tools: ['nhn_install_extension'] }]);
  const { dbInstanceId, dbInstanceGroupId } = await instanceNamed(call, 'orders-primary');
  const { extensions } = (await call('nhn_list_extensions', { dbInstanceGroupId })).data;
  const { databases } = (await call('nhn_list_databases', { dbInstanceId })).data;
  const named = (list: unknown, name: string) =>
    (list as Record<string, unknown>[]).find((each) => Object.values(each).includes(name));
  await call('nhn_install_extension', {
    dbInstanceGroupId,
    extensionId: named(extensions, 'pg_trgm')?.['extensionId'],
    databaseId: named(databases, 'orders')?.['databaseId'],
    schemaName: 'public',
  });
  expect(asked[0]?.message).toContain('What happens (write): INSTALL pg_trgm in database orders is reserved');
  expect(fleet.changes()).toEqual([]);
});
