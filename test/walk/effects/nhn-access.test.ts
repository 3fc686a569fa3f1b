import { expect, test } from 'vitest';
import { instanceNamed } from '../../support/nhn.js';
import { head, type Judging, startJudging } from './judging.js';

interface Rule {
  hbaRuleId: string;
  address: string;
  dbUsers: { dbUserId: string }[];
}

interface Group {
  dbSecurityGroupId: string;
  dbSecurityGroupName: string;
  rules: { ruleId: string; cidr: string }[];
}

const everybody = { databaseApplyType: 'ENTIRE', dbUserApplyType: 'ENTIRE' };
const open = { direction: 'INGRESS', etherType: 'IPV4', port: { portType: 'DB_PORT' } };

/** The order service: orders_app from 10.20.0.0/16, orders_admin from 192.168.0.0/24, reporting reserved. */
async function withOrders(judging: Judging) {
  const { dbInstanceId } = await instanceNamed(judging.call, 'orders-primary');
  const rules = async () => (await judging.call('nhn_list_hba_rules', { dbInstanceId })).data['hbaRules'] as Rule[];
  return { ...judging, dbInstanceId, rules };
}

async function groupNamed({ call }: Judging, name: string): Promise<Group> {
  const { data } = await call('nhn_list_db_security_groups');
  const groups = data['dbSecurityGroups'] as Group[];
  const { dbSecurityGroupId } = groups.find(({ dbSecurityGroupName }) => dbSecurityGroupName === name) ?? {};
  return (await call('nhn_get_db_security_group', { dbSecurityGroupId })).data['dbSecurityGroup'] as Group;
}

