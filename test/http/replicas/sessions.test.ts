import { beforeAll, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { instanceNamed } from '../../support/nhn.js';
import { saying } from '../../support/raw.js';
import { connectHttp } from '../support/connect-http.js';
import { tokensFor } from '../support/people.js';
import { type RawHttp, type RawHttpOptions, rawHttp } from '../support/raw-http.js';
import { type Pair, startPair } from './pair.js';

const end = endOfFile();
const { env, tokens } = tokensFor({ oncall: {}, guest: {} });

/** The session that was opened elsewhere, at another address. */
async function goOn({ session }: RawHttp, options: Omit<RawHttpOptions, 'era'>): Promise<RawHttp> {
  return Object.assign(await rawHttp({ ...options, era: '2025' }), { session });
}

const status = async (raw: RawHttp): Promise<number> => (await raw.request('ping')).status;

const endSession = ({ session }: RawHttp, url: string, token: string): Promise<Response> =>
  fetch(`${url}/mcp`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}`, 'mcp-session-id': session ?? '' },
  });

test('a session goes on at a replica that never saw it, with what the client said of itself', async () => {
  const { a, b, fleet } = await startPair({ process: true });
  const reply = () => ({ result: { action: 'accept', content: { confirm: true } } });
  const first = await rawHttp({ url: a.url, era: '2025' });
  await a.kill();
  const second = await goOn(first, { url: b.url, reply });
  const list = await second.call('nhn_list_db_instances');
  const rows = list.result?.['structuredContent'] as { dbInstances: Record<string, string>[] };
  const { dbInstanceId } = rows.dbInstances.find((row) => row['dbInstanceName'] === 'analytics') ?? {};
  const result = await second.call('nhn_restart_db_instance', { dbInstanceId });
  expect(saying(result)).not.toContain('failed');
  expect(fleet.changes()).toEqual([`POST /v1.0/db-instances/${dbInstanceId}/restart`]);
});

test.each(['2025', 'former SDK'] as const)(
  'a client of the kind %s does not notice that the replica is gone that opened its session',
  async (peer) => {
    const { a, b, url, fleet, proxy } = await startPair({ process: true });
    const { call, asked, sessionId } = await connectHttp({ url, peer, answer: 'yes' });
    const { dbInstanceId } = await instanceNamed(call, 'analytics');
    const session = sessionId();
    expect(proxy.passed[0]).toBe(`POST /mcp -> ${a.url}`);
    await a.kill();
    expect((await call('nhn_restart_db_instance', { dbInstanceId })).isError).toBe(false);
    expect(asked).toHaveLength(1);
    expect(fleet.changes()).toHaveLength(1);
    expect(b.sent).toContain(fleet.changes()[0]);
    expect(sessionId()).toBe(session);
  },
);

describe('at two replicas that both live', () => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await startPair({ env, end });
  });

  test('a session that was ended at one is over at both, also where it was never seen', async () => {
    const { a, b } = pair;
    const at = { a: { url: a.url, token: tokens.oncall }, b: { url: b.url, token: tokens.oncall } };
    const seen = await rawHttp({ ...at.a, era: '2025' });
    const atB = await goOn(seen, at.b);
    expect([await status(seen), await status(atB)]).toEqual([200, 200]);
    expect((await endSession(seen, a.url, tokens.oncall)).status).toBe(200);
    await expect.poll(() => status(seen)).toBe(404);
    await expect.poll(() => status(atB)).toBe(404);

    const unseen = await rawHttp({ ...at.a, era: '2025' });
    expect((await endSession(unseen, a.url, tokens.oncall)).status).toBe(200);
    expect(await status(await goOn(unseen, at.b))).toBe(404);
  });

  test('a stream that is opened at one ends the stream of that session at the other', async () => {
    const { a, b } = pair;
    const { session = '' } = await rawHttp({ url: a.url, era: '2025', token: tokens.oncall });
    const headers = {
      authorization: `Bearer ${tokens.oncall}`,
      accept: 'text/event-stream',
      'mcp-session-id': session,
    };
    const atA = await fetch(`${a.url}/mcp`, { headers });
    const atB = await fetch(`${b.url}/mcp`, { headers });
    expect([atA.status, atB.status]).toEqual([200, 200]);
    await atA.text();
    await fetch(`${a.url}/mcp`, { headers }).then(({ status }) => expect(status).toBe(200));
    await atB.text();
  });

  test('nobody goes on with the session of another, or ends it, at either', async () => {
    const { a, b } = pair;
    const oncall = await rawHttp({ url: a.url, token: tokens.oncall, era: '2025' });
    for (const { url } of [a, b]) {
      expect(await status(await goOn(oncall, { url, token: tokens.guest }))).toBe(404);
      expect((await endSession(oncall, url, tokens.guest)).status).toBe(404);
    }
    expect(await status(oncall)).toBe(200);
    expect(await status(await goOn(oncall, { url: b.url, token: tokens.oncall }))).toBe(200);
  });
});
