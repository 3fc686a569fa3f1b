import { expect, test } from 'vitest';
import { startPair } from '../../http/replicas/pair.js';
import { connectHttp } from '../../http/support/connect-http.js';
import { approverWith, tokensFor } from '../../http/support/people.js';
import { instanceNamed } from '../../support/nhn.js';
import { hooksTo, startReceiver } from './receiver.js';

const people = tokensFor({ oncall: {}, reviewer: { scopes: ['pgfleet:read', 'pgfleet:approve'] } });
const { oncall, reviewer } = people.tokens;
const restart = 'nhn_restart_db_instance';
const confirm = 'confirm_operation';

test('a target that is away and a replica that is killed in mid-call lose nothing, and keep the order', async () => {
  const receiver = await startReceiver();
  const env = { ...people.env, PGFLEET_CONFIRM: 'human', ...hooksTo(receiver) };
  const { a, b, url } = await startPair({ env, process: true });
  const { call } = await connectHttp({ url: a.url, token: oncall });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  await receiver.stop();

  const { data } = await call(restart, { dbInstanceId });
  const approval = { approval_id: String(data['approval_id']) };
  await approverWith(a.url, reviewer).approve(approval.approval_id);
  const { carriedOut } = a.holdBack(/^POST .*db-instances/);
  const lost = call(confirm, approval).catch((error: unknown) => error);
  await carriedOut();
  await a.kill();
  expect(await lost).toBeInstanceOf(Error);
  // The other one goes on working meanwhile, on another instance.
  const atB = await connectHttp({ url: b.url, token: oncall });
  const staging = await instanceNamed(atB.call, 'staging');
  await atB.call('nhn_start_db_instance', { dbInstanceId: staging.dbInstanceId });

  await receiver.start();
  await receiver.heard('audit.written', 4);
  const told = receiver.received
    .filter(({ data: { instances } }) => (instances as string[])[0] === `nhn:${dbInstanceId}`)
    .map(({ type, data: { event, state } }) => [type, event ?? state]);
  expect(told).toEqual([
    ['approval.requested', undefined],
    ['audit.written', 'decision'],
    ['approval.decided', 'approved'],
    ['audit.written', 'attempt'],
  ]);
  expect(receiver.received[0]?.data['link']).toBe(`${url}/approvals/${approval.approval_id}`);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(receiver.received.length);
}, 90_000);

test('with two replicas an event is sent once, whichever wrote it', async () => {
  const receiver = await startReceiver();
  const { a, b } = await startPair({ env: { ...people.env, ...hooksTo(receiver) } });
  for (const { url } of [a, b]) {
    const { call } = await connectHttp({ url, token: oncall, answer: 'yes' });
    const { dbInstanceId } = await instanceNamed(call, 'analytics');
    await call('nhn_modify_db_instance', { dbInstanceId, description: `by ${url}` });
  }
  await receiver.heard('audit.written', 4);
  expect(receiver.received.map(({ data }) => data['event'])).toEqual(['attempt', 'outcome', 'attempt', 'outcome']);
  expect(new Set(receiver.tries).size).toBe(4);
}, 60_000);
