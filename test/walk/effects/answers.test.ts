import { expect, test } from 'vitest';
import { connect, peers } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed, newInstance } from '../../support/nhn.js';
import { clusterNamed } from '../../support/samsung.js';

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
