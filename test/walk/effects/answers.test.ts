import { expect, test } from 'vitest';
import { textsAt } from '../../../src/values/json-path.js';
import { type Connection, connect, peers } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed, newInstance } from '../../support/nhn.js';
import { clusterNamed } from '../../support/samsung.js';
import { head, startJudging } from './judging.js';

test.each(peers)(
  'for a client of the kind %s, data and text of a question both say what the call does',
  async (peer) => {
    const fleet = await startFleet();
    const { call } = await connect({ fleet, peer });
    const { dbInstanceId } = await instanceNamed(call, 'analytics');
    const { data, text } = await call('nhn_modify_backup_info', { dbInstanceId, backupPeriod: 1 });
    expect(data).toMatchObject({
      status: 'confirmation_required',
      plan: { tool: 'nhn_modify_backup_info', name: 'analytics' },
      changes: [{ field: 'backupPeriod', before: 3, after: 1 }],
      touches: [{ reference: `nhn:${dbInstanceId}`, name: 'analytics', role: 'MASTER', state: 'AVAILABLE' }],
      dangers: [{ risk: 'destructive', irreversible: true }],
      next: expect.stringContaining('confirm_operation'),
      note: 'Nothing was sent yet.',
    });
    for (const part of ['backupPeriod 3 → 1', 'analytics', 'confirm_operation', 'Nothing was sent yet'])
      expect(text).toContain(part);
  },
);

test('a change that runs at once says what it changed, in the text too', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { data, text } = await call('nhn_modify_backup_info', { dbInstanceId, backupPeriod: 30 });
  expect(data['pgfleet']).toMatchObject({ changes: [{ field: 'backupPeriod', before: 3, after: 30 }] });
  expect(text).toContain('Changes: backupPeriod 3 → 30.\nConcerns: analytics (MASTER, AVAILABLE).');
});

test('what an argument says cannot pass for a sentence of the plan', async () => {
  const fleet = await startFleet();
  const { call, asked } = await connect({ fleet, answer: 'decline' });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const targetContainer = 'box. Way back: everything can be undone. Nothing leaves';
  const container = { tenantId: 't', username: 'u', password: 'a-password-1', targetContainer, objectPath: 'p' };
  await call('nhn_backup_to_object_storage', { dbInstanceId, ...container });
  expect(asked[0]?.message).toContain(`"${targetContainer}"`);
  expect(asked[0]?.message.split('\n').filter((line) => line.startsWith('Way back'))).toHaveLength(1);
  expect(asked[0]?.message.split('\n').every((line) => /[.!?]$/.test(line))).toBe(true);
});

const many = (count: number) => [...Array(count).keys()].map((index) => `203.0.${index}.7/32`);

test('the last of many ranges stands in the question as the first does', async () => {
  const fleet = await startFleet({ providers: ['samsung'] });
  const { call, asked } = await connect({ fleet, answer: 'decline' });
  const cluster_id = await clusterNamed(call, 'orders');
  const add_ip_addresses = [...many(20), '0.0.0.0/0'];
  await call('samsung_set_security_group_rules', { cluster_id, add_ip_addresses });
  for (const range of add_ip_addresses) expect(asked[0]?.message).toContain(range);
});

test('a plan that no client shows whole is refused, with how to split the call', async () => {
  const fleet = await startFleet({ providers: ['samsung'] });
  const { call, asked } = await connect({ fleet, answer: 'yes' });
  const cluster_id = await clusterNamed(call, 'orders');
  const add_ip_addresses = [...many(250), '0.0.0.0/0'];
  const { isError, text } = await call('samsung_set_security_group_rules', { cluster_id, add_ip_addresses });
  expect([isError, text]).toEqual([true, expect.stringContaining('several calls with fewer values')]);
  expect(asked).toEqual([]);
  expect(fleet.changes()).toEqual([]);
});

const letIn = (ranges: readonly string[]) =>
  ranges.map((cidr) => ({ direction: 'INGRESS', etherType: 'IPV4', cidr, port: { portType: 'DB_PORT' } }));

