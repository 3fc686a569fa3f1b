import type { ElicitResult } from '@modelcontextprotocol/client';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/cli/system.js';
import type { Question } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, type HttpConnection, httpPeers } from '../support/connect-http.js';
import { approverWith, localApprover, policyOf, tokensFor } from '../support/people.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

const { env, tokens } = tokensFor({
  oncall: {},
  guest: { scopes: ['pgfleet:read', 'pgfleet:write', 'pgfleet:disruptive', 'pgfleet:destructive'] },
  reviewer: { scopes: ['pgfleet:read', 'pgfleet:approve'] },
});
const restart = 'nhn_restart_db_instance';
const remove = 'nhn_delete_db_instance';

let fleet: Fleet;
let server: HttpServer;
let analytics: string;
let staging: string;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
  // Calls that wait do so until somebody decides, which is in a moment.
  // These stories are not about limits, and a fast machine tells several of them within a second.
  const unhurried = { PGFLEET_CONFIRM: 'human', PGFLEET_CALLS_PER_SECOND: '1000' };
  server = await startHttp({ fleet, env: { ...env, ...unhurried }, clock: systemClock, end });
  const { call } = await connectHttp({ url: server.url, token: tokens.oncall, end });
  analytics = (await instanceNamed(call, 'analytics')).dbInstanceId;
  staging = (await instanceNamed(call, 'staging')).dbInstanceId;
});

beforeEach(() => {
  fleet.world.advance(600_000);
  fleet.sent.length = 0;
});

const reviewer = () => approverWith(server.url, tokens.reviewer);
const restarts = () => fleet.changes().filter((line) => line.endsWith('/restart'));

/** A call that waits for a person; gives the id to come back with. */
async function park({ call }: Pick<HttpConnection, 'call'>, tool = restart, dbInstanceId = analytics): Promise<string> {
  const { data, text, isError } = await call(tool, { dbInstanceId });
  expect(isError).toBe(false);
  const id = String(data['approval_id']);
  expect(data).toMatchObject({ status: 'approval_pending', approval_url: `${server.url}/approvals/${id}` });
  expect(text).toContain(`${server.url}/approvals/${id}`);
  expect(fleet.changes()).toEqual([]);
  return id;
}

describe.each(httpPeers)('a client of the kind %s', (peer) => {
  const oncall = async () => connectHttp({ url: server.url, peer, token: tokens.oncall });

  test('comes back with an approval, and the call is carried out once', async () => {
    const { call } = await oncall();
    const id = await park({ call });
    expect(await reviewer().list()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id, state: 'pending', caller: expect.objectContaining({ name: 'oncall' }) }),
      ]),
    );
    expect((await reviewer().approve(id)).approval).toMatchObject({
      state: 'approved',
      decision: { name: 'reviewer' },
    });
    expect(restarts()).toEqual([]);
    const answers = await Promise.all(
      Array.from({ length: 3 }, async () => call('confirm_operation', { approval_id: id })),
    );
    expect(answers.filter(({ isError }) => !isError)).toHaveLength(1);
    const again = await call('confirm_operation', { approval_id: id });
    expect(again).toMatchObject({ isError: true, text: expect.stringContaining('already') });
    expect(restarts()).toHaveLength(1);
    expect(server.audit().findLast(({ event }) => event === 'attempt')).toMatchObject({
      approval: 'person',
      approver: 'reviewer',
      caller: 'oncall',
    });
  });

  test('is told who refused, and why', async () => {
    const { call } = await oncall();
    const id = await park({ call });
    expect((await reviewer().refuse(id, 'Not before the weekend.')).approval).toMatchObject({ state: 'refused' });
    const { isError, text } = await call('confirm_operation', { approval_id: id });
    expect(isError).toBe(true);
    expect(text).toContain('reviewer');
    expect(text).toContain('Not before the weekend.');
    expect((await reviewer().approve(id)).status).toBe(409);
    expect((await call('confirm_operation', { approval_id: id })).isError).toBe(true);
    expect(restarts()).toEqual([]);
  });

  test('that hears of progress waits, and an approval meanwhile lets the call go on', async () => {
    const { call } = await oncall();
    const heard: string[] = [];
    const onprogress = ({ message = '' }: { message?: string }) => {
      const id = /\/approvals\/(\S+)$/.exec(message)?.[1] ?? '';
      heard.push(id);
      if (heard.length === 1) void reviewer().approve(id);
    };
    const { isError } = await call(restart, { dbInstanceId: analytics }, { onprogress });
    expect(isError).toBe(false);
    expect(heard[0]).toMatch(/^[\da-f-]{36}$/);
    expect(restarts()).toHaveLength(1);
  });

  test('of another caller cannot use the approval', async () => {
    const id = await park(await oncall());
    await reviewer().approve(id);
    const guest = await connectHttp({ url: server.url, peer, token: tokens.guest });
    const refused = await guest.call('confirm_operation', { approval_id: id });
    expect(refused).toMatchObject({ isError: true, text: expect.stringContaining('for this caller') });
    expect(restarts()).toEqual([]);
    expect((await (await oncall()).call('confirm_operation', { approval_id: id })).isError).toBe(false);
    expect(restarts()).toHaveLength(1);
  });
});

