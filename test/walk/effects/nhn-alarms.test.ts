import { expect, test } from 'vitest';
import { instanceNamed } from '../../support/nhn.js';
import { head, type Judging, startJudging } from './judging.js';

interface Route {
  notificationGroupId: string;
  dbInstances: { dbInstanceId: string }[];
  userGroups: { userGroupId: string }[];
}

/** Tells dba, its two members, by e-mail and SMS about three instances and more. */
async function opsAlerts({ call }: Judging): Promise<Route> {
  const { data } = await call('nhn_list_notification_groups');
  const groups = data['notificationGroups'] as { notificationGroupId: string; notificationGroupName: string }[];
  const group = groups.find(({ notificationGroupName }) => notificationGroupName === 'ops-alerts');
  const { notificationGroupId } = group ?? {};
  return (await call('nhn_get_notification_group', { notificationGroupId })).data as unknown as Route;
}

async function userGroupNamed({ call }: Judging, name: string) {
  const { data } = await call('nhn_list_user_groups');
  const groups = data['userGroups'] as { userGroupId: string; userGroupName: string }[];
  const userGroupId = groups.find(({ userGroupName }) => userGroupName === name)?.userGroupId;
  const { members } = (await call('nhn_get_user_group', { userGroupId })).data as { members: { memberId: string }[] };
  return { userGroupId, memberIds: members.map(({ memberId }) => memberId) };
}

test('alarms that are switched off or emptied are lost, and more of them are not asked about', async () => {
  const judging = await startJudging();
  const { asked, endOf } = judging;
  const { notificationGroupId, dbInstances, userGroups } = await opsAlerts(judging);
  const everyone = await userGroupNamed(judging, 'everyone');
  const dbInstanceIds = dbInstances.map(({ dbInstanceId }) => dbInstanceId);
  const userGroupIds = userGroups.map(({ userGroupId }) => userGroupId);
  const table: [object, string][] = [
    [{ isEnabled: false }, 'destructive'],
    [{ notifyEmail: false }, 'destructive'],
    [{ notifySms: false }, 'destructive'],
    [{ dbInstanceIds: [] }, 'destructive'],
    [{ dbInstanceIds: dbInstanceIds.slice(1) }, 'destructive'],
    [{ userGroupIds: [] }, 'destructive'],
    [{ userGroupIds: [everyone.userGroupId] }, 'destructive'],
    [{ isEnabled: true, notifyEmail: true, dbInstanceIds: dbInstanceIds.toReversed(), userGroupIds }, 'unchanged'],
    [{ userGroupIds: [...userGroupIds, everyone.userGroupId] }, 'sent'],
    [{ notificationGroupName: 'ops' }, 'sent'],
  ];
  for (const [change, expected] of table) {
    const end = await endOf('nhn_modify_notification_group', { notificationGroupId, ...change });
    expect([change, end]).toEqual([change, expected]);
  }
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Change notification group: ops-alerts, which concerns orders-primary (MASTER, AVAILABLE),
    orders-standby (CANDIDATE_MASTER, AVAILABLE), orders-replica (READ_ONLY_SLAVE, AVAILABLE), 1 more at
    NHN Cloud RDS for PostgreSQL.
    What happens (destructive):
    The group is switched off: nobody is told through ops-alerts any more.
    Way back:
    Switch it on again.
    Alarms that were not sent meanwhile stay unsent."
  `);
  expect(asked[4]?.message).toContain('orders-primary is no longer watched by ops-alerts');
  expect(asked[6]?.message).toContain('dba no longer receives the alarms of ops-alerts');
  expect(await endOf('nhn_delete_notification_group', { notificationGroupId })).toBe('destructive');
});

test('receivers that go from a user group get no more alarms', async () => {
  const judging = await startJudging();
  const { asked, endOf } = judging;
  const { userGroupId, memberIds } = await userGroupNamed(judging, 'dba');
  const everyone = await userGroupNamed(judging, 'everyone');
  const modify = (change: object) => endOf('nhn_modify_user_group', { userGroupId, ...change });
  const table: [object, string][] = [
    [{ memberIds: memberIds.slice(1) }, 'destructive'],
    [{ memberIds: [] }, 'destructive'],
    [{ memberIds, selectAllYN: false }, 'unchanged'],
    [{ memberIds: everyone.memberIds }, 'sent'],
    [{ selectAllYN: true }, 'sent'],
    [{ selectAllYN: false }, 'destructive'],
    [{ selectAllYN: true, memberIds: [] }, 'sent'],
  ];
  for (const [change, expected] of table) expect([change, await modify(change)]).toEqual([change, expected]);
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Change user group: dba, which concerns orders-primary (MASTER, AVAILABLE), orders-standby
    (CANDIDATE_MASTER, AVAILABLE), orders-replica (READ_ONLY_SLAVE, AVAILABLE), 1 more at NHN Cloud RDS
    for PostgreSQL.
    What happens (destructive):
    Some members of dba no longer receive alarms through it.
    Way back:
    Send the old list again.
    Alarms that were not sent meanwhile stay unsent."
  `);
  expect(await endOf('nhn_delete_user_group', { userGroupId })).toBe('destructive');
  expect(asked.at(-1)?.message).toContain('A notification group has no other receiver');
});

