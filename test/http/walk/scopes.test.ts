import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { turningClock } from '../../support/clock.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { startIssuer, type TestIssuer } from '../../support/issuer.js';
import { instanceNamed } from '../../support/nhn.js';
import { saying } from '../../support/raw.js';
import { connectHttp, httpPeers } from '../support/connect-http.js';
import { grant, tokensFor } from '../support/people.js';
import { post, rawHttp } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

const eras = ['2026', '2025'] as const;
const { env, tokens } = tokensFor({
  reader: { scopes: ['pgfleet:read'] },
  writer: { scopes: ['pgfleet:read', 'pgfleet:write'] },
  operator: { scopes: ['pgfleet:read', 'pgfleet:write', 'pgfleet:disruptive'] },
});

let fleet: Fleet;
let issuer: TestIssuer;
let server: HttpServer;
let staging: string;
let analytics: string;
let openGroup: string;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
  issuer = await startIssuer({ end });
  server = await startHttp({ fleet, env: { ...env, PGFLEET_ISSUER: issuer.url }, end });
  const { call } = await connectHttp({ url: server.url, token: tokens.reader, end });
  staging = (await instanceNamed(call, 'staging')).dbInstanceId;
  analytics = (await instanceNamed(call, 'analytics')).dbInstanceId;
  const { data } = await call('nhn_list_db_security_groups');
  const groups = data['dbSecurityGroups'] as { dbSecurityGroupId: string; dbSecurityGroupName: string }[];
  openGroup = groups.find((group) => group.dbSecurityGroupName === 'analytics-open')?.dbSecurityGroupId ?? '';
});

beforeEach(() => {
  fleet.sent.length = 0;
});

describe.each(eras)('a caller of %s', (era) => {
  test.each([
    ['nhn_start_db_instance', 'pgfleet:write', 'reader'],
    ['nhn_restart_db_instance', 'pgfleet:disruptive', 'writer'],
    ['nhn_modify_deletion_protection', 'pgfleet:write', 'reader'],
    ['nhn_delete_db_instance', 'pgfleet:destructive', 'writer'],
  ] as const)('who calls %s is told of the scope %s', async (name, scope, who) => {
    const raw = await rawHttp({ url: server.url, era, token: tokens[who] });
    const params = { name, arguments: { dbInstanceId: staging } };
    const { status, headers, frame } = await raw.request('tools/call', params);
    expect(status).toBe(403);
    const challenge = headers.get('www-authenticate') ?? '';
    expect(challenge).toContain('error="insufficient_scope"');
    expect(challenge).toMatch(new RegExp(`scope="[^"]*${scope}[^"]*"`));
    expect(challenge).toContain('resource_metadata="');
    expect(JSON.stringify(frame)).toContain(scope);
    // Who may not even read the present state is refused without a look at it.
    expect(who === 'reader' ? fleet.sent : fleet.changes()).toEqual([]);
  });

  test('whose arguments lower the risk needs no more than they make of it', async () => {
    const raw = await rawHttp({ url: server.url, era, token: tokens.writer });
    const keep = async (backupPeriod: number) =>
      raw.call('nhn_modify_backup_info', { dbInstanceId: analytics, backupPeriod });
    expect((await keep(era === '2026' ? 60 : 90)).result?.['isError']).toBeUndefined();
    expect(fleet.changes()).toHaveLength(1);
    const { status, headers } = await raw.request('tools/call', {
      name: 'nhn_modify_backup_info',
      arguments: { dbInstanceId: analytics, backupPeriod: 1 },
    });
    expect([status, headers.get('www-authenticate')]).toEqual([403, expect.stringContaining('pgfleet:destructive')]);
    expect(fleet.changes()).toHaveLength(1);
    fleet.world.advance(600_000);
  });

  test('whose arguments raise the risk is told of the scope', async () => {
    const raw = await rawHttp({ url: server.url, era, token: tokens.operator });
    const params = {
      name: 'nhn_modify_db_instance',
      arguments: { dbInstanceId: staging, dbSecurityGroupIds: [openGroup] },
    };
    const { status, headers } = await raw.request('tools/call', params);
    expect(status).toBe(403);
    const challenge = headers.get('www-authenticate');
    expect(challenge).toContain('error="insufficient_scope"');
    expect(challenge).toContain('scope="pgfleet:read pgfleet:write pgfleet:disruptive pgfleet:exposing"');
    expect(fleet.changes()).toEqual([]);
    const harmless = await raw.call(params.name, { dbInstanceId: analytics, description: `seen in ${era}` });
    expect(saying(harmless)).not.toContain('scope');
    expect(fleet.changes()).toHaveLength(1);
    fleet.world.advance(600_000);
  });

  test('cannot confirm with fewer scopes what was asked for with more', async () => {
    const aud = `${server.url}/mcp`;
    const all = await issuer.token({ aud, scope: 'pgfleet:read pgfleet:write pgfleet:disruptive' });
    const few = await issuer.token({ aud, scope: 'pgfleet:read' });
    const asked = await rawHttp({ url: server.url, era, token: all, capabilities: {} });
    const { result } = await asked.call('nhn_restart_db_instance', { dbInstanceId: analytics });
    const { confirmation_token } = (result?.['structuredContent'] ?? {}) as { confirmation_token?: string };
    expect(confirmation_token).toBeDefined();
    const confirming = await rawHttp({ url: server.url, era, token: few, capabilities: {} });
    // The same session with another token of the same caller.
    confirming.session = asked.session;
    const { status, headers } = await confirming.request('tools/call', {
      name: 'confirm_operation',
      arguments: { confirmation_token },
    });
    expect([status, headers.get('www-authenticate')]).toEqual([403, expect.stringContaining('pgfleet:disruptive')]);
    expect(fleet.changes()).toEqual([]);
  });
});

