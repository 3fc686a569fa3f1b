import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configOf } from '../support/accounts.js';
import { connect } from '../support/connect.js';
import { startFleet } from '../support/fleet.js';
import { jobOf } from '../support/follow.js';
import { instanceNamed } from '../support/nhn.js';

const password = 'Tr0ub4dor-And-3';

const newLogin = { name: 'month_end', password, clientCidr: '10.0.0.0/8', isReplicationRole: false };

const addLogins = (list: unknown, instance: unknown = '1234925') => ({
  cloudPostgresqlInstanceNo: instance,
  cloudPostgresqlUserList: list,
});

test('a list that comes as text, beside a number for an id, is one call for plan, record and provider', async () => {
  const fleet = await startFleet();
  const { call, asked, audit, auditLog } = await connect({ fleet, answer: 'yes' });
  const { isError, raw } = await call('naver_add_db_users', {
    ...addLogins(JSON.stringify([newLogin]), 1234925),
    regionCode: null,
  });
  expect(isError).toBe(false);
  const args = addLogins([{ ...newLogin, password: '***' }]);
  expect(audit()[0]).toMatchObject({ event: 'attempt', arguments: args, target: '1234925' });
  expect(audit()[0]?.['arguments']).toEqual(args);
  expect(fleet.requests.at(-1)?.body ?? fleet.requests.at(-1)?.url).toContain('month_end');
  expect([JSON.stringify(raw), JSON.stringify(asked), readFileSync(auditLog, 'utf8')].join()).not.toContain(password);
});

test('the same call in another spelling is the call that was agreed to', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet });
  const planned = await call('naver_delete_databases', {
    cloudPostgresqlInstanceNo: 1234925,
    cloudPostgresqlDatabaseList: '[{"name":"orders"}]',
  });
  const done = await call('confirm_operation', { confirmation_token: planned.data['confirmation_token'] });
  expect(done.isError).toBe(false);
  expect(fleet.changes()).toHaveLength(1);
});

test('a text that fails is refused with one sentence, and not quoted', async () => {
  const fleet = await startFleet();
  const { call, audit } = await connect({ fleet, answer: 'yes' });
  const { text, isError } = await call('naver_add_db_users', addLogins(`[{'name': 'x', 'password': '${password}'}]`));
  expect(isError).toBe(true);
  expect(text).toBe(
    'naver_add_db_users failed. Nothing was sent. cloudPostgresqlUserList: expected array, received string.',
  );
  const number = await call('naver_add_db_users', addLogins([{ ...newLogin, password: 12345678 }]));
  expect(number.text).toContain('cloudPostgresqlUserList[0].password: expected string, received number.');
  expect(number.text).not.toContain('12345678');
  expect(JSON.stringify(audit())).not.toContain(password);
  expect(fleet.sent).toEqual([]);
});

const wrongNumbers: [string, object, string][] = [
  ['cegedim_get_instance', { id: '05' }, 'id: '],
  ['cegedim_get_action', { actionId: '5.0' }, 'actionId: must be a whole number above 0, as text where it has 16'],
  ['cegedim_get_action', { actionId: 2 ** 60 }, 'actionId: must be a whole number above 0, as text where it has 16'],
  ['cegedim_list_actions', { requestId: '-5' }, 'requestId: must be a whole number above 0, as text where it has 16'],
  ['nhn_list_backups', { page: 1, size: 2 ** 60 }, 'size: Too big: expected number to be <=100.'],
  ['fleet_list_events', { limit: 2 ** 60 }, 'limit: Too big: expected number to be <='],
];

test.each(wrongNumbers)('%s with %j has one true sentence', async (tool, args, says) => {
  const { call } = await connect();
  const { isError, text } = await call(tool, { ...args });
  expect(isError).toBe(true);
  expect(text).toContain(says);
  const [field] = says.split(' ');
  expect(text.split(field ?? '')).toHaveLength(2);
  expect(text).not.toContain('pattern');
});

