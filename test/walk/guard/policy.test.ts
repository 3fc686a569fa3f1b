import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { doors, type Entered, enter } from '../../http/support/doors.js';
import { policyOf } from '../../http/support/people.js';
import type { Answer, Connection } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { instanceNamed, newInstance } from '../../support/nhn.js';

const any = ['write', 'disruptive', 'exposing', 'destructive'];
const denyOrders = { effect: 'deny', instances: ['orders-*'], reason: 'Orders are frozen.' };
const allowTest = { effect: 'allow', risks: any, instances: ['test-*', 'analytics'] };

const idOf = async (call: Connection['call'], tool: string, list: string, field: string, where: object, id: string) => {
  const { data } = await call(tool, tool === 'nhn_list_backups' ? { page: 1, size: 100 } : {});
  const rows = data[list] as Record<string, unknown>[];
  const found = rows.find((row) => Object.entries(where).every(([name, value]) => row[name] === value));
  return { [field]: found?.[id] };
};

/** What names an instance without its id, for a caller to whom nothing is denied. */
type Names = (call: Connection['call'], instance: string) => Promise<Record<string, unknown>>;
const group: Names = async (call, instance) => {
  const { dbInstanceGroupId } = await instanceNamed(call, instance);
  return { dbInstanceGroupId };
};
const recordOf: Names = async (call, instance) => {
  const { dbInstanceId } = await instanceNamed(call, instance);
  return (await call('nhn_get_db_instance', { dbInstanceId })).data;
};
const securityGroup: Names = async (call, instance) => {
  const { dbSecurityGroupIds } = await recordOf(call, instance);
  return { dbSecurityGroupId: (dbSecurityGroupIds as string[])[0] };
};
const parameterGroup: Names = async (call, instance) => {
  const { parameterGroupId } = await recordOf(call, instance);
  return { parameterGroupId };
};
const backup: Names = async (call, instance) => {
  const { dbInstanceId } = await instanceNamed(call, instance);
  return idOf(call, 'nhn_list_backups', 'backups', 'backupId', { dbInstanceId }, 'backupId');
};
const restore: Names = async (call, instance) => {
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { dbInstanceName, dbFlavorId, dbPort, network, backup: backups } = await newInstance(call, {});
  const made = { dbInstanceName, dbFlavorId, dbPort, network, backup: backups };
  const source = await parameterGroup(call, 'analytics');
  const storage = { storageType: 'General SSD', storageSize: 200 };
  const from = { restoreType: 'BACKUP', ...(await backup(call, instance)) };
  return { ...made, ...source, storage, dbInstanceId, restore: from };
};

/** The same ids in another spelling, which a service may take for the same. */
const inCapitals =
  (names: Names): Names =>
  async (...of) =>
    Object.fromEntries(Object.entries(await names(...of)).map(([name, id]) => [name, String(id).toUpperCase()]));

const ways: [string, Names, string, object][] = [
  ['its group', group, 'nhn_sync_extensions', {}],
  ['a security group that it uses', securityGroup, 'nhn_modify_db_security_group', { description: 'x' }],
  ['a parameter group that it uses', parameterGroup, 'nhn_modify_parameter_group', { description: 'x' }],
  ['a backup of it', backup, 'nhn_delete_backup', {}],
  ['a security group in capitals', inCapitals(securityGroup), 'nhn_modify_db_security_group', { description: 'x' }],
  ['a parameter group in capitals', inCapitals(parameterGroup), 'nhn_modify_parameter_group', { description: 'x' }],
  ['a backup of it, in a restore', restore, 'nhn_restore_db_instance', {}],
  ['its group, in a read', group, 'nhn_list_extensions', {}],
  ['a parameter group that it uses, in a read', parameterGroup, 'nhn_get_parameter_group', {}],
];

