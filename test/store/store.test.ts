import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { inMemory } from '../../src/store/memory.js';
import type { Store } from '../../src/store/store.js';
import { type Redis, startRedis } from '../support/services/redis.js';

const now = () => Date.now();
const log = () => undefined;
const hour = 3_600_000;
const later = () => now() + hour;

/** However busy the machine: what comes, comes before the story itself is given up. */
const soon = <T>(work: () => T | Promise<T>, interval = 20) => vi.waitFor(work, { timeout: 20_000, interval });

let redis: Redis;
beforeAll(async () => {
  redis = await startRedis({ end: () => undefined });
});
afterAll(() => redis.stop());

/** Two views of the same store: in memory one and the same, in Redis those of two replicas. */
const pairs: Record<string, () => Promise<[Store, Store]>> = {
  memory: async () => {
    const store = inMemory(now);
    return [store, store];
  },
  Redis: async () => {
    const [one, other] = [await openStore({ url: redis.url, now, log }), await openStore({ url: redis.url, now, log })];
    onTestFinished(async () => {
      await one.close();
      await other.close();
    });
    return [one, other];
  },
};

/** So that no story finds what another has left behind. */
let name: string;
let stories = 0;
beforeEach(() => {
  stories += 1;
  name = `story-${stories}`;
});

