import { createClient } from '@redis/client';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { inMemory } from '../../src/store/memory.js';
import type { Store } from '../../src/store/store.js';
import { type HandClock, handClock, settle } from '../support/clock.js';
import { type Redis, startRedis } from '../support/services/redis.js';
import { beat, instance, newWorld, seconds, startReplica } from './replicas.js';

/** Redis is another process, so a story looks again until what it waits for has come about. */
const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 60_000, interval: 20 });

const instances = 'pgfleet://fleet/instances';
const attention = 'pgfleet://fleet/attention';
const ofA = 'pgfleet://one/instances/a';

/** Two processes over one store in memory. */
function startTwo() {
  const clock = handClock();
  const world = newWorld();
  const store = inMemory(clock.now);
  const a = startReplica('a', { store, world, clock });
  return { clock, world, store, a, b: startReplica('b', { store, world, clock }) };
}

async function twoListening() {
  const two = startTwo();
  const first = two.a.listen([ofA]);
  await settle();
  const second = two.b.listen([instances, ofA], true);
  await settle();
  return { ...two, first, second };
}

test('nobody listens, nobody looks, and nothing is waiting', async () => {
  const { clock, store, a, b } = startTwo();
  await clock.turn(10 * beat);
  expect(clock.waits()).toEqual([]);
  const first = a.listen([instances]);
  await settle();
  expect(a.looks.inventory).toBe(1);
  first.leave();
  await settle();
  expect(clock.waits()).toEqual([]);
  await clock.turn(10 * beat);
  expect([a.looks.inventory, b.looks.inventory]).toEqual([1, 0]);
  expect([(await store.list('lease')).size, (await store.list('interest')).size]).toEqual([0, 0]);
});

test('one looks, and the listeners of all hear what they want, once', async () => {
  const { clock, world, a, b, first, second } = await twoListening();
  world.instances = [instance('a', 'stopped'), instance('b')];
  await clock.turn(seconds * 1000);
  expect(first.told).toEqual([ofA]);
  expect(second.told.toSorted()).toEqual([instances, ofA]);
  await clock.turn(10 * seconds * 1000);
  expect(first.told).toHaveLength(1);
  expect(second.told).toHaveLength(2);
  expect(a.looks.inventory).toBeGreaterThan(5);
  expect(b.looks.inventory).toBe(0);
});

test('new resources are told to those who want to hear of the list', async () => {
  const { clock, world, first, second } = await twoListening();
  world.instances = [...world.instances, instance('c')];
  await clock.turn(seconds * 1000);
  expect(first.told).toEqual([]);
  expect(second.told.toSorted()).toEqual(['list', instances].toSorted());
});

test('what is wanted elsewhere is looked at before the next beat, also when it is wanted later', async () => {
  const { a, b, second } = await twoListening();
  expect(a.looks.attention).toBe(0);
  b.listen([attention]);
  await settle();
  expect(a.looks.attention).toBe(1);
  second.wants.uris.push('pgfleet://fleet/events');
  b.watch.refresh();
  await settle();
  expect(a.looks).toEqual({ inventory: 1, attention: 1, events: 1 });
  expect(b.looks).toEqual({ inventory: 0, attention: 0, events: 0 });
});

test('what nobody wants any more is not looked at', async () => {
  const { clock, a, b } = await twoListening();
  const { leave } = b.listen([attention]);
  await settle();
  leave();
  b.watch.refresh();
  await clock.turn(beat);
  const { attention: looks } = a.looks;
  await clock.turn(3 * seconds * 1000);
  expect(a.looks.attention).toBe(looks);
});

test('when nobody listens any more where one looks, another takes over at once and says to read again', async () => {
  const { clock, world, a, b, first, second } = await twoListening();
  first.leave();
  await settle();
  expect(b.looks.inventory).toBe(1);
  expect(second.told.toSorted()).toEqual(['list', instances, ofA].toSorted());
  second.told.length = 0;
  const { inventory } = a.looks;
  world.instances = [instance('a', 'stopped'), instance('b')];
  await clock.turn(seconds * 1000);
  expect(second.told.toSorted()).toEqual([instances, ofA]);
  expect(a.looks.inventory).toBe(inventory);
});

