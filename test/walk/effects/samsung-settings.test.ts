import { expect, test } from 'vitest';
import { type Connection } from '../../support/connect.js';
import { clusterNamed, outcomeOf } from '../../support/samsung.js';

const window = { start_day_of_week: 'SUN', start_time: '03', start_minute: '30', term_hour: '2' };
const keys = { access_key: 'EXAMPLEKEY', secret_key: 'example-secret' };
const daily = {
  ...keys,
  delete_on_export: false,
  schedule_frequency_type: 'DAY',
  schedule_day_of_week: 'MON',
  schedule_day_of_month: '1',
  schedule_hour: '5',
};

const addresses = 'samsung_set_security_group_rules';
const audit = { log_type: 'audit' };
const alert = { log_type: 'alert' };

const table: [string, string, string, object, string][] = [
  ['an address that is added', addresses, 'orders', { add_ip_addresses: ['198.51.100.7/32'] }, 'asked: exposing'],
  [
    'an address of a private network',
    addresses,
    'orders',
    { add_ip_addresses: ['192.168.12.0/24'] },
    'asked: exposing',
  ],
  ['one that is only removed', addresses, 'partners', { del_ip_addresses: ['0.0.0.0/0'] }, 'asked: disruptive'],
  [
    'one for another',
    addresses,
    'partners',
    { add_ip_addresses: ['198.51.100.7/32'], del_ip_addresses: ['0.0.0.0/0'] },
    'asked: exposing, disruptive',
  ],
  ['what is allowed already', addresses, 'orders', { add_ip_addresses: ['192.168.10.0/24'] }, 'unchanged'],
  ['what is not allowed anyway', addresses, 'orders', { del_ip_addresses: ['10.0.0.0/8'] }, 'unchanged'],
  ['two empty lists', addresses, 'orders', { add_ip_addresses: [], del_ip_addresses: [] }, 'unchanged'],
  ['another window', 'samsung_set_maintenance', 'orders', { ...window, start_time: '04' }, 'asked: disruptive'],
  ['the present window', 'samsung_set_maintenance', 'orders', window, 'unchanged'],
  ['no window', 'samsung_unset_maintenance', 'orders', {}, 'asked: disruptive'],
  ['the audit log off', 'samsung_set_audit_log', 'orders', { use_audit_log: false }, 'asked: disruptive'],
  ['the audit log on', 'samsung_set_audit_log', 'analytics', { use_audit_log: true }, 'asked: disruptive'],
  ['the audit log as it is', 'samsung_set_audit_log', 'orders', { use_audit_log: true }, 'unchanged'],
  [
    'a log to a bucket',
    'samsung_register_log_export_config',
    'orders',
    { ...alert, bucket_name: 'logs', ...daily },
    'asked: exposing',
  ],
  ['other keys for a bucket', 'samsung_set_log_export_config', 'orders', { ...audit, ...daily }, 'asked: exposing'],
  ['settings of no export', 'samsung_set_log_export_config', 'orders', { ...alert, ...daily }, 'impossible'],
  ['a log at once', 'samsung_export_log', 'orders', audit, 'asked: exposing'],
  ['a log without an export', 'samsung_export_log', 'orders', alert, 'impossible'],
  ['an export that ends', 'samsung_unregister_log_export_config', 'orders', audit, 'asked: destructive'],
  ['an export that there is not', 'samsung_unregister_log_export_config', 'orders', alert, 'unchanged'],
  ['parameters that may wait', 'samsung_sync_parameter_values', 'orders', {}, 'asked: disruptive'],
];

test.each(table)('%s (%s)', async (_, tool, cluster, args, expected) => {
  expect(await outcomeOf(tool, async () => ({ ...args }), { cluster })).toMatchObject({ outcome: expected });
});

