import { describe, expect, test } from 'vitest';
import { localApprover } from '../../http/support/people.js';
import { handClock } from '../../support/clock.js';
import { type Frame, saying } from '../../support/raw.js';
import { type Host, ways } from './host.js';

const remove = 'nhn_delete_db_instance';
const dataOf = ({ result }: Frame) => (result?.['structuredContent'] ?? {}) as Record<string, unknown>;
const accepted = { action: 'accept', content: { name: 'staging' } };
const elicited = ({ heard }: Host) => heard.filter(({ method }) => method === 'elicitation/create');
const calledOff = ({ heard }: Host) => heard.filter(({ method }) => method === 'notifications/cancelled');

/** A client of either era that answers every form in one way. */
function answering(era: '2026' | '2025', action: string) {
  const answer = { action };
  async function askToRemove({ call, staging }: Host): Promise<Frame> {
    const asked = await call(remove, { dbInstanceId: staging });
    if (era === '2025') return asked;
    expect(asked.result?.['resultType']).toBe('input_required');
    const requestState = asked.result?.['requestState'];
    return call(remove, { dbInstanceId: staging }, { inputResponses: { confirm: answer }, requestState });
  }
  return { reply: () => ({ result: answer }), ask: askToRemove };
}

/** A client that lets its forms stand; gives the id of the first. */
function silence() {
  let stand: (id: Frame['id']) => void = () => undefined;
  const stands = new Promise<Frame['id']>((resolve) => {
    stand = resolve;
  });
  return {
    stands,
    reply: ({ id }: Frame) => {
      stand(id);
      return undefined;
    },
  };
}

/** The plan with the id of an approval, as somebody gets it whose form was not answered. */
function expectPlanWithId(frame: Frame, { page, fleet }: Host): string {
  expect(frame.result?.['isError']).toBe(true);
  const data = dataOf(frame);
  const id = String(data['approval_id']);
  expect(data).toMatchObject({ status: 'approval_pending', plan: { tool: remove, name: 'staging' } });
  expect(data['approval_url']).toBe(`${page().origin}/approvals/${id}`);
  expect(data['confirmation_token']).toBeUndefined();
  expect(JSON.stringify(data).length).toBeLessThanOrEqual(1.2 * saying(frame).length);
  for (const words of [
    'Nothing was sent',
    'by the client',
    'staging',
    `${page().origin}/approvals/${id}`,
    '--confirm token',
  ])
    expect(saying(frame)).toContain(words);
  expect(saying(frame)).toContain(`pgfleet approvals approve ${id}`);
  expect(fleet.changes()).toEqual([]);
  return id;
}