test('when the one who looks dies, another takes over once its lease has ended and says to read again', async () => {
  const clock = handClock();
  const world = newWorld();
  const store = inMemory(clock.now);
  // Its clock stands still from now on, as that of a process that was killed.
  const dead = startReplica('dead', { store, world, clock: { ...handClock(), now: clock.now } });
  dead.listen([ofA]);
  await settle();
  const b = startReplica('b', { store, world, clock });
  const c = startReplica('c', { store, world, clock });
  const [second, third] = [b.listen([instances]), c.listen([ofA])];
  await settle();
  await clock.turn(2 * beat);
  expect([b.looks.inventory, c.looks.inventory]).toEqual([0, 0]);
  await clock.turn(2 * beat);
  expect(b.looks.inventory + c.looks.inventory).toBe(1);
  expect([second.told, third.told]).toEqual([[instances], [ofA]]);
  expect(dead.looks.inventory).toBe(1);
});

test('one who was away for longer than its lease stops looking when another does', async () => {
  const { clock, store, a, b, world } = await twoListening();
  await store.compareAndSet('lease', 'watch', { previous: 'a', next: 'b', expires: clock.now() + 3 * beat });
  await clock.turn(2 * beat);
  const looks = a.looks.inventory;
  expect(b.looks.inventory).toBe(1);
  world.instances = [];
  await clock.turn(3 * seconds * 1000);
  expect(a.looks.inventory).toBe(looks);
});

test('who leaves while its first beat is under way leaves nothing behind', async () => {
  const { clock, store, a } = startTwo();
  a.listen([ofA]).leave();
  const again = a.listen([ofA]);
  again.leave();
  await settle();
  expect(clock.waits()).toEqual([]);
  expect([(await store.list('lease')).size, (await store.list('interest')).size]).toEqual([0, 0]);
  expect(await store.publish('watch', '{}')).toBe(0);
});

test.each(['', 'null', '{"kind":"explode"}', '{"kind":"resource","from":"x"}', '[]'])(
  'a message or an interest of another form is passed over: %j',
  async (text) => {
    const { clock, world, store, first } = await twoListening();
    await store.compareAndSet('interest', 'x', { next: text, expires: clock.now() + 100 * beat });
    await store.publish('watch', text);
    world.instances = [instance('a', 'stopped'), instance('b')];
    await clock.turn(seconds * 1000);
    expect(first.told).toEqual([ofA]);
  },
);

test('what can change is what the inner watch says', () => {
  const { a } = startTwo();
  expect([a.watch.covers(ofA), a.watch.covers('https://example.com/')]).toEqual([true, false]);
});

