import { describe, expect, test } from 'vitest';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { type Frame, type RawServer, saying, startRaw } from '../../support/raw.js';

const remove = 'nhn_delete_db_instance';

/** What a client sends that says yes to a question, and the state that came with the question. */
const yes = (name: string, requestState?: unknown) => ({
  inputResponses: { confirm: { action: 'accept', content: { name } } },
  ...(requestState !== undefined && { requestState }),
});

async function idsOf(server: RawServer): Promise<Record<string, string>> {
  const { result } = await server.call('nhn_list_db_instances');
  const { dbInstances } = (result?.['structuredContent'] ?? {}) as { dbInstances?: Record<string, string>[] };
  return Object.fromEntries((dbInstances ?? []).map((row) => [row['dbInstanceName'] ?? '', row['dbInstanceId'] ?? '']));
}

/** Asks for a deletion and keeps the state of the question. */
async function questionFor(server: RawServer, dbInstanceId?: string): Promise<string> {
  const { result } = await server.call(remove, { dbInstanceId });
  expect(result?.['resultType']).toBe('input_required');
  return String(result?.['requestState']);
}

function expectRefused(frame: Frame, fleet: Fleet): void {
  expect(frame.result?.['isError'] === true || frame.error !== undefined).toBe(true);
  expect(saying(frame)).not.toBe('');
  expect(fleet.changes()).toEqual([]);
}

describe('a hostile client of 2026', () => {
  test('that says yes on the first call, without a state, is refused', async () => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const { staging } = await idsOf(server);
    const frame = await server.call(remove, { dbInstanceId: staging }, yes('staging'));
    expectRefused(frame, fleet);
    expect(saying(frame)).toContain('without the question');
  });

  test('that sends a state without an answer is asked again', async () => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const { staging } = await idsOf(server);
    const requestState = await questionFor(server, staging);
    const { result } = await server.call(remove, { dbInstanceId: staging }, { requestState });
    expect(result?.['resultType']).toBe('input_required');
    expect(fleet.changes()).toEqual([]);
  });

  test('that sends a used state once more is refused', async () => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const { staging } = await idsOf(server);
    const state = await questionFor(server, staging);
    const first = await server.call(remove, { dbInstanceId: staging }, yes('staging', state));
    expect(first.result?.['isError']).toBeUndefined();
    const second = await server.call(remove, { dbInstanceId: staging }, yes('staging', state));
    expect(second.result?.['isError']).toBe(true);
    expect(saying(second)).toContain('used');
    expect(fleet.changes()).toHaveLength(1);
  });

  test('that uses the state of a form as a token, to get round the typed name, is refused', async () => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const { staging } = await idsOf(server);
    const state = await questionFor(server, staging);
    const frame = await server.call('confirm_operation', { confirmation_token: state });
    expectRefused(frame, fleet);
  });

  test.each(['decline', 'cancel'])('that answers %s and then yes with the same state is refused', async (action) => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const { staging } = await idsOf(server);
    const requestState = await questionFor(server, staging);
    const no = { inputResponses: { confirm: { action } }, requestState };
    expectRefused(await server.call(remove, { dbInstanceId: staging }, no), fleet);
    expectRefused(await server.call(remove, { dbInstanceId: staging }, yes('staging', requestState)), fleet);
  });

  test('that sends one state many times at once gets one call through', async () => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const { staging } = await idsOf(server);
    const state = await questionFor(server, staging);
    const frames = await Promise.all(
      Array.from({ length: 8 }, () => server.call(remove, { dbInstanceId: staging }, yes('staging', state))),
    );
    expect(frames.filter(({ result }) => result?.['resultType'] === 'complete' && !result['isError'])).toHaveLength(1);
    expect(fleet.changes()).toHaveLength(1);
  });

  test('that uses the state of one target for another is refused', async () => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const ids = await idsOf(server);
    const state = await questionFor(server, ids['staging']);
    for (const name of ['staging', 'billing-legacy']) {
      const frame = await server.call(remove, { dbInstanceId: ids['billing-legacy'] }, yes(name, state));
      expectRefused(frame, fleet);
      expect(saying(frame)).toContain('another call');
    }
  });

  test('that uses the state of one tool for another is refused', async () => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const { staging } = await idsOf(server);
    const state = await questionFor(server, staging);
    const frame = await server.call('nhn_force_restart_db_instance', { dbInstanceId: staging }, yes('staging', state));
    expectRefused(frame, fleet);
  });

  test('that adds an argument after the question is refused', async () => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const { analytics } = await idsOf(server);
    const { result } = await server.call('nhn_restart_db_instance', { dbInstanceId: analytics });
    const ticked = { inputResponses: { confirm: { action: 'accept', content: { confirm: true } } } };
    const frame = await server.call(
      'nhn_restart_db_instance',
      { dbInstanceId: analytics, executeBackup: true },
      { ...ticked, requestState: result?.['requestState'] },
    );
    expectRefused(frame, fleet);
  });

  test('that brings the state of another caller is refused', async () => {
    const fleet = await startFleet();
    const [one, other] = [await startRaw({ fleet }), await startRaw({ fleet })];
    const { staging } = await idsOf(one);
    const state = await questionFor(one, staging);
    expectRefused(await other.call(remove, { dbInstanceId: staging }, yes('staging', state)), fleet);
    expectRefused(await other.call('confirm_operation', { confirmation_token: state }), fleet);
  });

  const forgeries: [string, (state: string) => unknown][] = [
    ['text of its own', () => 'yes'],
    ['nothing', () => ''],
    ['a number', () => 7],
    ['null', () => null],
    ['an object', () => ({ tool: remove })],
    ['a state with one letter changed', (state) => changedAt(state, state.length - 30)],
    ['a state with a letter of its tag changed', (state) => changedAt(state, state.length - 3)],
    ['a state without its tag', (state) => state.slice(0, state.lastIndexOf('.') + 1)],
    ['an unsigned token', () => `${encoded({ alg: 'none' })}.${encoded({ tool: remove, plan: 'x' })}.`],
    ['a token encrypted by nothing', () => `${encoded({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`],
    ['far too much', () => 'x'.repeat(300_000)],
  ];
  test.each(forgeries)('that forges a state of %s is refused', async (_, forge) => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const { staging } = await idsOf(server);
    const state = forge(await questionFor(server, staging));
    expectRefused(await server.call(remove, { dbInstanceId: staging }, yes('staging', state)), fleet);
    expectRefused(await server.call('confirm_operation', { confirmation_token: state }), fleet);
  });

  const noYes: [string, unknown][] = [
    ['declines', { action: 'decline' }],
    ['cancels', { action: 'cancel' }],
    ['accepts and ticks nothing', { action: 'accept', content: { confirm: false } }],
    ['accepts with a wrong name', { action: 'accept', content: { name: 'orders-primary' } }],
    ['accepts without content', { action: 'accept' }],
    ['accepts with a list for a name', { action: 'accept', content: { name: ['staging'] } }],
    ['answers with an unknown action', { action: 'approve', content: { name: 'staging' } }],
    ['answers with a sampling result', { role: 'assistant', content: { type: 'text', text: 'yes' }, model: 'm' }],
  ];
  test.each(noYes)('that %s is refused once and clearly', async (_, answer) => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const { staging } = await idsOf(server);
    const requestState = await questionFor(server, staging);
    const frame = await server.call(
      remove,
      { dbInstanceId: staging },
      { inputResponses: { confirm: answer }, requestState },
    );
    expectRefused(frame, fleet);
  });

  const { confirm } = yes('staging').inputResponses;
  test.each([
    ['stands under another key', { other: confirm }],
    ['is no answer at all', { confirm: true }],
  ])('whose yes %s is asked again', async (_, inputResponses) => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet });
    const { staging } = await idsOf(server);
    const requestState = await questionFor(server, staging);
    const { result } = await server.call(remove, { dbInstanceId: staging }, { inputResponses, requestState });
    expect(result?.['resultType']).toBe('input_required');
    expect(fleet.changes()).toEqual([]);
  });
});