describe.each(ways)('over %s', (_way, start) => {
  describe.each(['2026', '2025'] as const)('a form of %s', (era) => {
    test('that the client cancels gives the plan with an id, which counts once it was approved elsewhere', async () => {
      const { reply, ask } = answering(era, 'cancel');
      const host = await start({ era, reply });
      const frame = await ask(host);
      const approval_id = expectPlanWithId(frame, host);
      expect(saying(frame)).toContain('cancelled by the client; hosts without a terminal do this by themselves.');
      expect(host.audit()).toMatchObject([{ event: 'refused', outcome: 'declined', tool: remove }]);

      // Nobody has approved it, so the id alone is worth nothing.
      expect(dataOf(await host.call('confirm_operation', { approval_id }))['status']).toBe('approval_pending');
      const asToken = await host.call('confirm_operation', { confirmation_token: approval_id });
      expect(asToken.result?.['isError']).toBe(true);
      expect(host.fleet.changes()).toEqual([]);

      const { origin, code } = host.page();
      const person = await localApprover(origin, code);
      expect((await person.approve(approval_id, 'staging')).approval).toMatchObject({ state: 'approved' });
      expect((await host.call('confirm_operation', { approval_id })).result?.['isError']).toBeUndefined();
      expect((await host.call('confirm_operation', { approval_id })).result?.['isError']).toBe(true);
      expect(host.fleet.changes()).toEqual([`DELETE /v1.0/db-instances/${host.staging}`]);
    });

    test('that the client cancels and somebody refuses elsewhere says who, and why', async () => {
      const { reply, ask } = answering(era, 'cancel');
      const host = await start({ era, reply });
      const approval_id = expectPlanWithId(await ask(host), host);
      const { origin, code } = host.page();
      await (await localApprover(origin, code)).refuse(approval_id, 'It is still needed.');
      const refused = await host.call('confirm_operation', { approval_id });
      expect(saying(refused)).toContain('It is still needed.');
      expect(host.fleet.changes()).toEqual([]);
    });

    test('that the client declines ends the call, without an id, and tells what helps', async () => {
      const { reply, ask } = answering(era, 'decline');
      const host = await start({ era, reply });
      const frame = await ask(host);
      expect(frame.result?.['isError']).toBe(true);
      expect(frame.result?.['structuredContent']).toBeUndefined();
      for (const words of [
        'The form was declined by the client; hosts without a terminal do this by themselves.',
        'Nothing was sent',
        '--confirm token',
        'approval page',
      ])
        expect(saying(frame)).toContain(words);
      expect(saying(frame)).not.toContain('person');
      expect(host.fleet.changes()).toEqual([]);
    });

    test.each([
      ['another name', { name: 'analytics' }, 'not confirmed: what was typed is not staging. Nothing'],
      ['a tick in place of a name', { confirm: true }, 'not confirmed: what was typed is not staging. Nothing'],
    ])('that is accepted with %s is refused in a sentence', async (_, content, sentence) => {
      const host = await start({ era, reply: () => ({ result: { action: 'accept', content } }) });
      const asked = await host.call(remove, { dbInstanceId: host.staging });
      const requestState = asked.result?.['requestState'];
      const beside = { inputResponses: { confirm: { action: 'accept', content } }, requestState };
      const frame = era === '2025' ? asked : await host.call(remove, { dbInstanceId: host.staging }, beside);
      expect(saying(frame)).toContain(sentence);
      expect(host.fleet.changes()).toEqual([]);
    });
  });

  test('a client that turns out not to know forms gets plan and token, from then on without a form', async () => {
    const error = { code: -32_601, message: 'Method not found' };
    const host = await start({ era: '2025', reply: () => ({ error }) });
    const first = dataOf(await host.call(remove, { dbInstanceId: host.staging }));
    const second = dataOf(await host.call(remove, { dbInstanceId: host.staging }));
    for (const data of [first, second]) expect(data['status']).toBe('confirmation_required');
    expect(elicited(host)).toHaveLength(1);
    const { confirmation_token } = second;
    expect((await host.call('confirm_operation', { confirmation_token })).result?.['isError']).toBeUndefined();
    expect(host.fleet.changes()).toHaveLength(1);
  });

  test('a client that answers a form with another error gets the plan with an id', async () => {
    const error = { code: -32_603, message: 'The window was closed.' };
    const host = await start({ era: '2025', reply: () => ({ error }) });
    const frame = await host.call(remove, { dbInstanceId: host.staging });
    expectPlanWithId(frame, host);
    expect(saying(frame)).toContain('answered with an error (-32603)');
  });

  test('a client of 2025 without progress is answered after 45 seconds, and a later accept runs nothing', async () => {
    const clock = handClock();
    const { stands, reply } = silence();
    const host = await start({ era: '2025', clock, reply });
    const calling = host.call(remove, { dbInstanceId: host.staging });
    const form = await stands;
    await clock.turn(44_000);
    expect(calledOff(host)).toEqual([]);
    await clock.turn(1_000);
    const frame = await calling;
    expectPlanWithId(frame, host);
    expect(saying(frame)).toContain('was not answered by the client within 45 seconds');
    expect(calledOff(host)).toMatchObject([{ params: { requestId: form } }]);

    await host.answer(form, accepted);
    await expect.poll(() => host.audit().length).toBe(2);
    expect(host.audit()).toMatchObject([
      { event: 'refused', outcome: 'declined' },
      { event: 'refused', outcome: 'late answer', tool: remove, target: host.staging },
    ]);
    expect(host.fleet.changes()).toEqual([]);
  });

  test('a client of 2025 with progress hears that the form stands, for as long as the plan holds', async () => {
    const clock = handClock();
    const { stands, reply } = silence();
    const host = await start({ era: '2025', clock, reply });
    const calling = host.call(remove, { dbInstanceId: host.staging }, { _meta: { progressToken: 'mine' } });
    const form = await stands;
    await clock.turn(300_000);
    await host.answer(form, accepted);
    expect((await calling).result?.['isError']).toBeUndefined();
    const told = host.heard.filter(({ method }) => method === 'notifications/progress');
    expect(told.length).toBeGreaterThanOrEqual(60);
    expect(told[0]).toMatchObject({ params: { progressToken: 'mine', total: 590 } });
    expect(host.fleet.changes()).toHaveLength(1);
  });

  test('a form of 2025 with progress that nobody answers ends with the plan', async () => {
    const clock = handClock();
    const { stands, reply } = silence();
    const host = await start({ era: '2025', clock, reply });
    const calling = host.call(remove, { dbInstanceId: host.staging }, { _meta: { progressToken: 'mine' } });
    await stands;
    await clock.turn(590_000);
    expectPlanWithId(await calling, host);
  });

  test('a call of 2025 that its client cancels takes its form back, and a later accept runs nothing', async () => {
    const { stands, reply } = silence();
    const host = await start({ era: '2025', reply });
    void host.call(remove, { dbInstanceId: host.staging }).catch(() => undefined);
    const form = await stands;
    await host.cancel();
    await expect.poll(() => calledOff(host)).toMatchObject([{ params: { requestId: form } }]);
    await host.answer(form, accepted);
    await expect.poll(() => host.audit()).toMatchObject([{ event: 'refused', outcome: 'late answer' }]);
    expect(host.fleet.changes()).toEqual([]);
  });

  test.each([
    ['does not know pages', { error: { code: -32_601, message: 'Method not found' } }],
    ['cancels by itself', { result: { action: 'cancel' } }],
  ])('an offer to open the approval page that a client %s leaves the call to wait', async (_, said) => {
    const pages = { capabilities: { elicitation: { url: {} } }, env: { PGFLEET_CONFIRM: 'human' } };
    const host = await start({ era: '2025', ...pages, reply: () => said });
    const frame = await host.call(remove, { dbInstanceId: host.staging });
    expect(frame.result?.['isError']).toBeUndefined();
    const { approval_id, status } = dataOf(frame);
    expect(status).toBe('approval_pending');
    expect(elicited(host)).toMatchObject([{ params: { mode: 'url', elicitationId: expect.any(String) } }]);
    const { origin, code } = host.page();
    await (await localApprover(origin, code)).approve(String(approval_id), 'staging');
    expect((await host.call('confirm_operation', { approval_id })).result?.['isError']).toBeUndefined();
    expect(host.fleet.changes()).toHaveLength(1);
  });

  test.each([
    ['just before it expires counts', 590_000, false],
    ['after it has expired is refused', 601_000, true],
  ])('an accept of 2026 %s', async (_, milliseconds, isRefused) => {
    const clock = handClock();
    const host = await start({ era: '2026', clock });
    const { result } = await host.call(remove, { dbInstanceId: host.staging });
    await clock.turn(milliseconds);
    const beside = { inputResponses: { confirm: accepted }, requestState: result?.['requestState'] };
    const frame = await host.call(remove, { dbInstanceId: host.staging }, beside);
    expect(frame.result?.['isError'] === true).toBe(isRefused);
    expect(host.fleet.changes()).toHaveLength(isRefused ? 0 : 1);
  });
});
