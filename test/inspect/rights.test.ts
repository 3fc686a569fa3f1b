import { beforeAll, describe, expect, test } from 'vitest';
import { connectHttp, httpPeers } from '../http/support/connect-http.js';
import { policyOf, tokensFor } from '../http/support/people.js';
import { type HttpServer, startHttp } from '../http/support/start-http.js';
import { type Answer, type Connection, connect } from '../support/connect.js';
import { endOfFile } from '../support/end-of-file.js';
import { sharedCluster, type TestCluster, urlOf } from '../support/services/postgres.js';

const end = endOfFile();
const inside = ['inspect_database', 'list_sessions', 'end_session'];
const { env, tokens } = tokensFor({
  looker: { scopes: ['pgfleet:read', 'pgfleet:inspect'] },
  reader: { scopes: ['pgfleet:read'] },
});

let cluster: TestCluster;
let server: HttpServer;

beforeAll(async () => {
  cluster = await sharedCluster();
  const url = urlOf(cluster.primary, 'monitor');
  const denied = {
    effect: 'deny',
    tools: ['inspect_database'],
    instances: ['billing-*'],
    reason: 'not inside billing',
  };
  server = await startHttp({
    args: ['--sandbox', 'nhn'],
    env: {
      ...env,
      ...policyOf({ rules: [denied] }),
      PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: url,
      PGFLEET_DB_URL_NHN_BILLING_LEGACY: url,
    },
    end,
  });
});

describe.each(httpPeers)('over HTTP, a client of the kind %s', (peer) => {
  const entering = (token: string) => connectHttp({ url: server.url, token, peer });

  test('needs pgfleet:inspect to look inside', async () => {
    const { call } = await entering(tokens.reader);
    await expect(call('inspect_database', { instance: 'orders-primary' })).rejects.toThrow('pgfleet:inspect');
    const { text } = await call('fleet_diagnose_instance', { instance: 'orders-primary' });
    expect(text).toContain('not shown: needs pgfleet:inspect');
    expect(text).not.toContain('inside: PostgreSQL');
  });

  test('looks with it, but not where a rule denies it', async () => {
    const { call } = await entering(tokens.looker);
    expect((await call('inspect_database', { instance: 'orders-primary' })).text).toContain('seen as monitor');
    const denied = await call('inspect_database', { instance: 'billing-legacy' });
    expect(denied).toMatchObject({ isError: true, text: expect.stringContaining('not inside billing') });
    const { text } = await call('fleet_diagnose_instance', { instance: 'billing-legacy' });
    expect(text).toContain('not shown: the policy of this server');
    expect(text).not.toContain('inside: PostgreSQL');
  });

  test('needs another scope still to end a session', async () => {
    const { call } = await entering(tokens.looker);
    const key = { pid: 1, backendStart: '2026-01-01T00:00:00.000000Z', how: 'terminate' };
    await expect(call('end_session', { instance: 'orders-primary', ...key })).rejects.toThrow('pgfleet:disruptive');
  });
});

const namesOf = async ({ listTools }: { listTools: () => Promise<{ name: string }[]> }) =>
  (await listTools()).map(({ name }) => name);

test('the tools are only there where there is a connection, and at /mcp/x/inspect alone', async () => {
  const without = await connect({ args: ['--sandbox', 'nhn', '--profile', 'full'] });
  expect(await namesOf(without)).not.toEqual(expect.arrayContaining(['inspect_database']));
  await expect(without.call('inspect_database', { instance: 'orders-primary' })).rejects.toThrow('There is no tool');
  expect((await without.call('find_operation', { want: 'who is connected, kill a session' })).text).not.toContain(
    'list_sessions',
  );
  const listed = await namesOf(await connectHttp({ url: server.url, token: tokens.looker }));
  expect(listed).toEqual(expect.arrayContaining(['inspect_database', 'end_session', 'fleet_check']));
  expect(listed).not.toContain('list_sessions');
  const alone = await connectHttp({ url: server.url, token: tokens.looker, path: '/mcp/x/inspect' });
  const names = await namesOf(alone);
  expect(names).toEqual(expect.arrayContaining([...inside, 'confirm_operation']));
  expect(names.filter((name) => /^(fleet|nhn|run|find)_/.test(name))).toEqual([]);
});

describe('a rule that wants a person asked about a look', () => {
  const asked = { effect: 'ask', tools: ['inspect_database', 'list_sessions'], instances: ['orders-*'] };
  const looking = (answer?: Answer, rule: object = asked, env: Record<string, string> = {}) =>
    connect({
      answer,
      args: ['--sandbox', 'nhn'],
      env: {
        ...env,
        ...policyOf({ rules: [rule] }),
        PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: urlOf(cluster.primary, 'monitor'),
        PGFLEET_DB_URL_NHN_ANALYTICS: urlOf(cluster.primary, 'monitor'),
      },
    });
  const looks = ({ sandboxAudit }: Connection) => sandboxAudit().filter(({ event }) => event === 'look');

  test.each(['inspect_database', 'list_sessions'])('has one asked about %s, who may agree', async (tool) => {
    const connection = await looking('yes');
    const { text, isError } = await connection.call(tool, { instance: 'orders-primary' });
    expect(isError, text).toBeFalsy();
    expect(connection.asked).toHaveLength(1);
    expect(connection.asked[0]?.message).toMatch(/orders-primary.*\n.*looks inside PostgreSQL and changes nothing/);
    expect(looks(connection)).toHaveLength(1);
    await connection.call(tool, { instance: 'analytics' });
    expect(connection.asked).toHaveLength(1);
  });

  test('looks at nothing without a yes', async () => {
    const connection = await looking('decline');
    expect(await connection.call('inspect_database', { instance: 'orders-primary' })).toMatchObject({ isError: true });
    const { text } = await connection.call('fleet_diagnose_instance', { instance: 'orders-primary' });
    expect(text).toContain('not shown: the policy wants a person asked, which inspect_database does');
    expect(looks(connection)).toEqual([]);
  });

  test('takes the token of a plan where no form can be shown, for this look alone', async () => {
    const connection = await looking();
    const { data } = await connection.call('inspect_database', { instance: 'orders-primary' });
    expect(data['status']).toBe('confirmation_required');
    expect(looks(connection)).toEqual([]);
    const confirmation = { confirmation_token: data['confirmation_token'] };
    expect((await connection.call('confirm_operation', confirmation)).text).toContain('seen as monitor');
    expect((await connection.call('confirm_operation', confirmation)).isError).toBe(true);
    expect(looks(connection)).toHaveLength(1);
  });

  test('asks on the page where it wants that', async () => {
    const connection = await looking('yes', { ...asked, effect: 'human' }, { PGFLEET_CONFIRM: 'human' });
    const { data } = await connection.call('inspect_database', { instance: 'orders-primary' });
    expect(data['status']).toBe('approval_pending');
    expect(looks(connection)).toEqual([]);
  });
});