test('a new access rule is judged by who gets in behind the rules that are there', async () => {
  const { asked, rules, dbInstanceId, endOf } = await withOrders(await startJudging());
  const [first] = await rules();
  const app = { ...everybody, dbUserApplyType: 'USER_CUSTOM', dbUserIds: [first?.dbUsers[0]?.dbUserId] };
  const table: [string, object, string][] = [
    ['everybody', { ...everybody, address: '0.0.0.0/0', authMethod: 'SCRAM_SHA_256' }, 'exposing'],
    ['a host', { ...everybody, address: 'db.example.com', authMethod: 'SCRAM_SHA_256' }, 'exposing'],
    ['a narrow range', { ...everybody, address: '10.99.0.0/24', authMethod: 'SCRAM_SHA_256' }, 'exposing'],
    ['no password', { ...everybody, address: '10.20.1.0/24', authMethod: 'TRUST' }, 'exposing'],
    ['rejected', { ...everybody, address: '10.20.0.0/15', authMethod: 'REJECT' }, 'disruptive'],
    ['rejected behind a rule that lets in', { ...app, address: '10.20.1.0/24', authMethod: 'REJECT' }, 'sent'],
    ['let in already', { ...app, address: '10.20.1.0/24', authMethod: 'TRUST' }, 'sent'],
  ];
  for (const [what, rule, expected] of table)
    expect([what, await endOf('nhn_create_hba_rule', { dbInstanceId, ...rule })]).toEqual([what, expected]);
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Add access rule: orders-primary (MASTER, AVAILABLE) at NHN Cloud RDS for PostgreSQL.
    What happens (exposing):
    Once applied, logins get in from every address (IPv4), which the rules keep out now.
    That is a wide range, or a name of which nobody can say who has it.
    Way back: nhn_delete_hba_rule, then nhn_apply_hba_rules."
  `);
  expect(head(asked[3]?.message)).toMatchInlineSnapshot(`
    "Add access rule: orders-primary (MASTER, AVAILABLE) at NHN Cloud RDS for PostgreSQL.
    What happens (exposing):
    Once applied, logins get in from 10.20.1.0/24 (private), which the rules keep out now.
    Once applied, logins from 10.20.1.0/24 (private) get in without a password.
    Way back: nhn_delete_hba_rule, then nhn_apply_hba_rules."
  `);
});

test('an access rule that is replaced lets in and keeps out, and one that stays as it is changes nothing', async () => {
  const { asked, call, rules, dbInstanceId, endOf, fleet } = await withOrders(await startJudging());
  const [first] = await rules();
  const app = { ...everybody, dbUserApplyType: 'USER_CUSTOM', dbUserIds: [first?.dbUsers[0]?.dbUserId] };
  const target = { dbInstanceId, hbaRuleId: first?.hbaRuleId };
  const table: [object, string][] = [
    [{ ...everybody, address: '10.20.0.0/16', authMethod: 'SCRAM_SHA_256' }, 'exposing'],
    [{ ...app, address: '10.0.0.0/8', authMethod: 'SCRAM_SHA_256' }, 'exposing'],
    [{ ...app, address: '10.20.0.0/17', authMethod: 'SCRAM_SHA_256' }, 'disruptive'],
    [{ ...app, address: '10.21.0.0/16', authMethod: 'SCRAM_SHA_256' }, 'exposing, disruptive'],
    [{ ...app, address: '10.20.0.0/16', authMethod: 'REJECT' }, 'disruptive'],
    [{ ...app, address: '10.20.0.0/16', authMethod: 'SCRAM_SHA_256' }, 'unchanged'],
  ];
  for (const [rule, expected] of table)
    expect([rule, await endOf('nhn_modify_hba_rule', { ...target, ...rule })]).toEqual([rule, expected]);
  expect(head(asked[3]?.message)).toMatchInlineSnapshot(`
    "Replace access rule: 10.20.0.0/16, which concerns orders-primary (MASTER, AVAILABLE) at NHN Cloud
    RDS for PostgreSQL.
    What happens (exposing, disruptive):
    Once applied, logins get in from 10.21.0.0/16 (private), which the rules keep out now.
    Once applied, logins from 10.20.0.0/16 (private) are rejected, which get in now.
    Way back:
    Send the old rule again (SCRAM_SHA_256 for 10.20.0.0/16), then nhn_apply_hba_rules."
  `);
  expect(asked[3]?.message).toContain(
    '+ "10.21.0.0/16 with a password (every database, user orders_app)", ' +
      '− "10.20.0.0/16 with a password (every database, user orders_app)"',
  );
  fleet.faults.add({ on: 'GET /v1.0/db-instances/:dbInstanceId/hba-rules', kind: 'status', value: 500 });
  const { data } = await call('nhn_modify_hba_rule', { ...target, ...table.at(-1)?.[0] });
  expect(data['status']).not.toBe('unchanged');
});

test('a rule that goes locks out those whom no other rule lets in, and a reject that goes lets in', async () => {
  const judging = await startJudging({
    answer: ({ message }) => ({ action: message.includes('Add') ? 'accept' : 'decline', content: { confirm: true } }),
  });
  const { asked, call, rules, dbInstanceId, endOf } = await withOrders(judging);
  const [first] = await rules();
  expect(await endOf('nhn_delete_hba_rule', { dbInstanceId, hbaRuleId: first?.hbaRuleId })).toBe('destructive');
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Delete access rule: 10.20.0.0/16, which concerns orders-primary (MASTER, AVAILABLE) at NHN Cloud RDS
    for PostgreSQL.
    What happens (destructive):
    Once applied, the rule is gone, and no rule that remains lets in logins from 10.20.0.0/16
    (private).
    Way back:
    Add it again with nhn_create_hba_rule, and put it in its place with nhn_reorder_hba_rules."
  `);
  expect(asked[0]?.message).toContain('then gets in 10.30.8.0/24 (private), 192.168.0.0/24 (private)');
  await call('nhn_create_hba_rule', { dbInstanceId, ...everybody, address: '10.30.0.0/16', authMethod: 'REJECT' });
  await call('nhn_create_hba_rule', { dbInstanceId, ...everybody, address: '0.0.0.0/0', authMethod: 'SCRAM_SHA_256' });
  const reject = (await rules()).find(({ address }) => address === '10.30.0.0/16');
  const end = await endOf('nhn_delete_hba_rule', { dbInstanceId, hbaRuleId: reject?.hbaRuleId });
  expect(end).toBe('destructive, exposing');
  expect(head(asked.at(-1)?.message)).toMatchInlineSnapshot(`
    "Delete access rule: 10.30.0.0/16, which concerns orders-primary (MASTER, AVAILABLE) at NHN Cloud RDS
    for PostgreSQL.
    What happens (destructive, exposing):
    Once applied, the rule is gone; the rules that remain lock out nobody who gets in now.
    Once applied, logins get in from 10.30.0.0/16 (private), which the rules keep out now.
    Way back:
    Add it again with nhn_create_hba_rule, and put it in its place with nhn_reorder_hba_rules."
  `);
  const ids = (await rules()).map(({ hbaRuleId }) => hbaRuleId);
  expect(await endOf('nhn_reorder_hba_rules', { dbInstanceId, hbaRuleIds: ids.toReversed() })).toBe('exposing');
  expect(head(asked.at(-1)?.message)).toMatchInlineSnapshot(`
    "Reorder access rules: orders-primary (MASTER, AVAILABLE) at NHN Cloud RDS for PostgreSQL.
    What happens (exposing):
    Once applied, logins get in from 10.30.0.0/16 (private), which the rules keep out now.
    Way back:
    Send the old order, then nhn_apply_hba_rules."
  `);
});

