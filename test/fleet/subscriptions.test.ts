import type { Client } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import { dispatch } from '../../src/call/builtin/dispatch.js';
import { builtinTools } from '../../src/call/builtin/index.js';
import { clientOf, type Parts, serveParts, settle, startParts } from './serving.js';

const instancesUri = 'pgfleet://fleet/instances';

async function instanceNamed({ fleet }: Parts, name: string) {
  const { instances } = await fleet.inventory(true);
  const found = instances.find((instance) => instance.provider === 'nhn' && instance.name === name);
  if (!found) throw new Error(`The emulator has no ${name}.`);
  return { id: found.id, uri: `pgfleet://nhn/instances/${found.id}` };
}

/** Something happens at the provider, and the pause of the watch ends. */
async function change({ client, parts, timer }: Pick<Awaited<ReturnType<typeof setUp>>, 'client' | 'parts' | 'timer'>) {
  const { id } = await instanceNamed(parts, 'staging');
  const start = { name: 'nhn_start_db_instance', arguments: { dbInstanceId: id } };
  await (client as Client).callTool(start);
  await settle();
  const struck = timer.strike();
  await settle();
  return struck;
}

async function setUp(peer: '2026' | '2025' | 'former SDK') {
  const served = await serveParts(startParts());
  const { client, told } = await clientOf(served, peer);
  const staging = await instanceNamed(served.parts, 'staging');
  const other = await instanceNamed(served.parts, 'analytics');
  return { ...served, client, told, staging, other };
}

describe.each(['2025', 'former SDK'] as const)('with a client of the kind %s', (peer) => {
  test('a change is told to those who subscribed to it, until they unsubscribe', async () => {
    const setting = await setUp(peer);
    const { client, told, staging, other, timer } = setting;
    for (const uri of [staging.uri, other.uri, instancesUri]) await client.subscribeResource({ uri });
    expect(await change(setting)).toBe(true);
    expect(told.toSorted()).toEqual([instancesUri, staging.uri].toSorted());
    for (const uri of [staging.uri, other.uri, instancesUri]) await client.unsubscribeResource({ uri });
    await settle();
    expect(timer.strike()).toBe(false);
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
    const { told, staging, other, timer } = setting;
    const client = setting.client as Client;
    const first = await client.listen({ resourceSubscriptions: [staging.uri] });
    const second = await client.listen({ resourceSubscriptions: [other.uri, instancesUri] });
    expect(first.honoredFilter).toEqual({ resourceSubscriptions: [staging.uri] });
    expect(await change(setting)).toBe(true);
    expect(told.toSorted()).toEqual([instancesUri, staging.uri].toSorted());
    await first.close();
    await settle();
    expect(timer.strike()).toBe(true);
    await settle();
    await second.close();
    await settle();
    expect(timer.strike()).toBe(false);
  });

  test('a gone instance changes the list', async () => {
    const { client, told, timer, parts, staging } = await setUp('2026');
    await (client as Client).listen({ resourcesListChanged: true });
    await settle();
    const { context, emulator } = parts;
    const caller = {
      id: 'other',
      name: 'other',
      groups: [],
      client: 'other',
      canBeAsked: false,
      canOpenPages: false,
      answer: {},
    };
    const call = { name: 'nhn_delete_db_instance', args: { dbInstanceId: staging.id }, caller };
    await dispatch(call, builtinTools, { ...context, mode: 'off' });
    emulator.world.advance(3_600_000);
    timer.strike();
    await settle();
    expect(told).toEqual(['notifications/resources/list_changed']);
  });
});

test.each(['2026', '2025'] as const)(
  'nobody is looked for before somebody subscribes, or after it left (%s)',
  async (peer) => {
    const served = await serveParts(startParts());
    const { client } = await clientOf(served, peer);
    await client.listResources();
    await settle();
    expect(served.timer.strike()).toBe(false);
    if (peer === '2026') await (client as Client).listen({ resourceSubscriptions: [instancesUri] });
    else await client.subscribeResource({ uri: instancesUri });
    await client.close();
    await settle();
    expect(served.timer.strike()).toBe(false);
  },
);
