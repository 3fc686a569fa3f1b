import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { startIssuer } from '../../support/issuer.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, httpPeers } from '../support/connect-http.js';
import { approverWith, policyOf, tokensFor } from '../support/people.js';
import { rawHttp } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

/** A static token has the name that the issuer has for somebody else. */
const { env, tokens } = tokensFor({ robot: {}, operator: {} });
const policy = policyOf({
  fourEyes: true,
  rules: [
    {
      effect: 'deny',
      caller: { subjects: ['robot'] },
      tools: ['nhn_list_db_security_groups'],
      reason: 'Of the subject.',
    },
    {
      effect: 'deny',
      caller: { subjects: ['token:robot'] },
      tools: ['nhn_list_parameter_groups'],
      reason: 'Of the token.',
    },
    { effect: 'human', tools: ['nhn_restart_db_instance'] },
    { effect: 'ask', tools: ['nhn_backup_db_instance'] },
  ],
});

let fleet: Fleet;
let server: HttpServer;
let subject: string;
let impostor: string;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
  const issuer = await startIssuer({ end });
  server = await startHttp({ fleet, env: { ...env, ...policy, PGFLEET_ISSUER: issuer.url }, end });
  const scope = ['read', 'write', 'disruptive', 'approve'].map((each) => `pgfleet:${each}`).join(' ');
  const claims = { aud: server.url, scope, preferred_username: 'robot' };
  subject = await issuer.token({ ...claims, sub: 'robot' });
  impostor = await issuer.token({ ...claims, sub: 'token:robot' });
});

beforeEach(() => {
  fleet.world.advance(600_000);
  fleet.sent.length = 0;
});

describe.each(httpPeers)('by a client of the kind %s', (peer) => {
  const as = (token: string) => connectHttp({ url: server.url, peer, token });

  test.each<[string, () => string, string, string]>([
    ['the subject', () => subject, 'nhn_list_db_security_groups', 'nhn_list_parameter_groups'],
    ['the static token', () => tokens.robot, 'nhn_list_parameter_groups', 'nhn_list_db_security_groups'],
  ])('a rule about %s is not about the other of that name', async (_, token, denied, allowed) => {
    const { call, close } = await as(token());
    expect(await call(denied)).toMatchObject({ isError: true, text: expect.stringContaining('denies') });
    expect(await call(allowed)).toMatchObject({ isError: false });
    await close();
  });

  test('a subject that looks like a static token is none', async () => {
    const { call, close } = await as(impostor);
    expect(await call('nhn_list_parameter_groups')).toMatchObject({ isError: false });
    await close();
  });

  test('the approval of one is not the other’s, and each may approve what the other asked for', async () => {
    const [one, other] = [await as(subject), await as(tokens.robot)];
    const { dbInstanceId } = await instanceNamed(one.call, 'analytics');
    const { data } = await one.call('nhn_restart_db_instance', { dbInstanceId });
    const id = String(data['approval_id']);
    const stranger = {
      isError: true,
      text: expect.stringContaining('There is no approval of that id for this caller'),
    };
    expect(await other.call('confirm_operation', { approval_id: id })).toMatchObject(stranger);
    expect(await approverWith(server.url, subject).approve(id)).toMatchObject({ status: 403 });
    expect(await approverWith(server.url, tokens.robot).approve(id)).toMatchObject({ status: 200 });
    expect(await other.call('confirm_operation', { approval_id: id })).toMatchObject(stranger);
    expect(fleet.changes()).toEqual([]);
    expect((await one.call('confirm_operation', { approval_id: id })).isError).toBe(false);
    await Promise.all([one.close(), other.close()]);
  });
});

test('the operator is told how rules name a static token', () => {
  expect(server.stderr()).toContain('token:NAME');
});

test('a token of confirmation and a session of one are not the other’s', async () => {
  const { call } = await rawHttp({ url: server.url, token: subject, capabilities: {} });
  const { result } = await call('nhn_backup_db_instance', { dbInstanceId: await runningId(), backupName: 'b-1' });
  const { confirmation_token } = (result?.['structuredContent'] ?? {}) as { confirmation_token?: string };
  expect(confirmation_token).toBeDefined();
  const other = await rawHttp({ url: server.url, token: tokens.robot });
  expect((await other.call('confirm_operation', { confirmation_token })).result?.['isError']).toBe(true);
  expect(fleet.changes()).toEqual([]);
  // What the other tried does not use it up.
  expect((await call('confirm_operation', { confirmation_token })).result?.['isError']).toBeUndefined();
  expect(fleet.changes()).toHaveLength(1);

  const { session } = await rawHttp({ url: server.url, era: '2025', token: subject });
  const stranger = await rawHttp({ url: server.url, era: '2025', token: tokens.robot });
  stranger.session = session;
  const own = await rawHttp({ url: server.url, era: '2025', token: subject });
  own.session = session;
  expect((await own.request('tools/list')).status).toBe(200);
  expect((await stranger.request('tools/list')).status).toBe(404);
});

const runningId = async (): Promise<string> => {
  const { call, close } = await connectHttp({ url: server.url, token: tokens.operator });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  await close();
  return dbInstanceId;
};
