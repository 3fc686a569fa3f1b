import type { Client } from '@modelcontextprotocol/client';
import type { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type HandClock, handClock } from '../../support/clock.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, type HttpConnection, type HttpPeer, httpPeers } from '../support/connect-http.js';
import { rawHttp } from '../support/raw-http.js';
import { startHttp } from '../support/start-http.js';

/** A look at the fleet begins every 4 to 6 seconds. */
const env = { PGFLEET_POLL_SECONDS: '5' };
const pauseMilliseconds = 6_000;
const open = 'pgfleet_subscriptions_open';

const looks = ({ sent }: Fleet) => sent.filter((line) => line === 'GET /v1.0/db-instances').length;

/** Turns the clock until the next look is due, and counts them. */
async function lookAgain(clock: HandClock, fleet: Fleet): Promise<number> {
  await clock.turn(pauseMilliseconds);
  return looks(fleet);
}

/** Subscribes in the way of the client's era; gives the way to end it. */
async function subscribe({ client }: HttpConnection, peer: HttpPeer, uri: string): Promise<() => Promise<unknown>> {
  if (peer === '2026') {
    const listening = await (client as Client).listen({ resourceSubscriptions: [uri] });
    return () => listening.close();
  }
  const older = client as OlderClient;
  await older.subscribeResource({ uri });
  return () => older.unsubscribeResource({ uri });
}

test('a change reaches clients of each kind, and of two instances only the one that changed is told', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const clock = handClock();
  const { url, metric } = await startHttp({ fleet, env, clock });
  const { call } = await connectHttp({ url });
  const uriOf = async (name: string) => `pgfleet://nhn/instances/${(await instanceNamed(call, name)).dbInstanceId}`;
  const [staging, analytics] = [await uriOf('staging'), await uriOf('analytics')];
  const before = looks(fleet);
  const connections = await Promise.all(
    httpPeers.map(async (peer) => {
      const connection = await connectHttp({ url, peer });
      const leaves = [
        await subscribe(connection, peer, staging),
        ...(peer === '2026' ? [] : [await subscribe(connection, peer, analytics)]),
      ];
      return { ...connection, leave: async () => Promise.all(leaves.map((leave) => leave())) };
    }),
  );
  // With the second look, the first has ended: there is something to compare with.
  await expect.poll(() => lookAgain(clock, fleet)).toBeGreaterThanOrEqual(before + 2);
  await call('nhn_start_db_instance', { dbInstanceId: staging.split('/').at(-1) });
  await expect
    .poll(async () => {
      await clock.turn(pauseMilliseconds);
      return connections.every(({ told }) => told.includes(staging));
    })
    .toBe(true);
  for (const { told } of connections) expect(new Set(told)).toEqual(new Set([staging]));
  await Promise.all(connections.map(({ leave }) => leave()));
  await expect.poll(() => metric(open)).toBe(0);
});

test('nobody looks at the fleet when nobody listens any more, however the listeners left', async () => {
  const clock = handClock();
  const [quiet, watched] = [await startFleet({ providers: ['nhn'] }), await startFleet({ providers: ['nhn'] })];
  const left = await startHttp({ fleet: quiet, env, clock });
  for (const peer of httpPeers) {
    const connection = await connectHttp({ url: left.url, peer });
    await subscribe(connection, peer, 'pgfleet://fleet/instances');
    await connection.close();
  }
  await expect.poll(() => left.metric(open)).toBe(0);

  // On the same clock, another server looks again and again.
  const { url } = await startHttp({ fleet: watched, env, clock });
  const listener = await connectHttp({ url });
  await subscribe(listener, '2026', 'pgfleet://fleet/instances');
  await expect.poll(() => looks(watched)).toBeGreaterThanOrEqual(1);
  quiet.sent.length = 0;
  await expect.poll(() => lookAgain(clock, watched)).toBeGreaterThanOrEqual(4);
  expect(quiet.sent).toEqual([]);
});

test('a client of 2025 whose stream broke off opens it anew at once', async () => {
  // So that the sign of life that is sent on such a stream now and then never comes.
  vi.useFakeTimers({ toFake: ['setInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { url, metric } = await startHttp();
  const { session, request } = await rawHttp({ url, era: '2025' });
  await request('resources/subscribe', { uri: 'pgfleet://fleet/instances' });
  const headers = { accept: 'text/event-stream', 'mcp-session-id': session ?? '' };
  for (let times = 0; times < 3; times += 1) {
    const control = new AbortController();
    const { status } = await fetch(`${url}/mcp`, { headers, signal: control.signal });
    expect(status).toBe(200);
    expect(await metric(open)).toBe(1);
    control.abort();
    await expect.poll(() => metric(open)).toBe(0);
  }
});