test('a new security group is told by its name, and by whom it lets in', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { call, asked } = await connect({ fleet, answer: 'decline' });
  const ranges = [...many(20), '0.0.0.0/0'];
  await call('nhn_create_db_security_group', { dbSecurityGroupName: 'open', rules: letIn(ranges) });
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Create DB security group: open at NHN Cloud RDS for PostgreSQL.
    What happens (exposing):
    Its rules let in every address (IPv4) to every instance that gets the group; none has it yet.
    That is a wide range of public addresses.
    Way back: nhn_delete_db_security_group removes it."
  `);
  for (const range of ranges) expect(asked[0]?.message).toContain(`+ "${range} to the database port"`);
});

test('what goes with a deletion is told to the end, or nobody is asked; what stays is cut in a long plan', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { call: make } = await connect({ fleet, env: { PGFLEET_CONFIRM: 'off' } });
  const group = (dbSecurityGroupName: string, count: number) =>
    make('nhn_create_db_security_group', { dbSecurityGroupName, rules: letIn([...many(count), '0.0.0.0/0']) });
  await group('some', 20);
  await group('many', 80);
  const { call, asked } = await connect({ fleet, answer: 'decline' });
  await call('nhn_delete_db_security_group', { dbSecurityGroupId: 'some' });
  for (const range of [...many(20), '0.0.0.0/0']) expect(asked[0]?.message).toContain(`cidr ${range},`);
  const { text } = await call('nhn_delete_db_security_group', { dbSecurityGroupId: 'many' });
  expect(text).toContain('take away first what would go with it');
  const [rule] = letIn(['10.9.9.0/24']);
  await call('nhn_create_db_security_group_rule', { dbSecurityGroupId: 'many', ...rule });
  expect(asked[1]?.message).toContain('; and 71 more.');
  expect(asked).toHaveLength(2);
});

test('the answer of a create names the lock that is missing', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet });
  const plain = await newInstance(call, {});
  const { data } = await call('nhn_list_db_security_groups');
  const groups = data['dbSecurityGroups'] as { dbSecurityGroupId: string; dbSecurityGroupName: string }[];
  const office = groups.find(({ dbSecurityGroupName }) => dbSecurityGroupName === 'office')?.dbSecurityGroupId;
  const closed = await call('nhn_create_db_instance', plain);
  expect(closed.text).toContain('no security group that it has lets anybody in. Next is a rule of one');
  const half = { ...plain, dbInstanceName: 'second', dbSecurityGroupIds: [office] };
  expect((await call('nhn_create_db_instance', half)).text).toContain('what is missing is an access rule');
});

/** Something of the order service, by its id: the last value at the path. */
const ofOrders = async (call: Connection['call'], path: string) => {
  const { data } = await call('samsung_get_cluster', { cluster_id: await clusterNamed(call, 'orders') });
  return textsAt(data, path).at(-1);
};

test.each<[string, string, (call: Connection['call']) => Promise<object>, string]>([
  [
    'nhn_reorder_hba_rules',
    'hbaRuleId',
    async (call) => {
      const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
      const { data } = await call('nhn_list_hba_rules', { dbInstanceId });
      return { dbInstanceId, hbaRuleIds: textsAt(data, 'hbaRules.hbaRuleId').toReversed() };
    },
    'exposing, disruptive',
  ],
  [
    'samsung_resize_instance_group',
    'instance_groups',
    async (call) => ({
      instance_group_id: await ofOrders(call, 'instance_groups.id'),
      server_type_name: 'db1v16m64',
    }),
    'disruptive',
  ],
  [
    'samsung_resize_block_storage',
    'block_storage_groups',
    async (call) => ({
      block_storage_group_id: await ofOrders(call, 'instance_groups.block_storage_groups.id'),
      size_gb: 2048,
    }),
    'disruptive',
  ],
  [
    'samsung_remove_backup_histories',
    'backup_history_number',
    async (call) => {
      const cluster_id = await clusterNamed(call, 'orders');
      const { data } = await call('samsung_list_backup_histories', { cluster_id });
      return { cluster_id, backup_history_number: textsAt(data, 'contents.backup_history_number').slice(0, 1) };
    },
    'destructive',
  ],
])('%s is asked about, and not impossible, where answers lack %s', async (tool, field, argumentsOf, risks) => {
  let isLacking = false;
  const altered = (body: string) => (isLacking ? body.replaceAll(`"${field}":`, '"renamed":') : body);
  const { call, endOf } = await startJudging({}, { altered });
  const args = await argumentsOf(call);
  isLacking = true;
  expect(await endOf(tool, { ...args })).toBe(risks);
});
