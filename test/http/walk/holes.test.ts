import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { type Frame, saying } from '../../support/raw.js';
import { tokensFor } from '../support/people.js';
import { type RawHttp, type RawHttpOptions, rawHttp } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

const remove = 'nhn_delete_db_instance';
const restart = 'nhn_restart_db_instance';
const { env, tokens } = tokensFor({ oncall: {}, guest: {} });

let fleet: Fleet;
let server: HttpServer;
let ids: Record<string, string>;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
  server = await startHttp({ fleet, env: { ...env, PGFLEET_CALLS_PER_SECOND: '10000' }, end });
  const { result } = await (await client()).call('nhn_list_db_instances');
  const { dbInstances } = (result?.['structuredContent'] ?? {}) as { dbInstances?: Record<string, string>[] };
  ids = Object.fromEntries((dbInstances ?? []).map((row) => [row['dbInstanceName'] ?? '', row['dbInstanceId'] ?? '']));
});

beforeEach(() => {
  fleet.sent.length = 0;
});

const client = (options: Partial<RawHttpOptions> = {}): Promise<RawHttp> =>
  rawHttp({ url: server.url, token: tokens.oncall, ...options });

/** What a client sends that says yes to a question, and the state that came with the question. */
const yes = (content: object, requestState?: unknown) => ({
  inputResponses: { confirm: { action: 'accept', content } },
  ...(requestState !== undefined && { requestState }),
});
const named = { name: 'staging' };

/** Asks for a call and keeps the state of the question. */
async function questionFor({ call }: RawHttp, tool: string, dbInstanceId: unknown): Promise<string> {
  const { result } = await call(tool, { dbInstanceId });
  expect(result?.['resultType']).toBe('input_required');
  return String(result?.['requestState']);
}

function expectRefused(frame: Frame): void {
  expect(frame.result?.['isError'] === true || frame.error !== undefined).toBe(true);
  expect(saying(frame)).not.toBe('');
  expect(fleet.changes()).toEqual([]);
}

describe('a hostile client of 2026', () => {
  test('that says yes on the first call, without a state, is refused', async () => {
    const { call } = await client();
    const frame = await call(remove, { dbInstanceId: ids['staging'] }, yes(named));
    expectRefused(frame);
    expect(saying(frame)).toContain('without the question');
  });

  test('that sends a used state once more is refused', async () => {
    const raw = await client();
    const state = await questionFor(raw, restart, ids['analytics']);
    const answers = [
      await raw.call(restart, { dbInstanceId: ids['analytics'] }, yes({ confirm: true }, state)),
      await raw.call(restart, { dbInstanceId: ids['analytics'] }, yes({ confirm: true }, state)),
    ];
    expect(answers.map(({ result }) => result?.['isError'])).toEqual([undefined, true]);
    expect(fleet.changes()).toHaveLength(1);
    fleet.world.advance(600_000);
  });

  test('that sends one state many times at once gets one call through', async () => {
    const raw = await client();
    const state = await questionFor(raw, restart, ids['analytics']);
    const all = Array.from({ length: 8 }, async () =>
      raw.call(restart, { dbInstanceId: ids['analytics'] }, yes({ confirm: true }, state)),
    );
    const done = (await Promise.all(all)).filter(({ result }) => result && result['isError'] !== true);
    expect(done.filter(({ result }) => result?.['resultType'] === 'complete')).toHaveLength(1);
    expect(fleet.changes()).toHaveLength(1);
    fleet.world.advance(600_000);
  });

  test.each([
    ['another target', remove, 'staging', 'billing-legacy', named],
    ['another target, by its own name', remove, 'staging', 'billing-legacy', { name: 'billing-legacy' }],
    ['another tool', restart, 'billing-legacy', 'billing-legacy', { confirm: true }],
  ])('that uses a state for %s is refused', async (_, tool, of, target, content) => {
    const raw = await client();
    const state = await questionFor(raw, remove, ids[of]);
    const frame = await raw.call(tool, { dbInstanceId: ids[target] }, yes(content, state));
    expectRefused(frame);
    expect(saying(frame)).toContain('another call');
  });

  test('that brings the state or the token of another caller is refused', async () => {
    const [oncall, guest] = [await client(), await client({ token: tokens.guest })];
    const state = await questionFor(oncall, remove, ids['staging']);
    expectRefused(await guest.call(remove, { dbInstanceId: ids['staging'] }, yes(named, state)));
    const unasked = await client({ capabilities: {} });
    const { result } = await unasked.call(remove, { dbInstanceId: ids['staging'] });
    const { confirmation_token } = (result?.['structuredContent'] ?? {}) as { confirmation_token?: string };
    expect(confirmation_token).toBeDefined();
    expectRefused(await guest.call('confirm_operation', { confirmation_token }));
  });

  test('that uses the state of a form as a token, to get round the typed name, is refused', async () => {
    const raw = await client();
    const state = await questionFor(raw, remove, ids['staging']);
    expectRefused(await raw.call('confirm_operation', { confirmation_token: state }));
  });

  test('that uses the id of a session as a state is refused', async () => {
    const { session } = await client({ era: '2025' });
    const raw = await client();
    expectRefused(await raw.call(remove, { dbInstanceId: ids['staging'] }, yes(named, session)));
    expectRefused(await raw.call('confirm_operation', { confirmation_token: session }));
  });

  const forgeries: [string, (state: string) => unknown][] = [
    ['text of its own', () => 'yes'],
    ['a number', () => 7],
    ['a state with one letter changed', (state) => changedAt(state, state.length - 30)],
    ['an unsigned token', () => `${encoded({ alg: 'none' })}.${encoded({ tool: remove, plan: 'x' })}.`],
    ['far too much', () => 'x'.repeat(300_000)],
  ];
  test.each(forgeries)('that forges a state of %s is refused', async (_, forge) => {
    const raw = await client();
    const state = forge(await questionFor(raw, remove, ids['staging']));
    expectRefused(await raw.call(remove, { dbInstanceId: ids['staging'] }, yes(named, state)));
    expectRefused(await raw.call('confirm_operation', { confirmation_token: state }));
  });

  test.each([
    ['declines', { action: 'decline' }],
    ['accepts with a wrong name', { action: 'accept', content: { name: 'orders-primary' } }],
    ['accepts without content', { action: 'accept' }],
  ])('that %s is refused, and cannot think better of it', async (_, confirm) => {
    const raw = await client();
    const requestState = await questionFor(raw, remove, ids['staging']);
    expectRefused(
      await raw.call(remove, { dbInstanceId: ids['staging'] }, { inputResponses: { confirm }, requestState }),
    );
    expectRefused(await raw.call(remove, { dbInstanceId: ids['staging'] }, yes(named, requestState)));
  });

  test('that cannot be asked gets a result that says how to confirm, not a protocol error', async () => {
    const { request } = await client({ capabilities: {} });
    const { status, frame } = await request('tools/call', {
      name: remove,
      arguments: { dbInstanceId: ids['staging'] },
    });
    expect(status).toBe(200);
    expect(frame.result?.['structuredContent']).toMatchObject({ status: 'confirmation_required' });
    expect(saying(frame)).toContain('confirm_operation');
    expect(fleet.changes()).toEqual([]);
  });
});

