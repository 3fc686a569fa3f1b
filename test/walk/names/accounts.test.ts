import { expect, test } from 'vitest';
import { configOf } from '../../support/accounts.js';
import { connect } from '../../support/connect.js';
import { type Fleet, startFleet } from '../../support/fleet.js';

const twins = { 'nhn-prod': 'nhn', 'nhn-dev': 'nhn', 'naver-a': 'naver' } as const;

interface Span {
  page: number;
  from: string;
  to: string;
}

const connected = (fleet: Fleet) =>
  connect({ env: { PGFLEET_CONFIRM: 'off' }, args: ['--config', configOf(fleet), '--profile', 'full'] });

test('a name that both accounts have needs the account, as an argument or before the name', async () => {
  const fleet = await startFleet({ providers: [], accounts: twins });
  const { call } = await connected(fleet);
  const neither = await call('nhn_get_db_instance', { dbInstanceId: 'orders-primary' });
  expect(neither.text).toContain('orders-primary exists in nhn-prod and in nhn-dev, so name the account');
  const argument = await call('nhn_get_db_instance', { dbInstanceId: 'orders-primary', account: 'nhn-dev' });
  expect(argument.text).toContain('account nhn-dev');
  const before = await call('nhn_get_db_instance', { dbInstanceId: 'nhn-dev:orders-primary' });
  expect(before.data['dbInstanceId']).toBe(argument.data['dbInstanceId']);
  const provider = await call('nhn_get_db_instance', { dbInstanceId: 'nhn:orders-primary', account: 'nhn-dev' });
  expect(provider.data['dbInstanceId']).toBe(argument.data['dbInstanceId']);
});

test('a name that one account has leads there, and one that none has to the nearest', async () => {
  const fleet = await startFleet({ providers: [], accounts: twins });
  const { call } = await connected(fleet);
  const { data } = await call('nhn_get_db_instance', { dbInstanceId: 'nhn-dev:staging' });
  const { dbInstanceId } = data;
  const renamed = await call('nhn_modify_db_instance', { dbInstanceId, dbInstanceName: 'only-dev' });
  expect(renamed.isError, renamed.text).toBe(false);
  fleet.world.advance(600_000);
  const found = await call('nhn_get_db_instance', { dbInstanceId: 'only-dev' });
  expect(found.data).toMatchObject({ dbInstanceId, pgfleet: { named: [`only-dev → ${String(dbInstanceId)}`] } });
  expect(found.text).toContain('account nhn-dev');
  const slip = await call('nhn_get_db_instance', { dbInstanceId: 'only-de' });
  expect(slip.text).toContain('there is no DB instance named "only-de"');
});

test.each([
  [
    'nhn_list_events',
    ({ page, from, to }: Span) => ({ page, size: 10, from, to, eventCategoryType: 'ALL', sourceId: 'only-dev' }),
  ],
  [
    'nhn_get_metric_statistics',
    ({ from, to }: Span) => ({ dbInstanceId: 'only-dev', metricNames: ['CPU_USAGE'], from, to }),
  ],
  [
    'nhn_create_notification_group',
    () => ({
      notificationGroupName: 'night',
      notifyEmail: true,
      notifySms: false,
      isEnabled: true,
      dbInstanceIds: ['only-dev'],
      userGroupIds: [],
    }),
  ],
])('a name beside the path leads to its account too: %s', async (tool, argumentsIn) => {
  const fleet = await startFleet({ providers: [], accounts: twins });
  const { call } = await connected(fleet);
  const { data } = await call('nhn_get_db_instance', { dbInstanceId: 'nhn-dev:staging' });
  await call('nhn_modify_db_instance', { dbInstanceId: data['dbInstanceId'], dbInstanceName: 'only-dev' });
  fleet.world.advance(600_000);
  const now = fleet.world.now();
  const span = { page: 1, from: new Date(now - 3_600_000).toISOString(), to: new Date(now).toISOString() };
  const { isError, text } = await call(tool, argumentsIn(span));
  expect(isError, text).toBe(false);
  expect(text).toContain('account nhn-dev');
});

test('an account that cannot be read may have the name as well', async () => {
  const fleet = await startFleet({ providers: [], accounts: twins });
  const { call } = await connected(fleet);
  const { data } = await call('nhn_get_db_instance', { dbInstanceId: 'nhn-dev:staging' });
  await call('nhn_modify_db_instance', { dbInstanceId: data['dbInstanceId'], dbInstanceName: 'only-dev' });
  fleet.world.advance(600_000);
  fleet.faults.add({ account: 'nhn-prod', on: '*', kind: 'status', value: 503 });
  const { text } = await call('nhn_get_db_instance', { dbInstanceId: 'only-dev' });
  expect(text).toContain('nhn-prod could not be read, so name the account');
});

test('what one of the accounts has is asked about and changed there, whichever accounts there are', async () => {
  const fleet = await startFleet({ providers: [], accounts: twins });
  const args = ['--config', configOf(fleet), '--profile', 'full'];
  const { call, asked } = await connect({ args, answer: 'yes' });
  const { data } = await call('nhn_get_db_instance', { dbInstanceId: 'nhn-dev:orders-primary' });
  const { dbInstanceId } = data;
  const renamed = await call('nhn_modify_db_instance', { dbInstanceId, dbInstanceName: 'only-dev' });
  expect(renamed.isError, renamed.text).toBe(false);
  fleet.world.advance(600_000);
  const { isError, text } = await call('nhn_restart_db_instance', { dbInstanceId: 'only-dev' });
  expect(isError, text).toBe(false);
  expect(asked.at(-1)?.message).toContain(`Named: only-dev → ${String(dbInstanceId)}`);
  expect(fleet.changes().at(-1)).toBe(`POST /v1.0/db-instances/${String(dbInstanceId)}/restart`);
});

test('a reference of another account than the call names is refused', async () => {
  const fleet = await startFleet({ providers: [], accounts: twins });
  const { call } = await connected(fleet);
  const { text } = await call('nhn_get_db_instance', { dbInstanceId: 'nhn-dev:staging', account: 'nhn-prod' });
  expect(text).toContain('dbInstanceId: nhn-dev:staging is of the account nhn-dev, and the call is for nhn-prod.');
  expect(fleet.sent).toEqual([]);
});
