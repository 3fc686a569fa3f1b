import { expect, test } from 'vitest';
import { connect, seconds, text } from './client.js';

test('access rules are only reserved until they are applied', async () => {
  const { world, call, list, instanceId } = await connect();
  const path = `/v1.0/db-instances/${await instanceId('analytics')}/hba-rules`;
  const rule = { databaseApplyType: 'ENTIRE', dbUserApplyType: 'ENTIRE', address: '10.9.0.0/24', authMethod: 'REJECT' };
  const { data } = await call('POST', path, rule);
  expect((await call('GET', path)).data).toMatchObject({ needToApply: true });
  const before = (await list(path, 'hbaRules')).map(({ hbaRuleId }) => hbaRuleId);
  await call('PUT', `${path}/orders`, { hbaRuleIds: before.toReversed() });
  await call('POST', `${path}/apply`);
  world.advance(seconds(20));
  const rules = await list(path, 'hbaRules');
  expect(rules[0]).toMatchObject({
    hbaRuleId: data.hbaRuleId,
    hbaRuleStatus: 'APPLIED',
    reservedAction: 'NONE',
    order: 0,
  });
  await call('DELETE', `${path}/${text(data.hbaRuleId)}`);
  expect((await list(path, 'hbaRules'))[0]).toMatchObject({ reservedAction: 'DELETE' });
});

test('an extension is reserved, taken back, and its dependents count when it is dropped', async () => {
  const { world, call, list, instance, instanceId, idOf } = await connect();
  const databases = `/v1.0/db-instances/${await instanceId('billing-legacy')}/databases`;
  const group = `/v1.0/db-instance-groups/${text((await instance('billing-legacy')).dbInstanceGroupId)}/extensions`;
  const earthdistance = await idOf(group, 'extensions', ['extensionName', 'extensionId'], 'earthdistance');
  const cube = await idOf(group, 'extensions', ['extensionName', 'extensionId'], 'cube');
  const databaseId = await idOf(databases, 'databases', ['databaseName', 'databaseId'], 'billing');
  const find = async (id: string) => (await list(group, 'extensions')).find(({ extensionId }) => extensionId === id);

  await call('POST', `${group}/${earthdistance}`, { databaseId, schemaName: 'public', withCascade: true });
  expect(await find(earthdistance)).toMatchObject({ extensionStatus: 'NEED_TO_APPLY' });
  await call('POST', `${group}/apply`);
  world.advance(seconds(30));
  expect(await find(cube)).toMatchObject({ databases: [{ dbInstanceGroupExtensionStatus: 'INSTALLED' }] });

  const installed = JSON.stringify(await find(cube));
  const own = /"dbInstanceGroupExtensionId":"([^"]+)"/.exec(installed)?.[1];
  expect((await call('DELETE', `${group}/${own}`)).message).toContain('withCascade');
  await call('DELETE', `${group}/${own}?withCascade=false`);
  await call('POST', `${group}/apply`);
  world.advance(seconds(30));
  expect(await find(cube)).toMatchObject({ databases: [{ dbInstanceGroupExtensionStatus: 'DELETE_ERROR' }] });
});

test('parameters wait for being applied', async () => {
  const { world, call, instance, instanceId } = await connect();
  const id = await instanceId('analytics');
  const group = `/v1.0/parameter-groups/${text((await instance('analytics')).parameterGroupId)}`;
  const set = (parameterName: string, value: string) =>
    call('PUT', `${group}/parameters`, { modifiedParameters: [{ parameterName, value }] });
  expect((await set('checkpoint_timeout', '5s')).message).toContain('30~86400s');
  expect((await set('checkpoint_timeout', '10min')).code).toBe(0);
  expect((await set('archive_mode', 'off')).code).toBe(90400);
  expect(await instance('analytics')).toMatchObject({ needToApplyParameterGroup: true });
  expect((await call('GET', group)).data).toMatchObject({ parameterGroupStatus: 'NEED_TO_APPLY' });
  await call('POST', `/v1.0/db-instances/${id}/apply-recent-parameter-group`);
  world.advance(seconds(30));
  expect(await instance('analytics')).toMatchObject({ needToApplyParameterGroup: false });
  expect((await call('DELETE', group)).message).toContain('in use by analytics');
});

