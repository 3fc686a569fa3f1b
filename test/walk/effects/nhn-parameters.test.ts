import { expect, test } from 'vitest';
import { instanceNamed } from '../../support/nhn.js';
import { head, type Judging, startJudging } from './judging.js';

/** The group of the order service: max_connections is 800, shared_buffers 8GB; the defaults are 200 and 512MB. */
async function tuned({ call }: Judging): Promise<unknown> {
  const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
  return (await call('nhn_get_db_instance', { dbInstanceId })).data['parameterGroupId'];
}

const setting = (values: Record<string, string>) => ({
  modifiedParameters: Object.entries(values).map(([parameterName, value]) => ({ parameterName, value })),
});

test('a parameter is judged by the value that is stored: 500 connections are less than 800', async () => {
  const judging = await startJudging();
  const { asked, endOf } = judging;
  const parameterGroupId = await tuned(judging);
  const modify = (values: Record<string, string>) =>
    endOf('nhn_modify_parameters', { parameterGroupId, ...setting(values) });
  const table: [Record<string, string>, string][] = [
    [{ max_connections: '500' }, 'disruptive'],
    [{ shared_buffers: '512MB' }, 'disruptive'],
    [{ shared_buffers: '9GB', max_connections: '799' }, 'disruptive'],
    [{ wal_level: 'minimal' }, 'destructive'],
    [{ max_connections: '800', shared_buffers: '8GB' }, 'unchanged'],
    [{ archive_mode: 'off', max_connections: '500' }, 'impossible'],
    [{ max_connections: '900' }, 'sent'],
    [{ work_mem: '8MB' }, 'sent'],
  ];
  for (const [values, expected] of table) expect([values, await modify(values)]).toEqual([values, expected]);
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Change parameters: orders-tuned, which concerns orders-primary (MASTER, AVAILABLE), orders-standby
    (CANDIDATE_MASTER, AVAILABLE), orders-replica (READ_ONLY_SLAVE, AVAILABLE) at NHN Cloud RDS for
    PostgreSQL.
    What happens (disruptive): max_connections falls from 800 to 500: once the group is applied, its
    instances restart, and from then on clients beyond that number are refused.
    Way back:
    Set the old value again with nhn_modify_parameters; instances that took the new one restart once
    more."
  `);
  expect(asked[0]?.message).toContain('max_connections 800 → 500 (takes a restart)');
  expect(asked[0]?.message).toMatch(/orders-standby \(.*need to apply parameter group true\)/);
});

test('a parameter whose stored value cannot be read is asked about', async () => {
  const judging = await startJudging();
  const { endOf, fleet } = judging;
  const parameterGroupId = await tuned(judging);
  fleet.faults.add({ on: 'GET /v1.0/parameter-groups/:parameterGroupId', kind: 'status', value: 500 });
  const end = await endOf('nhn_modify_parameters', { parameterGroupId, ...setting({ max_connections: '5000' }) });
  expect(end).not.toBe('sent');
  expect(fleet.changes()).toEqual([]);
});

test('a reset names the values that it loses, and is not sent where there are none', async () => {
  const judging = await startJudging();
  const { asked, call, endOf } = judging;
  expect(await endOf('nhn_reset_parameter_group', { parameterGroupId: await tuned(judging) })).toBe('destructive');
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Reset parameter group: orders-tuned, which concerns orders-primary (MASTER, AVAILABLE),
    orders-standby (CANDIDATE_MASTER, AVAILABLE), orders-replica (READ_ONLY_SLAVE, AVAILABLE) at NHN
    Cloud RDS for PostgreSQL.
    What happens (destructive):
    Every value of orders-tuned that is not the default is lost, as the changes below tell; its
    instances run with the defaults once the group is applied to them.
    Way back:
    None by itself. nhn_copy_parameter_group keeps the values before, or they are set one by one from
    here."
  `);
  expect(asked[0]?.message).toContain('max_connections 800 → 200 (takes a restart); shared_buffers 8GB → 512MB');
  const { data } = await call('nhn_list_parameter_groups');
  const groups = data['parameterGroups'] as { parameterGroupId: string; parameterGroupName: string }[];
  const plain = groups.find(({ parameterGroupName }) => parameterGroupName === 'default-v14-19');
  expect(await endOf('nhn_reset_parameter_group', { parameterGroupId: plain?.parameterGroupId })).toBe('unchanged');
  expect(await endOf('nhn_delete_parameter_group', { parameterGroupId: plain?.parameterGroupId })).toBe('destructive');
});

test('a group that instances have is not deleted, and they are named; unless they cannot be read', async () => {
  const judging = await startJudging();
  const { call, endOf, fleet } = judging;
  const parameterGroupId = await tuned(judging);
  expect(await endOf('nhn_delete_parameter_group', { parameterGroupId })).toBe('impossible');
  const { text } = await call('nhn_delete_parameter_group', { parameterGroupId });
  expect(text).toContain(
    'orders-tuned is that of orders-primary; orders-standby; orders-replica. nhn_modify_db_instance',
  );
  fleet.faults.add({ on: 'GET /v1.0/db-instances/:dbInstanceId', kind: 'status', value: 500 });
  expect(await endOf('nhn_delete_parameter_group', { parameterGroupId })).toBe('destructive');
});

test('the name of a group is changed unasked, and not to what it is', async () => {
  const judging = await startJudging();
  const { endOf } = judging;
  const parameterGroupId = await tuned(judging);
  const rename = (parameterGroupName: string) =>
    endOf('nhn_modify_parameter_group', { parameterGroupId, parameterGroupName });
  expect(await rename('orders-tuned')).toBe('unchanged');
  expect(await rename('orders-2')).toBe('sent');
});