test('an order names every rule; the order that is there already is not sent', async () => {
  const { call, rules, dbInstanceId, endOf, fleet } = await withOrders(await startJudging());
  const ids = (await rules()).map(({ hbaRuleId }) => hbaRuleId);
  const reorder = (hbaRuleIds: (string | undefined)[]) => endOf('nhn_reorder_hba_rules', { dbInstanceId, hbaRuleIds });
  expect(await reorder(ids)).toBe('unchanged');
  expect(await reorder(ids.slice(1))).toBe('impossible');
  expect(await reorder([...ids, '00000000-0000-4000-8000-000000000000'])).toBe('impossible');
  // By these three, which do not meet, nobody else gets in; the order is asked about all the same.
  expect(await reorder(ids.toReversed())).toBe('exposing');
  const { text } = await call('nhn_reorder_hba_rules', { dbInstanceId, hbaRuleIds: ids.slice(1) });
  expect(text).toContain('The order does not name each access rule of the instance once. nhn_list_hba_rules shows');
  expect(fleet.changes()).toEqual([]);
});

test('applying tells what goes live, and is not sent where nothing waits', async () => {
  const { asked, call, dbInstanceId, endOf, fleet } = await withOrders(await startJudging());
  expect(await endOf('nhn_apply_hba_rules', { dbInstanceId })).toBe('exposing');
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Apply access rules: orders-primary (MASTER, AVAILABLE) at NHN Cloud RDS for PostgreSQL.
    What happens (exposing):
    Every reserved change of the access rules goes live at once, also those that others reserved.
    Logins get in from 10.30.8.0/24 (private), which the rules keep out now.
    Way back:
    Change the rules back and apply them again."
  `);
  expect(asked[0]?.message).toContain('+ "10.30.8.0/24 with a password (database orders, user reporting)"');
  const analytics = await instanceNamed(call, 'analytics');
  expect(await endOf('nhn_apply_hba_rules', { dbInstanceId: analytics.dbInstanceId })).toBe('unchanged');
  expect(fleet.changes()).toEqual([]);
});

test('a security group rule is judged by who gets in through the group, on every instance that has it', async () => {
  const judging = await startJudging();
  const { asked, endOf } = judging;
  const { dbSecurityGroupId, rules } = await groupNamed(judging, 'app-servers');
  const create = (rule: object) => endOf('nhn_create_db_security_group_rule', { dbSecurityGroupId, ...open, ...rule });
  expect(await create({ cidr: '0.0.0.0/0' })).toBe('exposing');
  expect(head(asked.at(-1)?.message)).toMatchInlineSnapshot(`
    "Add security group rule: app-servers, which concerns orders-primary (MASTER, AVAILABLE),
    orders-standby (CANDIDATE_MASTER, AVAILABLE), orders-replica (READ_ONLY_SLAVE, AVAILABLE) at NHN
    Cloud RDS for PostgreSQL.
    What happens (exposing):
    Addresses of 0.0.0.0/0 get through to every instance that has this group.
    That is a wide range of public addresses.
    Way back: nhn_delete_db_security_group_rules closes it again."
  `);
  expect(await create({ cidr: '10.99.0.0/24' })).toBe('exposing');
  expect(await create({ cidr: '10.20.1.0/24' })).toBe('exposing');
  expect(asked.at(-1)?.message).toContain('no effect: who gets in is decided as before');
  expect(await create({ cidr: '10.20.0.0/16', port: { portType: 'PORT', minPort: 5433, maxPort: 5433 } })).toBe(
    'exposing',
  );
  expect(await create({ cidr: '203.0.113.0/24', direction: 'EGRESS' })).toBe('exposing');
  expect(asked.at(-1)?.message).toContain('can open connections to 203.0.113.0/24');
  expect(await create({ cidr: '10.20.0.0/16' })).toBe('unchanged');

  const target = { dbSecurityGroupId, ruleId: rules[0]?.ruleId, description: 'Application network' };
  const modify = (rule: object) => endOf('nhn_modify_db_security_group_rule', { ...target, ...open, ...rule });
  expect(await modify({ cidr: '10.0.0.0/8' })).toBe('exposing');
  expect(await modify({ cidr: '10.20.0.0/17' })).toBe('disruptive');
  expect(await modify({ cidr: '10.21.0.0/16' })).toBe('exposing, disruptive');
  expect(head(asked.at(-1)?.message)).toMatchInlineSnapshot(`
    "Replace security group rule: 10.20.0.0/16, which concerns orders-primary (MASTER, AVAILABLE),
    orders-standby (CANDIDATE_MASTER, AVAILABLE), orders-replica (READ_ONLY_SLAVE, AVAILABLE) at NHN
    Cloud RDS for PostgreSQL.
    What happens (exposing, disruptive):
    Addresses of 10.21.0.0/16 (private) get through to every instance that has this group, which its
    rules keep out now.
    Addresses of 10.20.0.0/16 (private) no longer get through to the instances that have this group.
    Way back:
    Send the old rule again:
    INGRESS 10.20.0.0/16, DB_PORT."
  `);
  expect(await modify({ cidr: '10.20.0.0/16' })).toBe('unchanged');
  expect(await modify({ cidr: '10.20.0.0/16', description: 'Servers' })).toBe('sent');
});

test('security group rules that go are told with those who still get in', async () => {
  const judging = await startJudging();
  const { asked, endOf } = judging;
  const { dbSecurityGroupId, rules } = await groupNamed(judging, 'app-servers');
  const ruleIds = rules.slice(0, 1).map(({ ruleId }) => ruleId);
  expect(await endOf('nhn_delete_db_security_group_rules', { dbSecurityGroupId, ruleIds })).toBe('destructive');
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Delete security group rules: 10.20.0.0/16, which concerns orders-primary (MASTER, AVAILABLE),
    orders-standby (CANDIDATE_MASTER, AVAILABLE), orders-replica (READ_ONLY_SLAVE, AVAILABLE) at NHN
    Cloud RDS for PostgreSQL.
    What happens (destructive):
    Addresses of 10.20.0.0/16 (private) no longer get through to the instances that have this group.
    Way back:
    Add them again with nhn_create_db_security_group_rule: "10.20.0.0/16 to the database port"."
  `);
  expect(asked[0]?.message).toContain('then gets in 192.168.0.0/24 (private)');
  expect(await endOf('nhn_delete_db_security_group', { dbSecurityGroupId })).toBe('destructive');
  expect(asked[1]?.message).toContain('which concerns orders-primary');
});

test('the name of a security group is changed unasked, and a new group is asked about', async () => {
  const judging = await startJudging();
  const { asked, endOf } = judging;
  const { dbSecurityGroupId } = await groupNamed(judging, 'office');
  const rename = (dbSecurityGroupName: string) =>
    endOf('nhn_modify_db_security_group', { dbSecurityGroupId, dbSecurityGroupName });
  expect(await rename('head-office')).toBe('sent');
  const rules = [{ ...open, cidr: '0.0.0.0/0' }];
  expect(await endOf('nhn_create_db_security_group', { dbSecurityGroupName: 'world', rules })).toBe('exposing');
  expect(asked[0]?.message).toContain('wide range of public addresses');
});

test('a group takes one rule change at a time', async () => {
  const judging = await startJudging({ answer: 'yes' }, { speed: 1 });
  const { call, endOf } = judging;
  const { dbSecurityGroupId } = await groupNamed(judging, 'office');
  await call('nhn_create_db_security_group_rule', { dbSecurityGroupId, ...open, cidr: '10.45.0.0/24' });
  const next = { dbSecurityGroupId, ...open, cidr: '10.46.0.0/24' };
  expect(await endOf('nhn_create_db_security_group_rule', next)).toBe('impossible');
});
