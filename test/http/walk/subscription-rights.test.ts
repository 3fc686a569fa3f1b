import type { Client } from '@modelcontextprotocol/client';
import type { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { expect, test } from 'vitest';
import { handClock } from '../../support/clock.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, type HttpConnection, type HttpPeer, httpPeers } from '../support/connect-http.js';
import { grant, policyOf, tokensFor } from '../support/people.js';
import { rawHttp } from '../support/raw-http.js';
import { startHttp } from '../support/start-http.js';

const pauseMilliseconds = 6_000;
const policy = policyOf({
  rules: [{ effect: 'deny', caller: { groups: ['guests'] }, instances: ['staging'], reason: 'Not for guests.' }],
});

async function setUp() {
  const { env, tokens } = tokensFor({ oncall: {}, trainee: {}, guest: { groups: ['guests'] } });
  const fleet = await startFleet({ providers: ['nhn'] });
  const clock = handClock();
  const settings = { PGFLEET_POLL_SECONDS: '5', PGFLEET_CONFIRM: 'off' };
  const { url, metric } = await startHttp({ fleet, env: { ...env, ...policy, ...settings }, clock });
  const as = (who: keyof typeof tokens, peer: HttpPeer = '2026') => connectHttp({ url, peer, token: tokens[who] });
  const { call } = await as('oncall');
  const idOf = async (name: string) => (await instanceNamed(call, name)).dbInstanceId;
  const ids = { staging: await idOf('staging'), analytics: await idOf('analytics') };
  return {
    env,
    tokens,
    url,
    ids,
    as,
    call,
    /** How many addresses are listened to. */
    open: () => metric('pgfleet_subscriptions_open', tokens.oncall),
    lookAgain: () => clock.turn(pauseMilliseconds),
  };
}

const uriOf = (id: string) => `pgfleet://nhn/instances/${id}`;

/** Subscribes in the way of the client's era. */
async function subscribe({ client }: HttpConnection, peer: HttpPeer, uris: string[]): Promise<void> {
  if (peer === '2026') await (client as Client).listen({ resourceSubscriptions: uris });
  else for (const uri of uris) await (client as OlderClient).subscribeResource({ uri });
}

test.each(httpPeers)('what somebody may not read is not subscribed to by a client of the kind %s', async (peer) => {
  const { as, ids, open } = await setUp();
  const guest = await as('guest', peer);
  const denied = uriOf(ids.staging);
  if (peer === '2026') await subscribe(guest, peer, [denied, uriOf(ids.analytics)]);
  else await expect((guest.client as OlderClient).subscribeResource({ uri: denied })).rejects.toThrow('not found');
  await expect.poll(open).toBe(peer === '2026' ? 1 : 0);
});

test.each(httpPeers)(
  'who may not read it any more is not told, on a stream of a client of the kind %s',
  async (peer) => {
    const { as, ids, env, call, lookAgain } = await setUp();
    const [oncall, trainee] = [await as('oncall', peer), await as('trainee', peer)];
    const uris = [uriOf(ids.staging), uriOf(ids.analytics)];
    for (const each of [oncall, trainee]) await subscribe(each, peer, uris);
    /** Turns the clock until both were told of the one, and a further look is over. */
    const until = async (told: () => boolean) => {
      await expect.poll(async () => lookAgain().then(told)).toBe(true);
      await lookAgain();
    };
    await lookAgain();
    await call('nhn_restart_db_instance', { dbInstanceId: ids.analytics });
    await until(() => [oncall, trainee].every((each) => each.told.includes(uriOf(ids.analytics))));

    grant(env, 'trainee', { groups: ['guests'] });
    const isDenied = async () => (await trainee.call('fleet_get_instance', { instance: 'staging' })).isError;
    await expect.poll(async () => lookAgain().then(isDenied)).toBe(true);
    await call('nhn_start_db_instance', { dbInstanceId: ids.staging });
    await until(() => oncall.told.includes(uriOf(ids.staging)));
    expect(trainee.told).not.toContain(uriOf(ids.staging));
  },
);

test('a stream whose caller may read nothing any more ends with the next change', async () => {
  const { url, tokens, env, ids, as, call, lookAgain, open } = await setUp();
  const params = { notifications: { resourceSubscriptions: [uriOf(ids.staging)] } };
  const { request } = await rawHttp({ url, token: tokens.trainee });
  const stream = request('subscriptions/listen', params);
  await expect.poll(open).toBe(1);
  grant(env, 'trainee', { scopes: ['pgfleet:write'] });
  const isRefused = () =>
    as('trainee').then(
      () => false,
      () => true,
    );
  await expect.poll(async () => lookAgain().then(isRefused)).toBe(true);
  await call('nhn_start_db_instance', { dbInstanceId: ids.staging });
  await expect.poll(async () => lookAgain().then(open)).toBe(0);
  expect((await stream).frames.map(({ method }) => method)).not.toContain('notifications/resources/updated');
});