describe('a hostile client of 2025', () => {
  test('without a session can call nothing, however it says yes', async () => {
    const raw = await client({ era: '2025' });
    raw.session = undefined;
    for (const beside of [{}, yes(named), yes(named, 'x')]) {
      const params = { name: remove, arguments: { dbInstanceId: ids['staging'] }, ...beside };
      const { status, frame } = await raw.request('tools/call', params);
      expect(status).toBe(400);
      expect(frame.error?.message).toContain('initialize');
    }
    expect(fleet.changes()).toEqual([]);
  });

  test.each([
    ['text of its own', () => 'my-session'],
    ['one with a letter changed', (session: string) => changedAt(session, session.length - 30)],
  ])('with a session of %s is told that there is none', async (_, forge) => {
    const raw = await client({ era: '2025' });
    raw.session = forge(raw.session ?? '');
    const { status } = await raw.request('tools/list');
    expect(status).toBe(404);
  });

  test('in the session of another caller is told that there is none', async () => {
    const { session } = await client({ era: '2025' });
    const guest = await client({ era: '2025', token: tokens.guest });
    guest.session = session;
    const { status, frame } = await guest.request('tools/list');
    expect(status).toBe(404);
    expect(frame.result).toBeUndefined();
  });

  test('in a session that was ended is told that there is none', async () => {
    const raw = await client({ era: '2025' });
    const headers = { authorization: `Bearer ${tokens.oncall}`, 'mcp-session-id': raw.session ?? '' };
    expect((await fetch(`${server.url}/mcp`, { method: 'DELETE', headers })).status).toBe(200);
    expect((await raw.request('tools/list')).status).toBe(404);
  });

  const replies: [string, Pick<Frame, 'result' | 'error'>][] = [
    ['a decline', { result: { action: 'decline' } }],
    ['an accept without content', { result: { action: 'accept' } }],
    ['an unknown action', { result: { action: 'sure', content: named } }],
    ['a wrong name', { result: { action: 'accept', content: { name: 'analytics' } } }],
    ['an error', { error: { code: -32603, message: 'The window was closed.' } }],
  ];
  test.each(replies)('that answers a question with %s is refused', async (_, said) => {
    const { call } = await client({ era: '2025', reply: () => said });
    expectRefused(await call(remove, { dbInstanceId: ids['staging'] }));
  });

  test('that brings a yes along, as clients of 2026 do, is asked all the same', async () => {
    const raw = await client({ era: '2025', reply: () => ({ result: { action: 'decline' } }) });
    expectRefused(await raw.call(remove, { dbInstanceId: ids['staging'] }, yes(named)));
  });

  test.each(['oncall', 'guest'] as const)('cannot answer the question of another session (%s)', async (name) => {
    const other = await client({ era: '2025', token: tokens[name] });
    const answered: number[] = [];
    const raw = await client({
      era: '2025',
      reply: async ({ id }) => {
        answered.push(await other.answer(id, { action: 'accept', content: named }));
        return { result: { action: 'decline' } };
      },
    });
    expectRefused(await raw.call(remove, { dbInstanceId: ids['staging'] }));
    expect(answered).toHaveLength(1);
  });

  test('that cannot be asked gets a token, and no question', async () => {
    const { request } = await client({ era: '2025', capabilities: {} });
    const params = { name: remove, arguments: { dbInstanceId: ids['staging'] } };
    const { frame, frames } = await request('tools/call', params);
    expect(frames).toHaveLength(1);
    expect(frame.result?.['structuredContent']).toMatchObject({ status: 'confirmation_required' });
    expect(fleet.changes()).toEqual([]);
  });
});

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const changedAt = (text: string, index: number): string =>
  `${text.slice(0, index)}${text[index] === 'A' ? 'B' : 'A'}${text.slice(index + 1)}`;
