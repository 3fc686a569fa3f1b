import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { HttpRequest, Send } from '../../../src/providers/wire/http.js';
import { policyOf } from '../../http/support/people.js';
import { type Connection, type ConnectOptions, connect } from '../../support/connect.js';
import { type FleetOptions, startFleet } from '../../support/fleet.js';

const address = '203.0.113.7/32';
const instance = 'nhn:orders-primary';
const ends: (() => Promise<void>)[] = [];
let inside: Connection;

/** A configuration file that says from where looks come. */
function fileWith(settings: object, end: (close: () => void) => void): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-access-'));
  end(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'pgfleet.json');
  writeFileSync(path, JSON.stringify(settings));
  return { PGFLEET_CONFIG: path };
}

beforeAll(async () => {
  inside = await connect({
    args: ['--sandbox-postgres', '--profile', 'full', '--sandbox-speed', '1000'],
    env: fileWith({ inspect: { address } }, (close) => void ends.push(async () => close())),
    answer: 'yes',
    end: (close) => void ends.push(close),
  });
});

afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

test('a login is made, let in from one address, tried, and taken away again', async () => {
  const { call, asked, sandboxAudit } = inside;
  const made = await call('database_access', { instance });
  expect(made.isError, made.text).toBe(false);
  const { message } = asked.at(-1) ?? { message: '' };
  expect(message).toContain('Whoever knows its password can log in as pgfleet_look from 203.0.113.7/32.');
  expect(message).toContain('It can read and change all data (CRUD)');
  expect(message).toMatch(/Step 1: operation nhn_create_db_user,.*secret:\/\/generate/);
  expect(message).toMatch(/Step 2: operation nhn_create_db_security_group_rule,/);
  expect(made.data).toMatchObject({
    login: 'pgfleet_look',
    address,
    looks: true,
    grant: 'GRANT pg_monitor TO pgfleet_look;',
  });
  const seen = await call('inspect_database', { instance });
  expect(seen.text).toContain('seen as pgfleet_look');
  const recorded = sandboxAudit().filter(({ event }) => event === 'attempt');
  expect(recorded.map(({ tool, through }) => [tool, through])).toEqual([
    ['database_access', undefined],
    ['nhn_create_db_user', 'database_access'],
    ['nhn_create_db_security_group_rule', 'database_access'],
  ]);

  const again = await call('database_access', { instance });
  expect(again.data).toMatchObject({ looks: true });
  expect(asked).toHaveLength(1);

  const gone = await call('database_access', { instance, remove: true });
  expect(gone.isError, gone.text).toBe(false);
  expect(asked.at(-1)?.message).toMatch(/nhn_delete_hba_rule.*nhn_delete_db_user.*nhn_delete_db_security_group_rules/s);
  // Others reserved a change of the access rules in this story, which is not made live by the way.
  expect(gone.data).toMatchObject({ removed: 'pgfleet_look', left: ['nhn_delete_hba_rule'] });
  expect((await call('inspect_database', { instance })).text).not.toContain('seen as pgfleet_look');
});

test('where nobody else reserved a change, nothing is left', async () => {
  const { call, asked } = inside;
  const single = 'nhn:analytics';
  const made = await call('database_access', { instance: single, login: 'looker' });
  expect(made.data).toMatchObject({ login: 'looker', looks: true });
  expect(asked.at(-1)?.message).not.toContain('nhn_create_db_security_group_rule');
  const gone = await call('database_access', { instance: single, remove: true });
  expect(asked.at(-1)?.message).toContain('operation nhn_apply_hba_rules');
  expect(gone.data['left']).toBeUndefined();
  const { data } = await call('nhn_list_db_users', { dbInstanceId: 'analytics' });
  expect(JSON.stringify(data)).not.toContain('looker');
  expect((await call('database_access', { instance: single, remove: true })).text).toContain('pgfleet made no access');
});

/** Without PostgreSQL behind it, so that what was made cannot be tried. */
const ruled = async (rules: object[], { between, ...options }: ConnectOptions & Pick<FleetOptions, 'between'> = {}) => {
  const fleet = await startFleet({ speed: 1000, between });
  const env = { ...fileWith({ inspect: { address } }, onTestFinished), ...(rules.length > 0 && policyOf({ rules })) };
  return { fleet, ...(await connect({ fleet, answer: 'yes', env, ...options })) };
};

describe('each operation is judged as if it were called alone', () => {
  test.each([
    ['denied', { effect: 'deny', tools: ['nhn_create_db_user'], reason: 'no logins' }, 'no logins'],
    ['wanted from a person', { effect: 'human', tools: ['nhn_create_db_security_group_rule'] }, 'approv'],
  ])('one that is %s keeps the whole from being made', async (_, rule, why) => {
    const { call, asked, fleet } = await ruled([rule]);
    const { text } = await call('database_access', { instance });
    expect(text).toContain(why);
    expect(asked).toEqual([]);
    expect(fleet.changes()).toEqual([]);
  });

  test('a rule that lets a part pass does not let the whole pass, and one about the whole does', async () => {
    const passing = (tool: string) => ({ effect: 'allow', tools: [tool], risks: ['exposing'] });
    const part = await ruled([passing('nhn_create_db_user')]);
    await part.call('database_access', { instance });
    expect(part.asked).toHaveLength(1);
    const whole = await ruled([passing('database_access')]);
    await whole.call('database_access', { instance });
    expect(whole.asked).toEqual([]);
    expect(whole.fleet.changes()).toHaveLength(2);
  });
});

