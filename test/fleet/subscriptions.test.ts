import type { Client } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import { policyOf } from '../http/support/people.js';
import { handClock, settle } from '../support/clock.js';
import { connect, type Peer } from '../support/connect.js';
import { startFleet } from '../support/fleet.js';
import { instanceNamed } from '../support/nhn.js';

const instancesUri = 'pgfleet://fleet/instances';

/** Looks are 30 seconds apart, give or take a fifth; nothing else waits for as long. */
const untilNextLook = { least: 24_000, most: 36_000 };

async function setUp(peer: Peer, env: Record<string, string> = {}) {
  const clock = handClock();
  const fleet = await startFleet({ providers: ['nhn'] });
  const connection = await connect({ fleet, peer, clock, env: { PGFLEET_CONFIRM: 'off', ...env } });
  const place = async (name: string) => {
    const { dbInstanceId: id } = await instanceNamed(connection.call, name);
    return { id, uri: `pgfleet://nhn/instances/${id}` };
  };
  const [staging, other] = [await place('staging'), await place('analytics')];
  return {
    ...connection,
    fleet,
    clock,
    staging,
    other,
    /** Resolves once the fleet has been looked at, and will be again. */
    looked: () => clock.awaited(untilNextLook.least),
    /** Whether the fleet is going to be looked at again. */
    isWatched: () => clock.waits().length > 0,
    lookAgain: () => clock.turn(untilNextLook.most),
  };
}

/** Something happens at the provider, and the pause of the watch ends. */
async function change({ call, staging, looked, lookAgain }: Awaited<ReturnType<typeof setUp>>): Promise<void> {
  await looked();
  await call('nhn_start_db_instance', { dbInstanceId: staging.id });
  await lookAgain();
}

describe.each(['2025', 'former SDK'] as const)('with a client of the kind %s', (peer) => {
  test('a change is told to those who subscribed to it, until they unsubscribe', async () => {
    const setting = await setUp(peer);
    const { client, told, heard, looked, isWatched, staging, other } = setting;
    for (const uri of [staging.uri, other.uri, instancesUri]) await client.subscribeResource({ uri });
    await change(setting);
    await Promise.all([heard(instancesUri), heard(staging.uri), looked()]);
    expect(told.toSorted()).toEqual([instancesUri, staging.uri].toSorted());
    for (const uri of [staging.uri, other.uri, instancesUri]) await client.unsubscribeResource({ uri });
    expect(isWatched()).toBe(false);
  });

  test('what cannot change is not found', async () => {
    const { client } = await setUp(peer);
    const uri = 'pgfleet://operations/nhn_list_db_instances';
    await expect(client.subscribeResource({ uri })).rejects.toMatchObject({ code: -32602 });
  });
});

describe('with a client of the kind 2026', () => {
  test('a change is told on the streams that listen for it, until they close', async () => {
    const setting = await setUp('2026');
    const { told, heard, looked, isWatched, staging, other } = setting;
    const client = setting.client as Client;
    const first = await client.listen({ resourceSubscriptions: [staging.uri] });
    const second = await client.listen({ resourceSubscriptions: [other.uri, instancesUri] });
    expect(first.honoredFilter).toEqual({ resourceSubscriptions: [staging.uri] });
    await change(setting);
    await Promise.all([heard(instancesUri), heard(staging.uri), looked()]);
    expect(told.toSorted()).toEqual([instancesUri, staging.uri].toSorted());
    await first.close();
    await settle();
    expect(isWatched()).toBe(true);
    await second.close();
    await settle();
    expect(isWatched()).toBe(false);
  });

  test('a gone instance changes the list', async () => {
    const { client, call, told, heard, looked, lookAgain, fleet, staging } = await setUp('2026');
    await (client as Client).listen({ resourcesListChanged: true });
    await looked();
    expect((await call('nhn_delete_db_instance', { dbInstanceId: staging.id })).isError).toBe(false);
    fleet.world.advance(3_600_000);
    await lookAgain();
    await heard('notifications/resources/list_changed');
    await looked();
    expect(told).toEqual(['notifications/resources/list_changed']);
  });
});

test('over stdio too, what the policy denies is not told', async () => {
  const policy = policyOf({ rules: [{ effect: 'deny', risks: ['read'], tools: ['fleet_*'], instances: ['staging'] }] });
  const setting = await setUp('2026', policy);
  const { client, told, heard, looked, lookAgain, fleet, other, call } = setting;
  await (client as Client).listen({ resourceSubscriptions: [setting.staging.uri, other.uri] });
  await change(setting);
  await call('nhn_restart_db_instance', { dbInstanceId: other.id });
  fleet.world.advance(1_000);
  await lookAgain();
  await Promise.all([heard(other.uri), looked()]);
  expect(new Set(told)).toEqual(new Set([other.uri]));

  const older = (await setUp('2025', policy)).client;
  await expect(older.subscribeResource({ uri: setting.staging.uri })).rejects.toMatchObject({ code: -32602 });
});

test.each(['2026', '2025'] as const)(
  'nobody is looked for before somebody subscribes, or after it left (%s)',
  async (peer) => {
    const { client, looked, isWatched } = await setUp(peer);
    await client.listResources();
    expect(isWatched()).toBe(false);
    if (peer === '2026') await (client as Client).listen({ resourceSubscriptions: [instancesUri] });
    else await client.subscribeResource({ uri: instancesUri });
    await looked();
    await client.close();
    await settle();
    expect(isWatched()).toBe(false);
  },
);
