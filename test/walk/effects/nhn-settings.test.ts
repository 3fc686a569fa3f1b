import { expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { type FleetOptions, startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { startJudging } from './judging.js';

/** The first three lines of a plan, which clients show even where they cut the rest. */
const head = (message = '') => message.split('\n').slice(0, 3).join('\n');

test('backups for less time are asked about as a deletion, and longer ones are not asked about', async () => {
  const fleet = await startFleet();
  const { call, asked } = await connect({ fleet, answer: 'decline' });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  await call('nhn_modify_backup_info', { dbInstanceId, backupPeriod: 1 });
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Modify backup info: analytics (MASTER, AVAILABLE) at NHN Cloud RDS for PostgreSQL.
    What happens (destructive): Automatic backups older than 1 days are deleted at once.
    Way back: None for deleted backups. The setting can be set back to 3 days."
  `);
  const { data } = await call('nhn_modify_backup_info', { dbInstanceId, backupPeriod: 60 });
  expect(asked).toHaveLength(1);
  expect(data['pgfleet']).toMatchObject({
    changes: [{ field: 'backupPeriod', after: 60 }],
    touches: [{ reference: `nhn:${dbInstanceId}`, name: 'analytics' }],
  });
});

test('groups that let in everybody are exposing, and those of another order are no change', async () => {
  const fleet = await startFleet();
  const { call, asked } = await connect({ fleet, answer: 'decline' });
  const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
  const { data } = await call('nhn_list_db_security_groups');
  const groups = data['dbSecurityGroups'] as { dbSecurityGroupId: string; dbSecurityGroupName: string }[];
  const open = groups.find((group) => group.dbSecurityGroupName === 'analytics-open')?.dbSecurityGroupId;
  await call('nhn_modify_db_instance', { dbInstanceId, dbSecurityGroupIds: [open] });
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Modify DB instance: orders-primary (MASTER, AVAILABLE) at NHN Cloud RDS for PostgreSQL.
    What happens (exposing): Its security groups become analytics-open, which let in who could not reach it before.
    Way back: Set the old security groups again."
  `);
  const present = (await call('nhn_get_db_instance', { dbInstanceId })).data['dbSecurityGroupIds'];
  const { data: same } = await call('nhn_modify_db_instance', { dbInstanceId, dbSecurityGroupIds: present });
  expect(same['status']).toBe('unchanged');
  expect(fleet.changes()).toEqual([]);
});

test('where the look that decides fails, the worst danger of the operation is asked about', async () => {
  const fleet = await startFleet();
  const { call, asked } = await connect({ fleet, answer: 'decline' });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  fleet.faults.add({ on: 'GET /v1.0/db-instances/:dbInstanceId/backup-info', kind: 'status', value: 500 });
  await call('nhn_modify_backup_info', { dbInstanceId, backupPeriod: 60 });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.message).toContain('Not seen: nhn_get_backup_info could not be read');
});

test('who is kept out counts where it cannot be read whom the groups let in, those before or those after', async () => {
  let unread: string | undefined;
  const between: FleetOptions['between'] = (send) => async (request, signal) =>
    unread !== undefined && request.url.endsWith(`/db-security-groups/${unread}`)
      ? { status: 403, headers: {}, body: '' }
      : send(request, signal);
  const { call, endOf } = await startJudging({}, { between });
  const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
  const { data } = await call('nhn_list_db_security_groups');
  const groups = data['dbSecurityGroups'] as { dbSecurityGroupId: string; dbSecurityGroupName: string }[];
  const idOf = (name: string) => groups.find((group) => group.dbSecurityGroupName === name)?.dbSecurityGroupId;
  for (const name of ['app-servers', 'office']) {
    unread = idOf(name);
    const end = await endOf('nhn_modify_db_instance', { dbInstanceId, dbSecurityGroupIds: [idOf('office')] });
    expect([name, end]).toEqual([name, 'exposing, disruptive']);
  }
});