test('messages of the older transport pass the same door', async () => {
  const { call } = await connectHttp({ url: server.url, peer: 'former SDK over SSE', token: tokens.reader });
  await expect(call('nhn_start_db_instance', { dbInstanceId: staging })).rejects.toThrow('pgfleet:write');
  expect(fleet.changes()).toEqual([]);
});

test('several calls in one body pass the same door', async () => {
  const one = { jsonrpc: '2.0', method: 'tools/call' };
  const body = [
    { ...one, id: 1, params: { name: 'nhn_list_db_instances', arguments: {} } },
    { ...one, id: 2, params: { name: 'nhn_start_db_instance', arguments: { dbInstanceId: staging } } },
  ];
  const { session } = await rawHttp({ url: server.url, era: '2025', token: tokens.reader });
  const headers = { authorization: `Bearer ${tokens.reader}`, 'mcp-session-id': session ?? '' };
  expect((await post(`${server.url}/mcp`, JSON.stringify(body), headers)).status).toBe(403);
  expect(fleet.sent).toEqual([]);
});

test("a caller's token reaches neither the provider nor any record", async () => {
  const aud = server.url;
  const jwt = await issuer.token({ aud, scope: 'pgfleet:read pgfleet:write' });
  const old = await issuer.token({ aud, scope: 'pgfleet:read', exp: 1_700_000_000 });
  for (const peer of httpPeers) {
    for (const token of [jwt, tokens.writer]) {
      const { call } = await connectHttp({ url: server.url, peer, token });
      await call('nhn_start_db_instance', { dbInstanceId: staging });
    }
    for (const token of [old, 'pgf_not-one-of-yours'])
      await expect(connectHttp({ url: server.url, peer, token })).rejects.toThrow();
  }
  expect(fleet.requests.length).toBeGreaterThanOrEqual(8);
  expect(server.audit().length).toBeGreaterThanOrEqual(8);
  const kept = [JSON.stringify(fleet.requests), JSON.stringify(server.audit()), server.stderr(), server.stdout()];
  const texts = [jwt, old, tokens.writer, 'pgf_not-one-of-yours'].flatMap((token) => [token, ...token.split('.')]);
  for (const text of texts.filter(({ length }) => length > 15))
    for (const each of kept) expect(each).not.toContain(text);
});

test.each(httpPeers)('rights that a token gains and loses count for a connection that is open: %s', async (peer) => {
  const { env: file, tokens: held } = tokensFor({ climber: { scopes: ['pgfleet:read', 'pgfleet:write'] } });
  const clock = turningClock();
  const { url } = await startHttp({ fleet, env: file, clock });
  const { call } = await connectHttp({ url, peer, token: held.climber });
  // Over the older transport the answer comes over a stream that is open already, so it is told in the result.
  const unprotect = () =>
    call('nhn_modify_deletion_protection', { dbInstanceId: analytics, useDeletionProtection: false }).then(
      ({ text }) => text,
      (error: unknown) => String(error),
    );
  const may = async (...scopes: string[]) => {
    grant(file, 'climber', { scopes });
    // The file is read again after some seconds.
    await clock.pause(10_000);
  };
  expect(await unprotect()).toContain('pgfleet:destructive');
  await may('pgfleet:read', 'pgfleet:write', 'pgfleet:destructive');
  expect(await unprotect()).toContain('Nothing was sent yet');
  await may('pgfleet:read', 'pgfleet:write');
  expect(await unprotect()).toContain('pgfleet:destructive');
  expect(fleet.changes()).toEqual([]);
});