describe.each(Object.entries(pairs))('in %s', (kind, open) => {
  test('it says whether other processes see the same', async () => {
    const [one] = await open();
    expect(one.isShared).toBe(kind === 'Redis');
    await one.ping();
  });

  test('several changes are made together, or none of them', async () => {
    const [one, other] = await open();
    const places = [
      { collection: name, id: 'a', expires: later() },
      { collection: `${name}-other`, id: 'b', expires: later() },
    ] as const;
    const put = (next: string) => places.map((place) => ({ ...place, next }));
    expect(await one.compareAndSetAll(put('first'))).toBe(true);
    const [a, b] = [
      { ...places[0], previous: 'first' },
      { ...places[1], previous: 'another', next: 'second' },
    ];
    expect(await other.compareAndSetAll([a, b])).toBe(false);
    expect(await one.get(name, 'a')).toBe('first');
    expect(await other.compareAndSetAll([a, { ...b, previous: 'first' }])).toBe(true);
    expect([await one.get(name, 'a'), await one.get(`${name}-other`, 'b')]).toEqual([undefined, 'second']);
    expect([...(await one.list(name))]).toEqual([]);
  });

  test('a value is put where nothing is, changed where it is known, and taken away', async () => {
    const [one, other] = await open();
    expect(await other.get(name, 'a')).toBeUndefined();
    expect(await one.compareAndSet(name, 'a', { next: 'first', expires: later() })).toBe(true);
    expect(await other.get(name, 'a')).toBe('first');
    expect(await other.compareAndSet(name, 'a', { next: 'again', expires: later() })).toBe(false);
    expect(await other.compareAndSet(name, 'a', { previous: 'other', next: 'again', expires: later() })).toBe(false);
    expect(await other.compareAndSet(name, 'a', { previous: 'first', next: 'second', expires: later() })).toBe(true);
    expect(await one.get(name, 'a')).toBe('second');
    expect(await one.compareAndSet(name, 'a', { previous: 'first', expires: later() })).toBe(false);
    expect(await one.compareAndSet(name, 'a', { previous: 'second', expires: later() })).toBe(true);
    expect(await other.get(name, 'a')).toBeUndefined();
    expect(await other.compareAndSet(name, 'a', { previous: 'second', expires: later() })).toBe(false);
  });

  test.each(['', '-', '=', 'ünïcode ✓ "quoted" \u0000 {x}', 'x'.repeat(100_000)])(
    'a value comes back as it was: %#',
    async (value) => {
      const [one, other] = await open();
      expect(await one.compareAndSet(name, 'a', { next: value, expires: later() })).toBe(true);
      expect(await other.get(name, 'a')).toBe(value);
      expect(await other.compareAndSet(name, 'a', { previous: value, next: 'other', expires: later() })).toBe(true);
    },
  );

  test('of many who try to put the first, one succeeds', async () => {
    const [one, other] = await open();
    const tries = [...Array(20).keys()].map((index) =>
      (index % 2 ? one : other).compareAndSet(name, 'a', { next: String(index), expires: later() }),
    );
    const done = await Promise.all(tries);
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await one.get(name, 'a')).toBe(String(done.indexOf(true)));
  });

  test('a collection lists what is in it and nothing else', async () => {
    const [one, other] = await open();
    expect(await one.list(name)).toEqual(new Map());
    for (const id of ['a', 'b', 'c']) await one.compareAndSet(name, id, { next: `value of ${id}`, expires: later() });
    await one.compareAndSet(`${name}-other`, 'd', { next: 'elsewhere', expires: later() });
    await one.compareAndSet(name, 'b', { previous: 'value of b', expires: later() });
    expect(await other.list(name)).toEqual(
      new Map([
        ['a', 'value of a'],
        ['c', 'value of c'],
      ]),
    );
  });

  test('what is over is neither there nor listed, and its place is free', async () => {
    const [one, other] = await open();
    await one.compareAndSet(name, 'stays', { next: 'x', expires: later() });
    await one.compareAndSet(name, 'goes', { next: 'x', expires: now() + 30 });
    await one.compareAndSet(name, 'never was', { next: 'x', expires: now() - 1 });
    await soon(async () => expect(await other.get(name, 'goes')).toBeUndefined());
    expect([...(await other.list(name)).keys()]).toEqual(['stays']);
    expect(await other.compareAndSet(name, 'goes', { next: 'new', expires: later() })).toBe(true);
    expect(await other.compareAndSet(name, 'never was', { next: 'new', expires: later() })).toBe(true);
  });

  test('a change gives new time', async () => {
    const [one, other] = await open();
    // Tried once more should it have been over before it could be changed.
    await soon(async () => {
      await one.compareAndSet(name, 'a', { next: 'x', expires: now() + 100 });
      expect(await one.compareAndSet(name, 'a', { previous: 'x', next: 'y', expires: later() })).toBe(true);
    });
    await one.compareAndSet(name, 'b', { next: 'x', expires: now() + 100 });
    await soon(async () => expect(await other.get(name, 'b')).toBeUndefined());
    expect(await other.list(name)).toEqual(new Map([['a', 'y']]));
  });

  test('a list keeps the newest, newest first', async () => {
    const [one, other] = await open();
    expect(await one.newest(name, 5)).toEqual([]);
    for (const text of ['a', 'b', 'c', 'd']) await one.append(name, text, 3);
    expect(await other.newest(name, 5)).toEqual(['d', 'c', 'b']);
    expect(await other.newest(name, 2)).toEqual(['d', 'c']);
    expect(await other.newest(name, 0)).toEqual([]);
  });

  test('a message reaches all who listen, until they leave', async () => {
    const [one, other] = await open();
    const heard: string[] = [];
    const hear = (who: string) => (message: string) => void heard.push(`${who} ${message}`);
    expect(await one.publish(name, 'nobody')).toBe(0);
    const leave = await one.subscribe(name, hear('first'));
    const leaveToo = await one.subscribe(name, hear('second'));
    const leaveOther = await other.subscribe(name, hear('other'));
    await other.subscribe(`${name}-else`, hear('wrong'));
    expect(await one.publish(name, 'x')).toBe(kind === 'Redis' ? 2 : 1);
    await soon(() => expect(heard.toSorted()).toEqual(['first x', 'other x', 'second x']));
    leave();
    await other.publish(name, 'y');
    await soon(() => expect(heard.slice(3).toSorted()).toEqual(['other y', 'second y']));
    leaveToo();
    leaveOther();
    await soon(async () => expect(await one.publish(name, 'z')).toBe(0));
    const heardAgain: string[] = [];
    await one.subscribe(name, (message) => void heardAgain.push(message));
    expect(await other.publish(name, 'again')).toBe(1);
    await soon(() => expect(heardAgain).toEqual(['again']));
    expect(heard).toHaveLength(5);
  });

  test('one who leaves while another comes does not take the other along', async () => {
    const [one, other] = await open();
    const heard: string[] = [];
    const leave = await one.subscribe(name, () => undefined);
    const coming = one.subscribe(name, (message) => void heard.push(message));
    leave();
    await coming;
    expect(await other.publish(name, 'x')).toBe(1);
    await soon(() => expect(heard).toEqual(['x']));
  });

  test('so many a second are let through; the next hears how long to wait, and gets its turn', async () => {
    const [one, other] = await open();
    const waits = [await one.take(name, 3), await other.take(name, 3), await one.take(name, 3)];
    expect(waits).toEqual([0, 0, 0]);
    // Asked again should a new second have begun just now.
    const refused = async () => {
      const wait = await other.take(name, 3);
      expect(wait).toBeGreaterThan(0);
      return wait;
    };
    expect(await soon(refused, 1)).toBeLessThanOrEqual(1_000);
    expect(await one.take(`${name}-other`, 3)).toBe(0);
    await soon(async () => expect(await one.take(name, 3)).toBe(0));
  });

  test('there are so many places; one who has one keeps it, and one who leaves frees it', async () => {
    const [one, other] = await open();
    expect(await one.acquire(name, 'a', 2, later())).toBe(true);
    expect(await other.acquire(name, 'b', 2, later())).toBe(true);
    expect(await one.acquire(name, 'c', 2, later())).toBe(false);
    expect(await other.acquire(name, 'a', 2, later())).toBe(true);
    expect(await one.acquire(`${name}-other`, 'c', 2, later())).toBe(true);
    await other.release(name, 'a');
    await other.release(name, 'nobody');
    expect(await one.acquire(name, 'c', 2, later())).toBe(true);
  });

  test('a place that is not renewed is free; one that is renewed is not', async () => {
    const [one, other] = await open();
    await one.acquire(name, 'renewed', 2, now() + 100);
    expect(await one.acquire(name, 'renewed', 2, later())).toBe(true);
    await one.acquire(name, 'lost', 2, now() + 100);
    await soon(async () => expect(await other.acquire(name, 'next', 2, later())).toBe(true));
    expect(await other.acquire(name, 'more', 2, later())).toBe(false);
  });

  test('of many who want the last place, one gets it', async () => {
    const [one, other] = await open();
    const tries = [...Array(20).keys()].map((index) =>
      (index % 2 ? one : other).acquire(name, String(index), 1, later()),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });
});

describe('the address of a store', () => {
  test('left out, everything stays in memory', async () => {
    expect((await openStore({ now, log })).isShared).toBe(false);
  });

  test.each(['redis', 'valkey'])('of the form %s:// is opened', async (scheme) => {
    const store = await openStore({ url: redis.url.replace('redis', scheme), now, log });
    await store.ping();
    await store.close();
  });

  test.each(['memcached://127.0.0.1', 'localhost:6379', 'redis://', 'redis://127.0.0.1/other', '', 'http://x:y@z'])(
    '%j is refused, and not repeated',
    async (url) => {
      const refused = await openStore({ url, now, log }).catch((error: unknown) => error);
      expect(String(refused)).toContain('PGFLEET_STORE is not the address');
      expect(String(refused)).not.toContain('x:y');
    },
  );
});
