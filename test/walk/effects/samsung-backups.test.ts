import { expect, test } from 'vitest';
import { type Connection, connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { finished, jobOf } from '../../support/follow.js';
import { clusterNamed, outcomeOf } from '../../support/samsung.js';

const present = { archive_frequency_minute: '10', retention_period_day: '14', starting_time_hour: '2' };
const setBackup = 'samsung_set_backup';
const setArchive = 'samsung_set_archive_config';
const restore = 'samsung_create_restore_cluster';
const copy = { name: 'copy', instance_name_prefix: 'copy', server_type_name: 'db1v8m32' };
const days = (retention_period_day: number, archive_enabled = true) => ({ archive_enabled, retention_period_day });

const table: [string, string, string, object, string][] = [
  ['backups for less time', setBackup, 'orders', { ...present, retention_period_day: '7' }, 'asked: destructive'],
  [
    'WAL that is archived rarer',
    setBackup,
    'orders',
    { ...present, archive_frequency_minute: '60' },
    'asked: destructive',
  ],
  ['backups for more time', setBackup, 'orders', { ...present, retention_period_day: '30' }, 'sent'],
  ['backups at another hour', setBackup, 'orders', { ...present, starting_time_hour: '4' }, 'sent'],
  ['the first backups', setBackup, 'analytics', { ...present, retention_period_day: '7' }, 'sent'],
  ['backups as they are', setBackup, 'orders', present, 'unchanged'],
  ['backups off', 'samsung_unset_backup', 'orders', {}, 'asked: destructive'],
  ['backups off that are off', 'samsung_unset_backup', 'analytics', {}, 'unchanged'],
  [
    'a backup that there is not',
    'samsung_remove_backup_histories',
    'orders',
    { backup_history_number: ['1'] },
    'impossible',
  ],
  ['archiving off', setArchive, 'orders', days(14, false), 'asked: destructive'],
  ['archived WAL for less time', setArchive, 'orders', days(3), 'asked: destructive'],
  ['no time while archiving is on', setArchive, 'orders', { archive_enabled: true }, 'asked: destructive'],
  ['archived WAL for more time', setArchive, 'orders', days(30), 'sent'],
  ['archiving on', setArchive, 'analytics', days(7), 'sent'],
  ['archiving as it is', setArchive, 'orders', days(14), 'unchanged'],
  ['archived WAL that goes', 'samsung_delete_archive_logs', 'orders', {}, 'asked: destructive'],
  ['an archive that is as the backups want it', 'samsung_sync_archive_config', 'orders', {}, 'sent'],
  ['a restore without any backup', restore, 'analytics', { ...copy, backup_history_number: '1' }, 'impossible'],
  [
    'a restore from a backup that there is not',
    restore,
    'orders',
    { ...copy, backup_history_number: '1' },
    'impossible',
  ],
];

test.each(table)('%s (%s)', async (_, tool, cluster, args, expected) => {
  expect(await outcomeOf(tool, async () => ({ ...args }), { cluster })).toMatchObject({ outcome: expected });
});

test('the question about shorter backups says from what to what', async () => {
  const args = async () => ({ ...present, retention_period_day: '7' });
  const { head, text } = await outcomeOf(setBackup, args, { cluster: 'orders' });
  expect(head).toMatchInlineSnapshot(`
    "Set backup schedule: orders (ORIGIN, RUNNING) at Samsung Cloud Platform PostgreSQL (DBaaS).
    What happens (destructive):
      Backups older than 7 days can expire; now they are kept 14 days.
    Way back:
      None for backups that expired.
      The setting can be set back to 14 days."
  `);
  expect(text).toContain('Changes: retention_period_day 14 → 7.');
});

test('where the present settings cannot be read, backups for more time are not set unasked', async () => {
  const { outcome, text } = await outcomeOf(setBackup, async () => ({ ...present, retention_period_day: '30' }), {
    cluster: 'orders',
    before: ({ faults }) => faults.add({ on: 'GET /v1/clusters/:cluster_id', kind: 'status', value: 500 }),
  });
  expect(outcome).not.toBe('sent');
  expect(text).toContain('could not be read before asking');
});

test('an archive that is not as the backups want it is asked about before it is synchronized', async () => {
  const fleet = await startFleet({ providers: ['samsung'] });
  const connection = await connect({ fleet, answer: 'decline' });
  const { call, asked } = connection;
  const cluster_id = await clusterNamed(call, 'orders');
  await finished(connection, fleet, jobOf(await call(setArchive, { cluster_id, ...days(30) })));
  await call('samsung_sync_archive_config', { cluster_id });
  expect(asked[0]?.message).toContain('(archiving true, 30 days) are not those of the backups (14 days)');
});

/** The numbers of the backups of a cluster, from the newest on. */
async function numbersOf(call: Connection['call'], cluster: string): Promise<string[]> {
  const args = { cluster_id: await clusterNamed(call, cluster), limit: 100 };
  const { data } = await call('samsung_list_backup_histories', args);
  return (data['contents'] as { backup_history_number: string }[]).map((each) => each.backup_history_number);
}

const remove = (most?: number) =>
  outcomeOf(
    'samsung_remove_backup_histories',
    async (call) => ({ backup_history_number: (await numbersOf(call, 'partners')).slice(0, most) }),
    { cluster: 'partners' },
  );

test('backups that go are named with their moments, and the last of a cluster are said to be the last', async () => {
  const { head } = await remove();
  const plain = head.replaceAll(/(?:(?:; )?\d{12} of [\d-]+T[\d:.]+)+/g, 'BACKUPS');
  expect(plain).toMatchInlineSnapshot(`
    "Remove backups: partners (ORIGIN, RUNNING) at Samsung Cloud Platform PostgreSQL (DBaaS).
    What happens (destructive):
      These backups are deleted, and with them the way back to their moments: BACKUPS
      These are all backups of the cluster, as far as is known, so that it cannot be restored at all.
    Way back:
      None.
      The newest backup that stays is: none. samsung_set_backup makes new ones, of the time from then on."
  `);
  const { text } = await remove(1);
  expect(text).toMatch(/their moments: \d{12} of [\d-]+T[\d:.]+\.\n.*backup that stays is: \d{12} of /);
  expect(text).not.toContain('These are all backups');
});

const until = (backup_recovery_time: string) => async () => ({ ...copy, backup_recovery_time });

test.each([
  ['before the first backup', '2020-01-01T00:00:00Z', /^.*The first backup of orders began at .*A time from .* can be/],
  ['in the future', '2099-01-01T00:00:00Z', /WAL is archived up to .*A time from .* can be/],
])('a restore to a time %s is impossible, and the span that is possible told', async (_, time, told) => {
  const { outcome, text } = await outcomeOf(restore, until(time), { cluster: 'orders' });
  expect(outcome).toBe('impossible');
  expect(text).toMatch(told);
});

const restoring = (more: object) =>
  outcomeOf(
    restore,
    async (call) => ({ ...copy, backup_history_number: (await numbersOf(call, 'orders'))[1], ...more }),
    { cluster: 'orders' },
  );

test.each([
  ['to a new cluster is sent', {}, 'sent'],
  ['that few may reach is sent', { allowable_ip_addresses: ['198.51.100.7/32'] }, 'sent'],
  ['that everybody may reach is asked about', { allowable_ip_addresses: ['0.0.0.0/0'] }, 'asked: exposing'],
  [
    'to a smaller disk is impossible',
    { block_storage_groups: [{ role_type: 'DATA', size_gb: 104, volume_type: 'SSD' }] },
    'impossible',
  ],
])('a restore %s', async (_, more, expected) => {
  expect(await restoring(more)).toMatchObject({ outcome: expected });
});