describe.each(doors)('over $over, for a client of $peer,', (door) => {
  const end = endOfFile();
  let fleet: Fleet;

  /** On the one fleet of these stories, which is reset by none of them: they are denied, or asked and declined. */
  const opened = async (rules: object[], answer: Answer = 'decline') =>
    enter(door, { fleet, answer, env: policyOf({ rules }) });

  beforeAll(async () => {
    fleet = await startFleet({ end });
  });

  beforeEach(() => {
    fleet.sent.length = 0;
  });

  describe('what concerns an instance is denied', () => {
    let free: Entered;
    let denied: Entered;
    let declining: Entered;

    beforeAll(async () => {
      const env = policyOf({ rules: [denyOrders] });
      free = await enter(door, { fleet, env: {}, end });
      denied = await enter(door, { fleet, answer: 'yes', env, end });
      declining = await enter(door, { fleet, answer: 'decline', env, end });
    });

    test.each(ways)('when %s names it', async (_, names, tool, more) => {
      const args = await names(free.call, 'orders-primary');
      const { isError, text } = await denied.call(tool, { ...args, ...more });
      expect([isError, text]).toEqual([true, expect.stringContaining('Orders are frozen.')]);
      expect(denied.asked).toEqual([]);
      expect(fleet.changes()).toEqual([]);
    });

    test.each(ways)('and the same of another instance is not, when %s names it', async (_, names, tool, more) => {
      const args = await names(free.call, 'analytics');
      const asked = declining.asked.length;
      const { isError, text } = await declining.call(tool, { ...args, ...more });
      expect(text).not.toContain('Orders are frozen.');
      expect(isError, text).toBe(declining.asked.length > asked);
    });
  });

  test('a name does not let in what is of another instance', async () => {
    const { call, asked } = await opened([allowTest]);
    const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
    await call('nhn_backup_db_instance', { dbInstanceId, backupName: 'test-1' });
    fleet.world.advance(3_600_000);
    const args = await idOf(call, 'nhn_list_backups', 'backups', 'backupId', { backupName: 'test-1' }, 'backupId');
    await call('nhn_delete_backup', args);
    expect(asked).toHaveLength(1);
  });

  test('a rename cannot take an instance out of the rules about it', async () => {
    const { call } = await opened([{ ...denyOrders, risks: ['destructive'] }]);
    const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
    const { text } = await call('nhn_modify_db_instance', { dbInstanceId, dbInstanceName: 'harmless' });
    expect(text).toContain('Orders are frozen.');
    expect(fleet.changes()).toEqual([]);
  });

  test('nor can one bring an instance under a rule that allows', async () => {
    // Another port is asked about where no rule allows it; the rule would, if the new name alone counted.
    const { call, asked } = await opened([{ ...allowTest, tools: ['nhn_*'] }]);
    const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
    await call('nhn_modify_db_instance', { dbInstanceId, dbInstanceName: 'test-orders', dbPort: 15_999 });
    expect(asked).toHaveLength(1);
    expect(fleet.changes()).toEqual([]);
  });

  test('one more argument that changes nothing does not hide a danger', async () => {
    const { call } = await opened([{ effect: 'deny', risks: ['disruptive'], reason: 'No restarts.' }], 'yes');
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    const groups = await idOf(
      call,
      'nhn_list_db_security_groups',
      'dbSecurityGroups',
      'id',
      { dbSecurityGroupName: 'analytics-open' },
      'dbSecurityGroupId',
    );
    const { text } = await call('nhn_modify_db_instance', {
      dbInstanceId,
      dbPort: 15_999,
      dbSecurityGroupIds: [groups['id']],
    });
    expect(text).toContain('No restarts.');
    expect(fleet.changes()).toEqual([]);
  });

  test('what cannot be seen fits the rules that refuse, and none that allows', async () => {
    const on = 'GET /v1.0/db-instances/:dbInstanceId';
    const reset = async (rules: object[]) => {
      const connection = await opened(rules);
      const args = await parameterGroup(connection.call, 'orders-primary');
      fleet.faults.add({ on, kind: 'status', value: 500 });
      const result = await connection.call('nhn_reset_parameter_group', args);
      fleet.faults.clear();
      return { ...result, asked: connection.asked };
    };
    const changing = { risks: ['destructive'] };
    expect((await reset([{ ...denyOrders, ...changing }])).text).toContain('Orders are frozen.');
    const unseen = { effect: 'deny', touches: 'unknown', reason: 'Not seen.', ...changing };
    expect((await reset([unseen])).text).toContain('Not seen.');
    expect((await reset([{ ...allowTest, instances: ['*'] }])).asked).toHaveLength(1);
  });

  test('lists leave out what is denied, and count it', async () => {
    const { call } = await opened([denyOrders]);
    const { data, text } = await call('nhn_list_db_instances');
    expect(JSON.stringify(data['dbInstances'])).not.toContain('orders-');
    expect(JSON.stringify(data['dbInstances'])).toContain('analytics');
    expect(text).toMatch(/Left out: \d of dbInstances/);
    const backups = await call('nhn_list_backups', { page: 1, size: 100 });
    expect(backups.text).toMatch(/Left out: \d+ of backups/);
  });

  test('without a rule about instances, a read is one request', async () => {
    const { call } = await opened([{ effect: 'deny', risks: ['destructive'] }]);
    const args = await parameterGroup(call, 'orders-primary');
    fleet.sent.length = 0;
    await call('nhn_get_parameter_group', args);
    expect(fleet.sent).toHaveLength(1);
  });

  test('with one, a read of the instance itself is one request as well, and is judged by its answer', async () => {
    const free = await enter(door, { fleet, env: {} });
    const [staging, orders] = [
      await instanceNamed(free.call, 'staging'),
      await instanceNamed(free.call, 'orders-primary'),
    ];
    const { call } = await opened([denyOrders]);
    fleet.sent.length = 0;
    const read = await call('nhn_get_db_instance', { dbInstanceId: staging.dbInstanceId });
    expect([read.data['dbInstanceName'], fleet.sent.length]).toEqual(['staging', 1]);
    const denied = await call('nhn_get_db_instance', { dbInstanceId: orders.dbInstanceId });
    expect([denied.text, fleet.sent.length]).toEqual([expect.stringContaining('Orders are frozen.'), 2]);
  });
});
