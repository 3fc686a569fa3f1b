import { describe, expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed, newInstance } from '../../support/nhn.js';
import { clusterNamed } from '../../support/samsung.js';
import { instanceNamed as cegedimNamed } from '../providers/cegedim.js';

const end = endOfFile();
const fleet = await startFleet({ providers: ['nhn', 'samsung', 'naver', 'cegedim'], end });
const { call, asked } = await connect({ fleet, answer: 'decline', end });

const nhn = async (name: string) => ({ dbInstanceId: (await instanceNamed(call, name)).dbInstanceId });
const rowOf = async (tool: string, args: object, list: string, where: object = {}) => {
  const { data } = await call(tool, { ...args });
  const rows = data[list] as Record<string, unknown>[];
  const found = rows.find((row) => Object.entries(where).every(([name, value]) => row[name] === value));
  if (!found) throw new Error(`${tool} shows nothing of the kind.`);
  return found;
};

const primary = await nhn('orders-primary');
const analytics = await nhn('analytics');
const group = { parameterGroupId: (await call('nhn_get_db_instance', primary)).data['parameterGroupId'] };
const open = await rowOf('nhn_list_db_security_groups', {}, 'dbSecurityGroups', {
  dbSecurityGroupName: 'analytics-open',
});
const { hbaRuleId } = await rowOf('nhn_list_hba_rules', analytics, 'hbaRules', { address: '0.0.0.0/0' });
const { backupId } = await rowOf('nhn_list_backups', { page: 1, size: 100, ...analytics }, 'backups');
const cluster = async (name: string) => ({ cluster_id: await clusterNamed(call, name) });
const cegedim = async (name: string) => ({ id: await cegedimNamed(call, name) });
const orders = { cloudPostgresqlInstanceNo: '1234925' };
const before = (days: number) => new Date(fleet.world.now() - days * 86_400_000).toISOString().replace('Z', '+00:00');

/** What a person wants, the call of it, and the name that has to stand in the first line. */
const calls: [string, string, object, string][] = [
  [
    'raise max_connections',
    'nhn_modify_parameters',
    { ...group, modifiedParameters: [{ parameterName: 'max_connections', value: '500' }] },
    'orders-primary',
  ],
  ['keep backups for less time', 'nhn_modify_backup_info', { ...analytics, backupPeriod: 1 }, 'analytics'],
  ['delete a backup', 'nhn_delete_backup', { backupId }, 'analytics'],
  ['delete an instance', 'nhn_delete_db_instance', await nhn('staging'), 'staging'],
  ['promote a replica', 'nhn_promote_db_instance', await nhn('orders-replica'), 'orders-replica'],
  ['grow a disk', 'nhn_modify_storage_info', { ...analytics, storageSize: 400 }, 'analytics'],
  ['reset parameters', 'nhn_reset_parameter_group', group, 'orders-primary'],
  ['delete an access rule', 'nhn_delete_hba_rule', { ...analytics, hbaRuleId }, 'analytics'],
  [
    'attach an open security group',
    'nhn_modify_db_instance',
    { ...primary, dbSecurityGroupIds: [open['dbSecurityGroupId']] },
    'orders-primary',
  ],
  [
    'delete a security group',
    'nhn_delete_db_security_group',
    { dbSecurityGroupId: open['dbSecurityGroupId'] },
    'analytics',
  ],
  ['leave the internet', 'nhn_modify_network_info', { ...analytics, usePublicAccess: false }, 'analytics'],
  [
    'drop the protection',
    'nhn_modify_deletion_protection',
    { ...analytics, useDeletionProtection: false },
    'analytics',
  ],
  ['restart', 'nhn_restart_db_instance', analytics, 'analytics'],
  ['delete a cluster', 'samsung_terminate_cluster', await cluster('analytics'), 'analytics'],
  [
    'let everybody in',
    'samsung_set_security_group_rules',
    { ...(await cluster('orders')), add_ip_addresses: ['0.0.0.0/0'] },
    'orders',
  ],
  ['end the archive', 'samsung_set_archive_config', { ...(await cluster('orders')), archive_enabled: false }, 'orders'],
  [
    'open a login',
    'naver_change_db_users',
    { ...orders, cloudPostgresqlUserList: [{ name: 'reporting', clientCidr: '0.0.0.0/0' }] },
    'shop-orders',
  ],
  [
    'delete a database',
    'naver_delete_databases',
    { ...orders, cloudPostgresqlDatabaseList: [{ name: 'orders' }] },
    'shop-orders',
  ],
  [
    'restore over an instance',
    'cegedim_restore_instance',
    {
      ...(await cegedim('ordersqa01')),
      options: { sourceId: (await cegedim('ordersprod01')).id, stop: 'BEFORE', timestamp: before(1) },
    },
    'ordersqa01',
  ],
  ['stop an instance', 'cegedim_stop_instance', await cegedim('ordersprod01'), 'ordersprod01'],
];

/** What goes on with the clock of the machine: dates, times, a lag, and how many backups there are by now. */
const still = (text: string) =>
  text
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-][\d:]+)?/g, 'TIME')
    .replace(/\b20\d{6}(?:\d{4})?\b/g, 'TIME')
    .replace(/_\d{12}/g, '_TIME')
    .replace(/\b[\d.]+ s\b/g, 'SOME s')
    .replace(/(which go with it: )\d+/g, '$1SOME');

describe('a person who wants to', () => {
  test.each(calls)(
    '%s reads within three lines what is done to what, what happens, and the way back',
    async (wish, tool, args, name) => {
      asked.length = 0;
      const { text } = await call(tool, { ...args });
      const message = asked[0]?.message ?? text;
      const [first = '', second = '', third = ''] = message.split('\n');
      expect(first).toContain(name);
      expect(second).toMatch(/^What happens \(.+\): .+[.]$/);
      expect(third).toMatch(/^Way back: .+[.]$/);
      expect(message.length).toBeLessThanOrEqual(4_000);
      expect(still(message)).toMatchSnapshot(wish);
    },
  );
});

const unasked = await connect({ fleet, end });

test.each(calls)('to %s, the fields of a plan cost little more than its text', async (_wish, tool, args) => {
  const { data, text } = await unasked.call(tool, { ...args });
  expect(data['status']).toBe('confirmation_required');
  expect(JSON.stringify(data).length).toBeLessThanOrEqual(1.2 * text.length);
});

test('who wants backups for longer is not asked, and who wants what is so already is told', async () => {
  asked.length = 0;
  const longer = await call('nhn_modify_backup_info', { ...analytics, backupPeriod: 60 });
  expect(longer.text).toContain('Changes: backupPeriod 3 → 60.');
  const same = await call('nhn_modify_deletion_protection', { ...primary, useDeletionProtection: true });
  expect(same.data['status']).toBe('unchanged');
  expect(asked).toEqual([]);
});

test('what is billed runs at once, and its answer has the plan', async () => {
  asked.length = 0;
  const { data, text } = await call('nhn_create_db_instance', await newInstance(call, {}));
  expect(asked).toEqual([]);
  expect(data['pgfleet']).toMatchObject({ plan: { tool: 'nhn_create_db_instance', name: 'fresh' } });
  expect(text).toContain('What happens');
  expect(JSON.stringify([data, text])).not.toContain('pass-1234');
});
