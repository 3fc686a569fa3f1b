import { expect, test } from 'vitest';
import { instanceNamed } from '../../support/nhn.js';
import { saying } from '../../support/raw.js';
import { connectHttp } from '../support/connect-http.js';
import { approverWith, tokensFor } from '../support/people.js';
import { rawHttp } from '../support/raw-http.js';
import { startPair } from './pair.js';

const restart = 'nhn_restart_db_instance';
const people = tokensFor({ oncall: {}, reviewer: { scopes: ['pgfleet:read', 'pgfleet:approve'] } });
const { oncall, reviewer } = people.tokens;
const human = { ...people.env, PGFLEET_CONFIRM: 'human' };

const findOut = /used already.*target or the audit record/;

test('killed in mid-call: the change was sent once, and whoever comes back learns how to find out', async () => {
  const { a, b, fleet } = await startPair({ process: true });
  const [atA, atB] = [await rawHttp({ url: a.url }), await rawHttp({ url: b.url })];
  const { dbInstanceId } = await instanceNamed((await connectHttp({ url: b.url })).call, 'analytics');
  const { result } = await atA.call(restart, { dbInstanceId });
  const yes = {
    inputResponses: { confirm: { action: 'accept', content: { confirm: true } } },
    requestState: result?.['requestState'],
  };
  const { carriedOut } = a.holdBack(/^POST .*db-instances/);
  const lost = atA.call(restart, { dbInstanceId }, yes).catch((error: unknown) => error);
  await carriedOut();
  await a.kill();
  expect(await lost).toBeInstanceOf(TypeError);

  const again = await atB.call(restart, { dbInstanceId }, yes);
  expect(again.result?.['isError']).toBe(true);
  expect(saying(again)).toMatch(findOut);
  expect(fleet.changes()).toEqual([`POST /v1.0/db-instances/${dbInstanceId}/restart`]);
  expect(a.audit()).toMatchObject([{ event: 'attempt', tool: restart, target: dbInstanceId }]);
});

test('killed in mid-call behind the proxy: the client is told that it failed, and nothing is sent again', async () => {
  const { a, b, url, proxy, fleet } = await startPair({ process: true });
  const { call } = await connectHttp({ url: a.url });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { data } = await call(restart, { dbInstanceId });
  const token = { confirmation_token: data['confirmation_token'] };
  const { carriedOut } = a.holdBack(/^POST .*db-instances/);
  const through = await rawHttp({ url });
  const lost = through.request('tools/call', { name: 'confirm_operation', arguments: token });
  await carriedOut();
  await a.kill();
  expect((await lost).status).toBe(502);
  const again = await through.call('confirm_operation', token);
  expect(proxy.passed.at(-1)).toBe(`POST /mcp -> ${b.url}`);
  expect(saying(again)).toMatch(findOut);
  expect(fleet.changes()).toHaveLength(1);
});

test('an approval that was given survives the replica at which the call was parked and approved', async () => {
  const { a, b, fleet } = await startPair({ env: human, process: true });
  const { call } = await connectHttp({ url: a.url, token: oncall });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { data } = await call(restart, { dbInstanceId });
  const id = String(data['approval_id']);
  expect((await approverWith(a.url, reviewer).approve(id)).status).toBe(200);
  await a.kill();
  expect(await approverWith(b.url, reviewer).list()).toMatchObject([{ id, state: 'approved' }]);
  const atB = await connectHttp({ url: b.url, token: oncall });
  expect((await atB.call('confirm_operation', { approval_id: id })).isError).toBe(false);
  expect(fleet.changes()).toEqual([`POST /v1.0/db-instances/${dbInstanceId}/restart`]);
  expect(b.audit()).toMatchObject([{ event: 'attempt', approver: 'reviewer' }, { event: 'outcome' }]);
});

test('whoever waited at a replica that was killed waits on at the other', async () => {
  const { a, b, fleet } = await startPair({ env: human, process: true });
  const { call } = await connectHttp({ url: a.url, token: oncall });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { data } = await call(restart, { dbInstanceId });
  const args = { approval_id: String(data['approval_id']) };
  const lost = call('confirm_operation', args).catch((error: unknown) => error);
  await a.kill();
  expect(await lost).toBeInstanceOf(Error);
  const atB = await connectHttp({ url: b.url, token: oncall });
  const waiting = atB.call('confirm_operation', args);
  expect((await approverWith(b.url, reviewer).approve(args.approval_id)).status).toBe(200);
  expect((await waiting).isError).toBe(false);
  expect(fleet.changes()).toHaveLength(1);
});

test('an approval whose call was begun by a replica that died does not count a second time', async () => {
  const { a, b, fleet } = await startPair({ env: human, process: true });
  const [atA, atB] = [
    await connectHttp({ url: a.url, token: oncall }),
    await connectHttp({ url: b.url, token: oncall }),
  ];
  const { dbInstanceId } = await instanceNamed(atA.call, 'analytics');
  const { data } = await atA.call(restart, { dbInstanceId });
  const args = { approval_id: String(data['approval_id']) };
  await approverWith(b.url, reviewer).approve(args.approval_id);
  const { carriedOut } = a.holdBack(/^POST .*db-instances/);
  const lost = atA.call('confirm_operation', args).catch((error: unknown) => error);
  await carriedOut();
  await a.kill();
  expect(await lost).toBeInstanceOf(Error);
  expect((await atB.call('confirm_operation', args)).text).toMatch(findOut);
  expect(fleet.changes()).toHaveLength(1);
});