describe('a client that cannot show forms', () => {
  const kinds: [string, '2026' | '2025', object][] = [
    ['declares nothing', '2026', {}],
    ['declares nothing', '2025', {}],
    ['can open addresses only', '2026', { elicitation: { url: {} } }],
    ['can open addresses only', '2025', { elicitation: { url: {} } }],
  ];
  test.each(kinds)('and %s gets a result that says how to confirm (%s)', async (_, era, capabilities) => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet, era, capabilities });
    const { staging } = await idsOf(server);
    const frame = await server.call(remove, { dbInstanceId: staging });
    expect(frame.error).toBeUndefined();
    expect(frame.result?.['structuredContent']).toMatchObject({ status: 'confirmation_required' });
    expect(saying(frame)).toContain('confirm_operation');
    expect(fleet.changes()).toEqual([]);
  });

  test('cannot say yes in the same breath', async () => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet, capabilities: {} });
    const { staging } = await idsOf(server);
    expectRefused(await server.call(remove, { dbInstanceId: staging }, yes('staging')), fleet);
  });
});

describe('a client of 2025', () => {
  const replies: [string, Pick<Frame, 'result' | 'error'>][] = [
    ['an accept without content', { result: { action: 'accept' } }],
    ['an unknown action', { result: { action: 'sure' } }],
    ['a wrong name', { result: { action: 'accept', content: { name: 'analytics' } } }],
    ['an error', { error: { code: -32603, message: 'The window was closed.' } }],
  ];
  test.each(replies)('that answers a question with %s is refused', async (_, said) => {
    const fleet = await startFleet();
    const server = await startRaw({ fleet, era: '2025', reply: () => said });
    const { staging } = await idsOf(server);
    expectRefused(await server.call(remove, { dbInstanceId: staging }), fleet);
  });

  test('that brings a yes along, as clients of 2026 do, is asked all the same', async () => {
    const fleet = await startFleet();
    const questions: unknown[] = [];
    const reply = (params: unknown) => {
      questions.push(params);
      return { result: { action: 'decline' } };
    };
    const server = await startRaw({ fleet, era: '2025', reply });
    const { staging } = await idsOf(server);
    expectRefused(await server.call(remove, { dbInstanceId: staging }, yes('staging')), fleet);
    expect(questions.length).toBeLessThanOrEqual(1);
  });
});

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const changedAt = (text: string, index: number): string =>
  `${text.slice(0, index)}${text[index] === 'A' ? 'B' : 'A'}${text.slice(index + 1)}`;