describe('an approval', () => {
  test('of what has changed since does not count: the call waits anew', async () => {
    const { call } = await connectHttp({ url: server.url, token: tokens.oncall });
    const id = await park({ call });
    await reviewer().approve(id);
    await call('nhn_modify_db_instance', { dbInstanceId: analytics, dbInstanceName: 'analytics-two' });
    fleet.world.advance(600_000);
    const { data, text } = await call('confirm_operation', { approval_id: id });
    expect(data).toMatchObject({ status: 'approval_pending', plan: { name: 'analytics-two' } });
    expect(data['approval_id']).not.toBe(id);
    expect(text).toContain('Something has changed since the approval');
    expect(restarts()).toEqual([]);
    await call('nhn_modify_db_instance', { dbInstanceId: analytics, dbInstanceName: 'analytics' });
  });

  test('of a loss needs the name of what is lost', async () => {
    const { call } = await connectHttp({ url: server.url, token: tokens.oncall });
    const id = await park({ call }, remove, staging);
    for (const typed of [undefined, '', 'Staging', 'analytics'])
      expect((await reviewer().approve(id, typed)).approval).toBeUndefined();
    expect((await reviewer().list()).find((each) => each['id'] === id)).toMatchObject({ state: 'pending' });
    expect((await reviewer().approve(id, 'staging')).approval).toMatchObject({ state: 'approved' });
    await reviewer().refuse(id);
    expect(fleet.changes()).toEqual([]);
  });

  test('is given once, whoever comes first, and only by those who may', async () => {
    const { call } = await connectHttp({ url: server.url, token: tokens.oncall });
    const id = await park({ call });
    expect(await approverWith(server.url, tokens.guest).approve(id)).toMatchObject({ status: 403 });
    expect(await approverWith(server.url, 'pgf_no-such-token').approve(id)).toMatchObject({ status: 401 });
    const verdicts = await Promise.all([
      reviewer().approve(id),
      reviewer().refuse(id),
      reviewer().approve(id),
      reviewer().refuse(id),
    ]);
    expect(verdicts.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(verdicts.filter(({ status }) => status === 409)).toHaveLength(3);
    const done = await call('confirm_operation', { approval_id: id });
    const isApproved = verdicts.some(({ approval }) => approval?.['state'] === 'approved');
    expect(done.isError).toBe(!isApproved);
    expect(restarts()).toHaveLength(isApproved ? 1 : 0);
  });

  test.each([
    ['that does not exist', '00000000-0000-4000-8000-000000000000'],
    ['whose id is none', '../../etc/passwd'],
  ])('%s is refused', async (_, approval_id) => {
    const { call } = await connectHttp({ url: server.url, token: tokens.oncall });
    expect((await call('confirm_operation', { approval_id })).isError).toBe(true);
    expect(fleet.changes()).toEqual([]);
  });

  test("on a machine of one's own is given with the one-time code that was printed", async () => {
    const own = await startHttp({ fleet, env: { PGFLEET_CONFIRM: 'human' } });
    const code = own.code();
    const { call } = await connectHttp({ url: own.url });
    const { data } = await call(restart, { dbInstanceId: analytics });
    const id = String(data['approval_id']);
    const person = await localApprover(own.url, code);
    expect((await person.approve(id)).approval).toMatchObject({ state: 'approved' });
    expect((await call('confirm_operation', { approval_id: id })).isError).toBe(false);
    expect(restarts()).toHaveLength(1);
    // The code is used up, and another one is shown.
    expect((await (await localApprover(own.url, code)).approve(id)).status).toBe(401);
    expect(own.code()).not.toBe(code);
  });

  test("of a call of one's own does not count where the policy wants four eyes", async () => {
    const rules = policyOf({ rules: [{ effect: 'human', tools: [restart], fourEyes: true }] });
    const { url } = await startHttp({ fleet, env: { ...env, ...rules } });
    const { call } = await connectHttp({ url, token: tokens.oncall });
    const id = String((await call(restart, { dbInstanceId: analytics })).data['approval_id']);
    expect((await approverWith(url, tokens.oncall).approve(id)).error?.message).toContain('second person');
    expect((await approverWith(url, tokens.reviewer).approve(id)).approval).toMatchObject({ state: 'approved' });
  });
});

describe.each(['2026', '2025'] as const)('a client of %s that can open pages', (peer) => {
  const opening = async (open: (id: string) => Promise<ElicitResult>) => {
    const pages: string[] = [];
    const answer = async (question: Question) => {
      const { url } = question as { url?: string };
      pages.push(url ?? 'a form');
      return open(url?.split('/').at(-1) ?? '');
    };
    const capabilities = { elicitation: { url: {} } };
    const connection = await connectHttp({ url: server.url, peer, token: tokens.oncall, capabilities, answer });
    return { ...connection, pages };
  };

  test('is offered the page, and the call goes on once it was approved there', async () => {
    const { call, pages } = await opening(async (id) => {
      await reviewer().approve(id);
      return { action: 'accept' };
    });
    const result = await call(restart, { dbInstanceId: analytics });
    expect(result.isError).toBe(false);
    expect(pages).toEqual([expect.stringContaining(`${server.url}/approvals/`)]);
    expect(restarts()).toHaveLength(1);
  });

  test('takes the call back when its person does not want to open the page', async () => {
    const parked: string[] = [];
    const { call } = await opening(async (id) => {
      parked.push(id);
      return { action: 'decline' };
    });
    const result = await call(restart, { dbInstanceId: analytics });
    expect(result).toMatchObject({ isError: true, text: expect.stringContaining('Nothing was sent') });
    expect((await reviewer().approve(parked[0] ?? '')).approval).toBeUndefined();
    expect(restarts()).toEqual([]);
  });

  test('that says its person has opened the page has not approved by that', async () => {
    const { call } = await opening(async () => ({ action: 'accept' }));
    const calling = call(restart, { dbInstanceId: analytics });
    const pending = async () => (await reviewer().list()).filter(({ state }) => state === 'pending');
    await expect.poll(async () => (await pending()).length).toBeGreaterThanOrEqual(1);
    expect(restarts()).toEqual([]);
    for (const { id } of await pending()) await reviewer().refuse(String(id), 'Not now.');
    expect(await calling).toMatchObject({ isError: true, text: expect.stringContaining('Not now.') });
    expect(restarts()).toEqual([]);
  });
});