test('a no makes nothing', async () => {
  const { call, fleet } = await ruled([], { answer: 'decline' });
  expect((await call('database_access', { instance })).text).toContain('declined');
  expect(fleet.changes()).toEqual([]);
  expect((await call('database_access', { instance, remove: true })).text).toContain('pgfleet made no access');
});

/** The provider fails at these requests. The rule of the security group is the last step. */
const failingAt = (isRefused: (request: HttpRequest) => boolean) => ({
  between:
    (send: Send): Send =>
    async (request, signal) =>
      isRefused(request) ? { status: 500, headers: {}, body: '' } : send(request, signal),
});
const lastStep = ({ method, url }: HttpRequest) => method === 'POST' && url.endsWith('/rules');

test('when a step fails, what was made before it is taken away again under the same yes', async () => {
  const { call, asked } = await ruled([], failingAt(lastStep));
  const { isError, text } = await call('database_access', { instance });
  expect(asked.map(({ message }) => message).join()).toContain(
    'If a step fails, what was made before it is taken away again.',
  );
  expect(asked).toHaveLength(1);
  expect(isError).toBe(true);
  expect(text).toMatch(
    /half way: nhn_create_db_security_group_rule.* Taken away again: the login pgfleet_look.* stands now: nothing\./s,
  );
  const { data } = await call('nhn_list_db_users', { dbInstanceId: 'orders-primary' });
  expect(JSON.stringify(data)).not.toContain('pgfleet_look');
});

test('what cannot be taken back is told, and taken away with remove', async () => {
  let isDown = true;
  const isRemoval = ({ method }: HttpRequest) => isDown && method === 'DELETE';
  const { call } = await ruled(
    [],
    failingAt((request) => lastStep(request) || isRemoval(request)),
  );
  const { isError, text } = await call('database_access', { instance });
  expect(isError).toBe(true);
  expect(text).toMatch(/Not all could be taken away again: .* What stands now: the login pgfleet_look/s);
  isDown = false;
  const gone = await call('database_access', { instance, remove: true });
  expect(gone.data).toMatchObject({ removed: 'pgfleet_look' });
});

test('a login that somebody else made is neither used nor taken away', async () => {
  const { call, asked, fleet } = await ruled([]);
  const theirs = { dbInstanceId: 'orders-primary', dbUserName: 'pgfleet_look', dbPassword: 'theirs-9090' };
  await call('nhn_create_db_user', { ...theirs, authorityType: 'CRUD', createDefaultHbaRules: true, address });
  const [questions, changes] = [asked.length, fleet.changes().length];
  const { isError, text } = await call('database_access', { instance });
  expect([isError, text]).toEqual([true, expect.stringContaining('There is a login pgfleet_look already')]);
  expect([asked.length, fleet.changes().length]).toEqual([questions, changes]);
  expect((await call('database_access', { instance, remove: true })).text).toContain('pgfleet made no access');
});

test('where no address is written down, nothing is made', async () => {
  const { call } = await connect({
    args: ['--sandbox', 'nhn'],
    env: { PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: 'postgres://look:word@127.0.0.1:1/postgres' },
  });
  expect((await call('database_access', { instance: 'orders-primary' })).text).toContain('No address is written down');
});

test('where a provider makes no logins, the answer says what is done by hand', async () => {
  const { call, fleet } = await ruled([]);
  const { data } = await call('fleet_overview');
  const rows = data['instances'] as { reference: string }[];
  const of = (provider: string) => rows.find(({ reference }) => reference.startsWith(`${provider}:`))?.reference;
  const samsung = await call('database_access', { instance: of('samsung') });
  expect(samsung.data).toMatchObject({ next: { arguments: { operation: 'samsung_set_security_group_rules' } } });
  const cegedim = await call('database_access', { instance: of('cegedim') });
  expect(cegedim.text).toContain("An owner may run: CREATE ROLE pgfleet_look LOGIN PASSWORD '…' IN ROLE pg_monitor;");
  expect(cegedim.data['notByApi']).toHaveLength(2);
  expect(fleet.changes()).toEqual([]);
});

test('at NAVER Cloud the login has its own range, and is taken away by its name', async () => {
  const { call, asked } = await ruled([]);
  const { data } = await call('fleet_overview');
  const rows = data['instances'] as { reference: string }[];
  const naver = rows.find(({ reference }) => reference.startsWith('naver:'))?.reference;
  const made = await call('database_access', { instance: naver });
  expect(asked[0]?.message).toContain('Not by API: the access control group (ACG)');
  expect(made.data).toMatchObject({ login: 'pgfleet_look', looks: false });
  const gone = await call('database_access', { instance: naver, remove: true });
  expect(gone.data).toMatchObject({ removed: 'pgfleet_look' });
  expect(gone.data['left']).toBeUndefined();
});