test('a watchdog about something else, or one that cannot bark, is a lost alarm', async () => {
  const judging = await startJudging();
  const { asked, call, endOf } = judging;
  const { notificationGroupId } = await opsAlerts(judging);
  const { data } = await call('nhn_list_watchdogs', { notificationGroupId });
  const watchdogs = data['watchdogs'] as { watchdogId: string; metricName: string }[];
  const watchdogId = watchdogs.find(({ metricName }) => metricName === 'CPU_USAGE')?.watchdogId;
  const now = { metricName: 'CPU_USAGE', comparisonOperator: 'GE', threshold: 90, duration: 5 };
  const table: [object, string][] = [
    [{ ...now, metricName: 'MEMORY_USAGE' }, 'destructive'],
    [{ ...now, comparisonOperator: 'LE' }, 'destructive'],
    [{ ...now, threshold: 101 }, 'destructive'],
    [{ ...now }, 'unchanged'],
    [{ ...now, threshold: 80 }, 'sent'],
    [{ ...now, threshold: 95, duration: 10 }, 'sent'],
  ];
  for (const [change, expected] of table) {
    const end = await endOf('nhn_modify_watchdog', { notificationGroupId, watchdogId, ...change });
    expect([change, end]).toEqual([change, expected]);
  }
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Replace watchdog:
    CPU_USAGE, which concerns orders-primary (MASTER, AVAILABLE), orders-standby (CANDIDATE_MASTER,
    AVAILABLE), orders-replica (READ_ONLY_SLAVE, AVAILABLE), 1 more at NHN Cloud RDS for PostgreSQL.
    What happens (destructive):
    No alarm is raised about CPU_USAGE by this watchdog any more.
    Way back:
    Send the old condition again:
    CPU_USAGE GE 90."
  `);
  expect(await endOf('nhn_delete_watchdog', { notificationGroupId, watchdogId })).toBe('destructive');
  expect(head(asked.at(-1)?.message)).toMatchInlineSnapshot(`
    "Delete watchdog:
    CPU_USAGE, which concerns orders-primary (MASTER, AVAILABLE), orders-standby (CANDIDATE_MASTER,
    AVAILABLE), orders-replica (READ_ONLY_SLAVE, AVAILABLE), 1 more at NHN Cloud RDS for PostgreSQL.
    What happens (destructive):
    No alarm is raised any more about CPU_USAGE (GE 95).
    Way back:
    Add it again with nhn_create_watchdog, as it is shown here."
  `);
});

test('a notification group concerns the instances that it is to watch too', async () => {
  const judging = await startJudging();
  const { call } = judging;
  const { notificationGroupId } = await opsAlerts(judging);
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  const dbInstanceIds = [dbInstanceId];
  const made = await call('nhn_create_notification_group', { notificationGroupName: 'new', dbInstanceIds });
  expect(made.data['pgfleet']).toMatchObject({ touches: [{ name: 'staging' }] });
  await call('nhn_modify_notification_group', { notificationGroupId, dbInstanceIds });
  expect(judging.asked[0]?.message).toMatch(/Concerns: .*staging/);
});
