import { beforeAll, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { instanceNamed } from '../../support/nhn.js';
import { type Frame, saying } from '../../support/raw.js';
import { freePort } from '../../support/services/redis.js';
import { connectHttp } from '../support/connect-http.js';
import { tokensFor } from '../support/people.js';
import { type RawHttp, rawHttp } from '../support/raw-http.js';
import { startHttp } from '../support/start-http.js';
import { type Pair, startPair } from './pair.js';

const restart = 'nhn_restart_db_instance';

const end = endOfFile();
const { env, tokens } = tokensFor({ oncall: {}, guest: {} });
const key = Buffer.alloc(32, 7).toString('base64');
let pair: Pair;
let dbInstanceId: string;
beforeAll(async () => {
  pair = await startPair({ end, env: { ...env, PGFLEET_KEY: key } });
  const { call } = await connectHttp({ url: pair.a.url, token: tokens.oncall, end });
  ({ dbInstanceId } = await instanceNamed(call, 'analytics'));
});

/** The same caller at both replicas, without anything between. */
const atBoth = (who: keyof typeof tokens, capabilities: object = { elicitation: { form: {} } }) =>
  Promise.all([pair.a, pair.b].map(({ url }) => rawHttp({ url, token: tokens[who], capabilities }))) as Promise<
    [RawHttp, RawHttp]
  >;

async function question(at: RawHttp): Promise<object> {
  const { result } = await at.call(restart, { dbInstanceId });
  expect(result?.['resultType']).toBe('input_required');
  return {
    inputResponses: { confirm: { action: 'accept', content: { confirm: true } } },
    requestState: result?.['requestState'],
  };
}

async function token(at: RawHttp): Promise<{ confirmation_token: unknown }> {
  const { result } = await at.call(restart, { dbInstanceId });
  const data = result?.['structuredContent'] as Record<string, unknown>;
  expect(data['status']).toBe('confirmation_required');
  return { confirmation_token: data['confirmation_token'] };
}

/** What was changed meanwhile; restarts end before the next story. */
async function changedBy(work: () => Promise<Frame[]>): Promise<{ changes: string[]; frames: Frame[] }> {
  const before = pair.fleet.changes().length;
  const frames = await work();
  const changes = pair.fleet.changes().slice(before);
  pair.fleet.world.advance(3_600_000);
  return { changes, frames };
}

const refused = (frames: Frame[]) => frames.filter(({ result, error }) => error || result?.['isError'] === true);
const hasRun = ({ result }: Frame) => JSON.stringify(result?.['structuredContent'] ?? {}).includes('"job":"nhn:');
const once = () => [`POST /v1.0/db-instances/${dbInstanceId}/restart`];

/** The two ways in which a yes travels through the client: asked for at one replica, sent as often as wanted. */
const ways = [
  {
    way: 'the yes to a form',
    capabilities: { elicitation: { form: {} } },
    ask: async (at: RawHttp) => {
      const beside = await question(at);
      return (to: RawHttp) => to.call(restart, { dbInstanceId }, beside);
    },
  },
  {
    way: 'a token',
    capabilities: {},
    ask: async (at: RawHttp) => {
      const args = await token(at);
      return (to: RawHttp) => to.call('confirm_operation', args);
    },
  },
];

describe.each(ways)('$way', ({ capabilities, ask }) => {
  test('asked for at one replica counts at the other, and then at neither', async () => {
    const [a, b] = await atBoth('oncall', capabilities);
    const { changes, frames } = await changedBy(async () => {
      const confirm = await ask(a);
      return [await confirm(b), await confirm(a), await confirm(b)];
    });
    expect(changes).toEqual(once());
    expect(refused(frames)).toEqual(frames.slice(1));
    for (const frame of frames.slice(1)) expect(saying(frame)).toContain('used already');
  });

  test.each([1, 2, 3])('sent to both at the same moment counts at one (try %i)', async () => {
    const [a, b] = await atBoth('oncall', capabilities);
    const { changes, frames } = await changedBy(async () => {
      const confirm = await ask(b);
      return Promise.all([a, b, a, b].map(confirm));
    });
    expect(changes).toEqual(once());
    expect(frames.filter(hasRun)).toHaveLength(1);
  });

  test('of another caller counts at neither', async () => {
    const [a, b] = await atBoth('oncall', capabilities);
    const guest = await atBoth('guest', capabilities);
    const { changes, frames } = await changedBy(async () => {
      const confirm = await ask(a);
      return [...(await Promise.all(guest.map(confirm))), await confirm(b)];
    });
    expect(refused(frames)).toEqual(frames.slice(0, 2));
    for (const frame of frames.slice(0, 2)) expect(saying(frame)).toContain('made for another caller');
    // What others have tried has not used it up.
    expect(changes).toEqual(once());
  });
});

test('a token counts on neither side between a server with the store and one without it', async () => {
  const alone = await startHttp({ env: { ...env, PGFLEET_KEY: key }, fleet: pair.fleet, end });
  const at = (url: string) => rawHttp({ url, token: tokens.oncall, capabilities: {} });
  const [a, b, other] = [await at(pair.a.url), await at(pair.b.url), await at(alone.url)];
  const { changes, frames } = await changedBy(async () => {
    const [shared, own] = [await token(a), await token(other)];
    return Promise.all([other.call('confirm_operation', shared), b.call('confirm_operation', own)]);
  });
  expect(changes).toEqual([]);
  for (const frame of frames) expect(saying(frame)).toContain('by another process');
});

describe('where the operator chose token, the id of a call that waits', () => {
  /** Another server of the same store, in a mode of its own. */
  async function inMode(PGFLEET_CONFIRM: string): Promise<RawHttp> {
    const shared = { PGFLEET_KEY: key, PGFLEET_STORE: pair.redis.url, PGFLEET_PUBLIC_URL: pair.url };
    const port = await freePort();
    await startHttp({ env: { ...env, ...shared, PGFLEET_CONFIRM }, fleet: pair.fleet, port });
    return rawHttp({ url: `http://127.0.0.1:${port}`, token: tokens.oncall });
  }
  const dataOf = ({ result }: Frame) => (result?.['structuredContent'] ?? {}) as Record<string, unknown>;

  test('because its form was cancelled is enough to carry it out, once', async () => {
    const [auto, byToken] = [await inMode('auto'), await inMode('token')];
    const { requestState } = (await question(auto)) as { requestState: unknown };
    const cancelled = { inputResponses: { confirm: { action: 'cancel' } }, requestState };
    const { approval_id } = dataOf(await auto.call(restart, { dbInstanceId }, cancelled));
    const { changes, frames } = await changedBy(async () => [
      await auto.call('confirm_operation', { approval_id }),
      await byToken.call('confirm_operation', { approval_id }),
      await byToken.call('confirm_operation', { approval_id }),
    ]);
    expect(frames.map((frame) => dataOf(frame)['status'])).toEqual(['approval_pending', undefined, undefined]);
    expect(refused(frames)).toEqual(frames.slice(2));
    expect(changes).toEqual(once());
  });

  test('because a person has to decide is not', async () => {
    const [human, byToken] = [await inMode('human'), await inMode('token')];
    const { approval_id } = dataOf(await human.call(restart, { dbInstanceId }));
    const { changes, frames } = await changedBy(async () => [await byToken.call('confirm_operation', { approval_id })]);
    expect(dataOf(frames[0] ?? {})['status']).toBe('approval_pending');
    expect(changes).toEqual([]);
  });
});
