import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/cli/system.js';
import { connectHttp } from '../../http/support/connect-http.js';
import { approverWith, tokensFor } from '../../http/support/people.js';
import { startHttp } from '../../http/support/start-http.js';
import { fileWith } from '../../support/accounts.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { hooksTo, startReceiver } from './receiver.js';

const people = tokensFor({ oncall: {}, reviewer: { scopes: ['pgfleet:read', 'pgfleet:approve'] } });
const { oncall, reviewer } = people.tokens;
const restart = 'nhn_restart_db_instance';

test('a call that waits, its decision, its record and the end of its job are told, in this order', async () => {
  const [fleet, receiver] = [await startFleet(), await startReceiver()];
  const env = { ...people.env, PGFLEET_CONFIRM: 'human', PGFLEET_POLL_SECONDS: '5', ...hooksTo(receiver) };
  const server = await startHttp({ env, fleet, clock: systemClock });
  const { call } = await connectHttp({ url: server.url, token: oncall });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const reference = `nhn:${dbInstanceId}`;

  const id = String((await call(restart, { dbInstanceId })).data['approval_id']);
  const [requested] = await receiver.heard('approval.requested');
  expect(requested?.data).toMatchObject({
    request: id,
    tool: restart,
    account: 'nhn',
    target: 'analytics',
    caller: 'oncall',
    instances: [reference],
    link: `${server.url}/approvals/${id}`,
  });
  await approverWith(server.url, reviewer).approve(id);
  await call('confirm_operation', { approval_id: id });
  fleet.world.advance(600_000);
  const [ended] = await receiver.heard('job.ended');
  expect(ended?.data).toMatchObject({ tool: restart, instances: [reference], state: 'succeeded' });

  const told = receiver.received.map(({ type, data }) => [type, data['event'] ?? data['state'] ?? '']);
  expect(told).toEqual([
    ['approval.requested', ''],
    ['audit.written', 'decision'],
    ['approval.decided', 'approved'],
    ['audit.written', 'attempt'],
    ['audit.written', 'outcome'],
    ['job.ended', 'succeeded'],
  ]);
  expect(receiver.bodies.join()).not.toMatch(/"(arguments|changes|named|code)":/);
  expect(new Set(receiver.tries).size).toBe(receiver.tries.length);
});

test('what a target that is away has not been told is counted for operators, until it was told', async () => {
  const receiver = await startReceiver();
  await receiver.stop();
  const env = { ...people.env, PGFLEET_CONFIRM: 'human', ...hooksTo(receiver) };
  const server = await startHttp({ env, clock: systemClock });
  const { call } = await connectHttp({ url: server.url, token: oncall });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const headers = { authorization: `Bearer ${oncall}` };
  const waiting = async () => {
    const scraped = await (await fetch(`${server.url}/metrics`, { headers })).text();
    return /^pgfleet_hook_events\{target="ops",state="waiting"\} (\d+)$/m.exec(scraped)?.[1];
  };
  expect(await waiting()).toBe('0');
  await call(restart, { dbInstanceId });
  expect(await waiting()).toBe('1');
  await receiver.start();
  await receiver.heard('approval.requested');
  await expect.poll(waiting).toBe('0');
});

test('a request of which nobody can be told does not wait either', async () => {
  const receiver = await startReceiver();
  // A file stands where the folder of events has to be.
  const record = join(dirname(fileWith('hooks', {})), 'audit.jsonl');
  const env = { ...people.env, PGFLEET_CONFIRM: 'human', PGFLEET_AUDIT_LOG: record, ...hooksTo(receiver) };
  const server = await startHttp({ env, clock: systemClock });
  const { call } = await connectHttp({ url: server.url, token: oncall });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { isError } = await call(restart, { dbInstanceId });
  expect(isError).toBe(true);
  expect(await approverWith(server.url, reviewer).list()).toEqual([]);
});
