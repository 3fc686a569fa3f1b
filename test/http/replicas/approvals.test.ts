import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../src/store/index.js';
import { endOfFile } from '../../support/end-of-file.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, httpPeers } from '../support/connect-http.js';
import { approverWith, policyOf, tokensFor } from '../support/people.js';
import { startHttp } from '../support/start-http.js';
import { type Pair, startPair } from './pair.js';

const end = endOfFile();
const people = tokensFor({ oncall: {}, guest: {}, reviewer: { scopes: ['pgfleet:read', 'pgfleet:approve'] } });
const { oncall, guest, reviewer } = people.tokens;
let pair: Pair;
let dbInstanceId: string;
beforeAll(async () => {
  pair = await startPair({ end, env: { ...people.env, PGFLEET_CONFIRM: 'human' } });
  const { call } = await connectHttp({ url: pair.a.url, token: oncall, end });
  ({ dbInstanceId } = await instanceNamed(call, 'analytics'));
});

const restart = 'nhn_restart_db_instance';

/** What the work changed; restarts end before the next story. */
async function changedBy(work: () => Promise<void>): Promise<string[]> {
  const before = pair.fleet.changes().length;
  await work();
  const changes = pair.fleet.changes().slice(before);
  pair.fleet.world.advance(3_600_000);
  return changes;
}

const once = () => [`POST /v1.0/db-instances/${dbInstanceId}/restart`];
const kimAt = ({ url }: { url: string }) => approverWith(url, reviewer);
const pendingAt = async (replica: { url: string }) =>
  (await kimAt(replica).list()).filter(({ state }) => state === 'pending').map(({ id }) => String(id));

test('a call parked at one replica is shown and approved at the other, and carried out once by either', async () => {
  const [atA, atB] = [
    await connectHttp({ url: pair.a.url, token: oncall }),
    await connectHttp({ url: pair.b.url, token: oncall }),
  ];
  const changes = await changedBy(async () => {
    const parked = await atA.call(restart, { dbInstanceId });
    const id = String(parked.data['approval_id']);
    expect(parked.data).toMatchObject({ status: 'approval_pending', approval_url: `${pair.url}/approvals/${id}` });
    expect(await pendingAt(pair.b)).toEqual([id]);
    expect(await kimAt(pair.b).approve(id)).toMatchObject({ status: 200, approval: { state: 'approved' } });
    expect(await kimAt(pair.a).approve(id)).toMatchObject({ status: 409 });

    const args = { approval_id: id };
    const stranger = await connectHttp({ url: pair.b.url, token: guest });
    expect((await stranger.call('confirm_operation', args)).isError).toBe(true);
    const results = await Promise.all([atA, atB, atA, atB].map((each) => each.call('confirm_operation', args)));
    expect(results.filter((result) => !result.isError)).toHaveLength(1);
    expect((await atB.call('confirm_operation', args)).text).toContain('already');
  });
  expect(changes).toEqual(once());
});

describe.each(httpPeers)('a client of the kind %s', (peer) => {
  test('that waits at one replica is released by an approval at the other', async () => {
    const { call } = await connectHttp({ url: pair.a.url, token: oncall, peer });
    const heard: string[] = [];
    const changes = await changedBy(async () => {
      const onprogress = ({ message = '' }: { message?: string }) => void heard.push(message);
      const calling = call(restart, { dbInstanceId }, { onprogress });
      await expect.poll(() => heard).toEqual([expect.stringContaining('waiting for a person')]);
      const [id = ''] = await pendingAt(pair.b);
      expect(heard[0]).toContain(id);
      expect((await kimAt(pair.b).approve(id)).status).toBe(200);
      expect(await calling).toMatchObject({ isError: false, data: { pgfleet: expect.anything() } });
    });
    expect(changes).toEqual(once());
  });
});

test('a refusal at the other replica ends the call that waits, with the reason', async () => {
  const { call } = await connectHttp({ url: pair.a.url, token: oncall });
  const changes = await changedBy(async () => {
    const { data } = await call(restart, { dbInstanceId });
    const id = String(data['approval_id']);
    const waiting = call('confirm_operation', { approval_id: id });
    await kimAt(pair.b).refuse(id, 'Not before the freeze ends');
    expect(await waiting).toMatchObject({ isError: true, text: expect.stringContaining('Not before the freeze ends') });
  });
  expect(changes).toEqual([]);
});

test('what is written into the store by others approves nothing', async () => {
  const { call } = await connectHttp({ url: pair.a.url, token: oncall });
  const store = await openStore({ url: pair.redis.url, now: () => Date.now(), log: () => undefined });
  onTestFinished(() => store.close());
  const changes = await changedBy(async () => {
    const id = String((await call(restart, { dbInstanceId })).data['approval_id']);
    const written = await store.get('approval', id);
    const expires = Date.now() + 600_000;
    for (const [kind, next] of [
      ['with its state changed', written?.replace('"pending"', '"approved"')],
      ['without a signature', written?.slice(written.indexOf('{')).replace('"pending"', '"approved"')],
      ['that is no record', 'approved'],
    ]) {
      await store.compareAndSet('approval', id, { previous: await store.get('approval', id), next, expires });
      expect(await call('confirm_operation', { approval_id: id }), kind).toMatchObject({ isError: true });
      expect((await kimAt(pair.b).list()).map((each) => each['id'])).not.toContain(id);
    }
  });
  expect(changes).toEqual([]);
});

test('approvals need a key that does not lie in the store', async () => {
  const env = { ...people.env, PGFLEET_STORE: pair.redis.url };
  await expect(startHttp({ env: { ...env, PGFLEET_CONFIRM: 'human' } })).rejects.toThrow(/PGFLEET_KEY.*openssl rand/);
  const policy = policyOf({ rules: [{ effect: 'human', risks: ['destructive'] }] });
  await expect(startHttp({ env: { ...env, ...policy } })).rejects.toThrow('PGFLEET_KEY');
});

test('of two who decide at both replicas at the same moment, one does', async () => {
  const { call } = await connectHttp({ url: pair.a.url, token: oncall });
  const { data } = await call(restart, { dbInstanceId });
  const id = String(data['approval_id']);
  const [yes, no] = await Promise.all([kimAt(pair.a).approve(id), kimAt(pair.b).refuse(id, 'No')]);
  expect(new Set([yes.status, no.status])).toEqual(new Set([200, 409]));
  const [approval] = (await kimAt(pair.b).list()).filter((each) => each['id'] === id);
  expect(approval?.['state']).toBe(yes.status === 200 ? 'approved' : 'refused');
});

test('the same call made at both replicas at the same moment waits for one approval', async () => {
  const calls = [pair.a, pair.b].map(async ({ url }) => (await connectHttp({ url, token: guest })).call);
  const parked = await Promise.all(calls.map(async (call) => (await call)(restart, { dbInstanceId })));
  const ids = parked.map(({ data }) => data['approval_id']);
  expect(new Set(ids).size).toBe(1);
  expect(await pendingAt(pair.a)).toEqual([ids[0]]);
});