describe('over Redis', () => {
  let redis: Redis;
  beforeEach(async () => {
    redis = await startRedis();
  });

  async function open(url: string) {
    const store = await openStore({ url, now: () => Date.now(), log: () => undefined });
    onTestFinished(() => store.close());
    return store;
  }

  /** The clock of each process is turned by hand; leases end by the clock of Redis. */
  async function start(url: string, urlOfB = url) {
    const [clockA, clockB] = [handClock(), handClock()];
    const world = newWorld();
    const parts = (clock: HandClock, store: Store) => ({ store, world, clock: { ...clock, now: () => Date.now() } });
    const [storeA, storeB] = [await open(url), await open(urlOfB)];
    const a = startReplica('a', parts(clockA, storeA));
    const b = startReplica('b', parts(clockB, storeB));
    const first = a.listen([ofA]);
    await eventually(() => expect(a.looks.inventory).toBe(1));
    const second = b.listen([instances, ofA]);
    await eventually(async () => expect((await storeA.list('interest')).size).toBe(2));
    return { world, clockA, clockB, storeA, storeB, a, b, first, second };
  }

  /** What one has published until now has reached the other. */
  async function caughtUp(one: Store, other: Store): Promise<void> {
    const heard = new Promise<string>((resolve) => {
      void other.subscribe('marker', resolve).then(() => one.publish('marker', 'here'));
    });
    expect(await heard).toBe('here');
  }

  test('one looks and both hear; when it leaves, the other looks and says to read again', async () => {
    const { world, clockA, clockB, storeA, storeB, a, b, first, second } = await start(redis.url);
    await eventually(async () => {
      const [before] = world.instances;
      world.instances = [instance('a', before?.state === 'stopped' ? 'available' : 'stopped'), instance('b')];
      await clockA.turn(seconds * 1000);
      expect(second.told).toContain(instances);
    });
    await caughtUp(storeA, storeB);
    expect(first.told).toContain(ofA);
    expect(second.told).toContain(ofA);
    expect(b.looks.inventory).toBe(0);
    second.told.length = 0;
    const { inventory } = a.looks;
    first.leave();
    await eventually(() => expect(second.told.toSorted()).toEqual([instances, ofA]));
    expect(b.looks.inventory).toBe(1);
    await clockA.turn(10 * beat);
    expect(a.looks.inventory).toBe(inventory);
    second.leave();
    await eventually(async () => expect((await storeA.list('interest')).size).toBe(0));
    expect(clockB.waits()).toEqual([]);
  });

  test('when the one who looks is gone with its lease, the other takes over', async () => {
    const { clockB, storeA, storeB, b, second } = await start(redis.url);
    await storeA.close();
    await clockB.turn(5 * beat);
    expect(b.looks.inventory).toBe(0);
    // The lease ends.
    expect(await storeB.compareAndSet('lease', 'watch', { previous: 'a', expires: 0 })).toBe(true);
    await eventually(async () => {
      await clockB.turn(beat);
      expect(b.looks.inventory).toBeGreaterThan(0);
    });
    await eventually(() => expect(second.told.toSorted()).toEqual([instances, ofA]));
    second.leave();
    await eventually(async () => expect((await storeB.list('lease')).size).toBe(0));
  });

  test('one who alone cannot reach the store reads again when it is back', async () => {
    const admin = createClient({ url: redis.url });
    onTestFinished(() => admin.destroy());
    await admin.connect();
    const letIn = () => admin.aclSetUser('b', ['on', '>word', '~*', '&*', '+@all']);
    await letIn();
    const { clockB, storeB, b, first, second } = await start(redis.url, redis.url.replace('//', '//b:word@'));
    await admin.aclDelUser('b');
    await eventually(async () => {
      await clockB.turn(beat);
      expect(b.logged).toHaveLength(1);
    });
    await letIn();
    await eventually(() => storeB.ping());
    await eventually(async () => {
      await clockB.turn(beat);
      expect(new Set(second.told)).toEqual(new Set([instances, ofA]));
    });
    expect(first.told).toEqual([]);
    expect(b.looks.inventory).toBe(0);
    first.leave();
    second.leave();
    await eventually(async () => expect((await storeB.list('lease')).size).toBe(0));
  });

  test('while the store is away the one who looks tells its own; afterwards the others read again', async () => {
    const { world, clockA, clockB, storeA, storeB, a, b, first, second } = await start(redis.url);
    await redis.stop();
    world.instances = [instance('a', 'stopped')];
    await eventually(async () => {
      await clockA.turn(beat);
      await clockB.turn(beat);
      expect(first.told).toEqual([ofA]);
    });
    expect(second.told).toEqual([]);
    expect(b.looks.inventory).toBe(0);
    for (const { logged } of [a, b]) expect(logged).toEqual([expect.stringContaining('this process notices itself')]);
    await startRedis({ port: redis.port });
    await eventually(() => Promise.all([storeA.ping(), storeB.ping()]));
    await eventually(async () => {
      await clockA.turn(beat);
      await clockB.turn(beat);
      expect(new Set(second.told)).toEqual(new Set([instances, ofA]));
    });
    expect((await storeA.list('lease')).size).toBe(1);
  });
});