test('an empty text is left out of a read, and refused by its name where it chooses or changes something', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet, answer: 'yes' });
  const all = await call('nhn_list_backups', { page: '1', size: '100', dbVersion: '', backupType: '' });
  expect(all.isError).toBe(false);
  const one = await call('nhn_list_backups', { page: 1, size: 100, dbInstanceId: '' });
  expect(one.text).toContain('dbInstanceId: must not be empty.');
  for (const name of ['cloudPostgresqlInstanceNoList', 'cloudPostgresqlServiceName'])
    expect((await call('naver_list_instances', { [name]: '' })).text).toContain(`${name}: `);
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  const changed = await call('nhn_modify_db_instance', { dbInstanceId, dbInstanceName: '' });
  expect(changed.text).toContain('dbInstanceName: must not be empty.');
  const events = await call('fleet_list_events', { from: '', limit: '5', instance: '' });
  expect(events.text).toContain('instance: must not be empty.');
  expect((await call('fleet_list_events', { from: '', limit: '5', text: null })).isError).toBe(false);
  expect(fleet.changes()).toEqual([]);
});

test('a time without an offset is told what to add', async () => {
  const { call } = await connect();
  const { text } = await call('fleet_list_events', { from: '2026-11-20T00:00:00', to: 'yesterday' });
  expect(text).toContain('from: has no offset: add an offset such as +09:00.');
  expect(text).toContain('to: must be a time with its offset, such as 2026-02-22T20:47:12+09:00.');
});

test('providers, accounts, references and jobs are known in any case, and by their Korean names', async () => {
  const { call } = await connect();
  const total = async (provider: string) => (await call('fleet_overview', { provider })).data['total'];
  expect(await total('네이버')).toBe(await total('naver'));
  expect(await total('삼성')).toBe(await total('samsung'));
  expect(await total('NHN')).toBe(await total('nhn'));
  expect((await call('fleet_overview', { provider: 'azure' })).isError).toBe(true);
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { text } = await call('fleet_get_instance', { instance: `NHN:${dbInstanceId}` });
  expect(text).toContain(`nhn:${dbInstanceId}`);
  const started = await call('nhn_backup_db_instance', { dbInstanceId, backupName: 'before' });
  const job = jobOf(started);
  expect((await call('wait_for_job', { job: job.replace('nhn', 'NHN') })).data).toMatchObject({ job });
});

test('the account of a call is known in any case, and consent holds its own name', async () => {
  const fleet = await startFleet({ providers: [], accounts: { 'nhn-prod': 'nhn', 'nhn-dev': 'nhn' } });
  const { call, audit } = await connect({ args: ['--config', configOf(fleet), '--profile', 'full'], answer: 'yes' });
  const { data } = await call('nhn_list_db_instances', { account: 'NHN-Dev' });
  const [found] = data['dbInstances'] as { dbInstanceId: string }[];
  const done = await call('nhn_restart_db_instance', { account: 'Nhn-DEV', dbInstanceId: found?.dbInstanceId });
  expect(done.isError).toBe(false);
  expect(audit()[0]).toMatchObject({ provider: 'nhn-dev' });
  const unnamed = await call('nhn_list_db_instances', { account: null });
  expect(unnamed.text).toContain('account: the call does not tell, so name the account');
  expect((await call('nhn_list_db_instances', { account: 'nhn' })).text).toContain('there is no account "nhn"');
});

const typed: [string, (name: string) => string, boolean][] = [
  ['with spaces around it', (name) => ` ${name}\n`, true],
  ['with its letters taken apart', (name) => name.normalize('NFD'), true],
  ['in another case', (name) => name.toUpperCase(), false],
  ['as nothing', () => ' ', false],
];

test.each(typed)('a name that is typed %s is compared as a person reads it', async (_, write, isSame) => {
  const korean = '스테이징é';
  const fleet = await startFleet({ altered: (body) => body.replaceAll('"staging"', JSON.stringify(korean)) });
  const content = { name: write(korean) };
  const { call } = await connect({ fleet, answer: () => ({ action: 'accept', content }) });
  const { dbInstanceId } = await instanceNamed(call, korean);
  const { isError } = await call('nhn_delete_db_instance', { dbInstanceId });
  expect(isError).toBe(!isSame);
  expect(fleet.changes()).toHaveLength(isSame ? 1 : 0);
});