test('who gets in, and from how wide a range, is in the question', async () => {
  const add_ip_addresses = ['0.0.0.0/1', '128.0.0.0/1'];
  const { head, text } = await outcomeOf(addresses, async () => ({ add_ip_addresses }), { cluster: 'orders' });
  expect(head).toMatchInlineSnapshot(`
    "Change allowed addresses: orders (ORIGIN, RUNNING) at Samsung Cloud Platform PostgreSQL (DBaaS).
    What happens (exposing):
      A wide range of addresses can reach the database at once.
    Way back:
      Send the added ranges in del_ip_addresses."
  `);
  expect(text).toMatch(/^Changes: add_ip_addresses \+ 0\.0\.0\.0\/1, \+ 128\.0\.0\.0\/1 \(lets in /m);
});

test('a window is shown as it was and as it will be', async () => {
  const args = async () => ({ ...window, start_day_of_week: 'TUE', term_hour: '4' });
  const { head, text } = await outcomeOf('samsung_set_maintenance', args, { cluster: 'orders' });
  expect(head).toMatchInlineSnapshot(`
    "Set maintenance window: orders (ORIGIN, RUNNING) at Samsung Cloud Platform PostgreSQL (DBaaS).
    What happens (disruptive):
      From then on the provider may interrupt the service from TUE 03:30, for 4 hours.
    Way back:
      Set the old window again."
  `);
  expect(text).toContain('Changes: start_day_of_week SUN → TUE; term_hour 2 → 4.');
  const { text: gone } = await outcomeOf('samsung_unset_maintenance', async () => ({}), { cluster: 'orders' });
  expect(gone).toContain('Changes: starting_day_of_week SUN → none; starting_time 0330 → none; period_hour 2 → none.');
});

test('the export that ends is named, and its bucket told', async () => {
  const { head, text } = await outcomeOf('samsung_unregister_log_export_config', async () => audit, {
    cluster: 'orders',
  });
  expect(head).toMatchInlineSnapshot(`
    "Unregister log export: audit, which concerns orders (ORIGIN, RUNNING) at Samsung Cloud Platform PostgreSQL (DBaaS).
    What happens (destructive):
      The audit log is no longer exported, and the settings of the export are gone with the keys.
    Way back:
      Register it again, with the keys; logs of the time between stay on the server only."
  `);
  expect(text).toContain('orders-audit-logs');
});

/** A change of parameters to the new values, from those that are recorded. */
async function parametersOf(call: Connection['call'], values: Record<string, string>, cluster = 'orders') {
  const { data } = await call('samsung_list_parameter_values', { cluster_id: await clusterNamed(call, cluster) });
  const all = data['contents'] as { id: string; name: string; applied_value: string }[];
  const chosen = all.filter(({ name }) => name in values);
  return chosen.map(({ id, name, applied_value }) => ({ id, old_value: applied_value, new_value: values[name] }));
}

const setParameters = (values: Record<string, string>, cluster = 'orders') =>
  outcomeOf(
    'samsung_set_parameter_values',
    async (call) => ({ parameters: await parametersOf(call, values, cluster) }),
    {
      cluster,
    },
  );

test('parameters are named, with before and after, and whether they wait for a restart', async () => {
  const { head, text } = await setParameters({ max_connections: '300', work_mem: '32768' });
  expect(head).toMatchInlineSnapshot(`
    "Set parameter values: orders (ORIGIN, RUNNING) at Samsung Cloud Platform PostgreSQL (DBaaS).
    What happens (disruptive):
      The database runs with the new value at once: work_mem.
      The new value waits for the next restart, and the old one holds until then: max_connections.
    Way back:
      Set the old values again."
  `);
  expect(text).toContain('max_connections 400 → 300 (apply type static); work_mem 16384 → 32768 (apply type dynamic)');
  expect(text).toMatch(/^Replicas: orders-east/m);
});

test('a parameter that only looks equal is a change, since its record is old', async () => {
  const { outcome, text } = await setParameters({ work_mem: '4096' }, 'analytics');
  expect(outcome).toBe('asked: disruptive');
  expect(text).toContain('work_mem 4096 → 4096 (apply type dynamic; not known now: the list is from its last');
});

test('a parameter that the service does not let be changed is refused before anybody is asked', async () => {
  const { outcome, text } = await setParameters({ wal_level: 'logical' });
  expect(outcome).toBe('impossible');
  expect(text).toContain('The service does not let this be changed: wal_level.');
});
