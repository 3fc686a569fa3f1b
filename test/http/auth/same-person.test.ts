import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { startIssuer, type TestIssuer } from '../../support/issuer.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, type HttpPeer, httpPeers } from '../support/connect-http.js';
import { approverWith, policyOf, tokensFor } from '../support/people.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

const alice = 'alice@ops.example';
const { env, tokens } = tokensFor({ laptop: { person: alice }, spare: {} });
const policy = policyOf({ fourEyes: true, rules: [{ effect: 'human', tools: ['nhn_restart_db_instance'] }] });

let fleet: Fleet;
let issuer: TestIssuer;
/** Knows persons by a claim. */
let server: HttpServer;
/** Knows identities only. */
let plain: HttpServer;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
  issuer = await startIssuer({ end });
  const common = { ...env, ...policy, PGFLEET_ISSUER: issuer.url };
  server = await startHttp({ fleet, env: { ...common, PGFLEET_PERSON_CLAIM: 'email' }, end });
  plain = await startHttp({ fleet, env: common, end });
});

beforeEach(() => fleet.world.advance(600_000));

const scope = ['read', 'disruptive', 'approve'].map((each) => `pgfleet:${each}`).join(' ');
const tokenOf = ({ url }: HttpServer, claims: object) => issuer.token({ aud: url, scope, ...claims });

/** A call that waits, asked for by somebody. */
async function park({ url }: HttpServer, token: string, peer: HttpPeer = '2026'): Promise<string> {
  const { call, close } = await connectHttp({ url, token, peer });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { data } = await call('nhn_restart_db_instance', { dbInstanceId });
  await close();
  return String(data['approval_id']);
}

describe.each(httpPeers)('what somebody asked for by a client of the kind %s', (peer) => {
  test.each<[string, object | 'laptop', object | 'laptop' | 'spare', number]>([
    ['another account of theirs', { sub: 'a-1', email: alice }, { sub: 'a-2', email: alice }, 403],
    ['one that is written otherwise', { sub: 'a-1', email: alice }, { sub: 'a-2', email: ' Alice@Ops.example ' }, 403],
    ['a static token of theirs', { sub: 'a-1', email: alice }, 'laptop', 403],
    ['an account, for what their token asked for', 'laptop', { sub: 'a-2', email: alice }, 403],
    ['an account of somebody else', { sub: 'a-1', email: alice }, { sub: 'b-1', email: 'bob@ops.example' }, 200],
    ['an account that tells no person', { sub: 'a-1', email: alice }, { sub: 'c-1' }, 200],
    ['one that tells none, as the other does', { sub: 'a-1', email: '' }, { sub: 'c-1', email: ' ' }, 200],
    ['a claim that is no text', { sub: 'a-1', email: [alice] }, { sub: 'a-2', email: [alice] }, 200],
    ['a static token that tells no person', { sub: 'a-1', email: alice }, 'spare', 200],
  ])('is decided on by %s', async (_, asking, deciding, status) => {
    const bearer = async (who: object | 'laptop' | 'spare') =>
      typeof who === 'string' ? tokens[who] : tokenOf(server, who);
    const id = await park(server, await bearer(asking), peer);
    const decided = await approverWith(server.url, await bearer(deciding)).approve(id);
    expect(decided.status).toBe(status);
    if (status === 403) expect(decided.error?.message).toContain('nobody approves a call of their own');
    // It is refused or carried out, so that the next story does not meet it again.
    const { call, close } = await connectHttp({ url: server.url, token: await bearer(asking) });
    await approverWith(server.url, await bearer(deciding)).refuse(id);
    await call('confirm_operation', { approval_id: id });
    await close();
  });
});

test('without the setting, a claim of that name makes nobody the same person', async () => {
  const [one, other] = [
    await tokenOf(plain, { sub: 'a-1', email: alice }),
    await tokenOf(plain, { sub: 'a-2', email: alice }),
  ];
  const id = await park(plain, one);
  expect((await approverWith(plain.url, other).approve(id)).status).toBe(200);
});