test('a security group takes one rule change at a time', async () => {
  const { world, call, list, idOf } = await connect();
  const names: [string, string] = ['dbSecurityGroupName', 'dbSecurityGroupId'];
  const id = await idOf('/v1.0/db-security-groups', 'dbSecurityGroups', names, 'office');
  const rules = `/v1.0/db-security-groups/${id}/rules`;
  const rule = { direction: 'INGRESS', etherType: 'IPV4', port: { portType: 'DB_PORT' }, cidr: '10.1.0.0/16' };
  const split = { ...rule, port: { portType: 'PORT', minPort: 15432, maxPort: 15433 } };
  expect((await call('POST', rules, split)).message).toContain('equal');
  expect((await call('POST', rules, rule)).code).toBe(0);
  expect((await call('POST', rules, rule)).code).toBe(7008);
  world.advance(seconds(20));
  const { data } = await call('GET', `/v1.0/db-security-groups/${id}`);
  expect(data.dbSecurityGroup).toMatchObject({ progressStatus: 'NONE', rules: [{}, { cidr: '10.1.0.0/16' }] });
  expect(await list('/v1.0/db-security-groups', 'dbSecurityGroups')).toHaveLength(3);
});

test('an instance takes no change while another job, or a change of its security group, is under way', async () => {
  const { world, call, idOf, instanceId } = await connect();
  const names: [string, string] = ['dbSecurityGroupName', 'dbSecurityGroupId'];
  const group = await idOf('/v1.0/db-security-groups', 'dbSecurityGroups', names, 'analytics-open');
  const rule = { direction: 'INGRESS', etherType: 'IPV4', port: { portType: 'DB_PORT' }, cidr: '10.1.0.0/16' };
  const path = `/v1.0/db-instances/${await instanceId('analytics')}`;
  const rename = () => call('PUT', path, { description: 'as it is' });
  expect((await call('POST', `/v1.0/db-security-groups/${group}/rules`, rule)).code).toBe(0);
  expect((await rename()).code).toBe(7008);
  world.advance(seconds(20));
  expect((await rename()).code).toBe(0);
  expect((await rename()).code).toBe(7008);
  world.advance(seconds(60));
  expect((await rename()).code).toBe(0);
});

test('a shorter retention costs automatic backups and no manual ones', async () => {
  const { world, call, list, instanceId } = await connect();
  const id = await instanceId('orders-primary');
  const backups = () => list(`/v1.0/backups?page=1&size=100&dbInstanceId=${id}`, 'backups');
  expect((await backups()).filter(({ backupType }) => backupType === 'AUTO').length).toBeGreaterThan(5);
  await call('PUT', `/v1.0/db-instances/${id}/backup-info`, { backupPeriod: 0 });
  world.advance(seconds(20));
  expect((await backups()).map(({ backupType }) => backupType)).toEqual(['MANUAL', 'MANUAL']);
});

test.each([
  ['beside each other', '01:00:00', 'ONE_HOUR', 0],
  ['one in the other', '00:30:00', 'HALF_AN_HOUR', 90400],
  ['over midnight', '23:30:00', 'ONE_HOUR', 90400],
  ['up to midnight', '23:00:00', 'ONE_HOUR', 0],
  ['the same twice', '00:00:00', 'THREE_HOURS', 90400],
] as const)('windows for backups do not overlap: %s', async (_, backupWndBgnTime, backupWndDuration, code) => {
  const { call, instanceId } = await connect();
  const path = `/v1.0/db-instances/${await instanceId('analytics')}/backup-info`;
  const first = { backupWndBgnTime: '00:00:00', backupWndDuration: 'ONE_HOUR' };
  const change = { backupSchedules: [first, { backupWndBgnTime, backupWndDuration }] };
  expect((await call('PUT', path, change)).code).toBe(code);
});

test('a user who owns a database cannot be deleted, and another one can', async () => {
  const { world, call, list, instanceId, idOf } = await connect();
  const path = `/v1.0/db-instances/${await instanceId('analytics')}`;
  const userId = (name: string) => idOf(`${path}/db-users`, 'dbUsers', ['dbUserName', 'dbUserId'], name);
  expect(await call('DELETE', `${path}/db-users/${await userId('etl')}`)).toMatchObject({
    code: 90412,
    message: 'DB user etl cannot be deleted: it owns warehouse.',
  });
  expect((await call('DELETE', `${path}/db-users/${await userId('analyst')}`)).code).toBe(0);
  world.advance(seconds(20));
  const [database] = await list(`${path}/databases`, 'databases');
  await call('DELETE', `${path}/databases/${text(database?.databaseId)}`);
  world.advance(seconds(20));
  expect((await call('DELETE', `${path}/db-users/${await userId('etl')}`)).code).toBe(0);
});

test.each([
  ['10.9.0.0/24', 0],
  ['2001:db8::/32', 0],
  ['bastion.example.com', 0],
  ['.example.com', 0],
  ['.', 90400],
  ['two words', 90400],
])('an access rule for %s is answered with %i', async (address, code) => {
  const { call, instanceId } = await connect();
  const rule = { databaseApplyType: 'ENTIRE', dbUserApplyType: 'ENTIRE', address, authMethod: 'SCRAM_SHA_256' };
  const path = `/v1.0/db-instances/${await instanceId('analytics')}/hba-rules`;
  expect((await call('POST', path, rule)).code).toBe(code);
});
