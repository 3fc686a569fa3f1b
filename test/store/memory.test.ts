import { expect, test } from 'vitest';
import { expiring } from '../../src/store/expiring.js';
import { inMemory } from '../../src/store/memory.js';

/** A clock that the story turns. */
function clock() {
  let time = 1_000_000;
  return { now: () => time, turn: (milliseconds: number) => void (time += milliseconds) };
}

test('what is over is gone at the very moment', async () => {
  const { now, turn } = clock();
  const store = inMemory(now);
  await store.compareAndSet('c', 'a', { next: 'x', expires: now() + 100 });
  turn(99);
  expect(await store.get('c', 'a')).toBe('x');
  turn(1);
  expect(await store.get('c', 'a')).toBeUndefined();
  expect(await store.list('c')).toEqual(new Map());
});

test('memory stays flat over 100,000 values that nobody asks for again', () => {
  const { now, turn } = clock();
  const map = expiring<string>(now);
  let most = 0;
  for (let index = 0; index < 100_000; index += 1) {
    map.set(`used-${index}`, 'used', now() + 600);
    turn(1);
    most = Math.max(most, map.held());
  }
  expect(most).toBeLessThan(2_000);
  turn(600);
  expect(map.entries()).toEqual([]);
});

test('what is alive survives every sweep', () => {
  const { now, turn } = clock();
  const map = expiring<number>(now);
  for (let index = 0; index < 2_000; index += 1) {
    map.set(String(index), index, now() + (index % 2 ? 10_000 : 10));
    turn(1);
  }
  expect(map.entries().filter(([, value]) => value % 2)).toHaveLength(1_000);
});

test('places are free when their time is over, one by one', async () => {
  const { now, turn } = clock();
  const store = inMemory(now);
  await store.acquire('p', 'a', 2, now() + 100);
  await store.acquire('p', 'b', 2, now() + 200);
  turn(100);
  expect(await store.acquire('p', 'c', 2, now() + 50)).toBe(true);
  expect(await store.acquire('p', 'd', 2, now() + 50)).toBe(false);
  turn(50);
  expect(await store.acquire('p', 'd', 2, now() + 50)).toBe(true);
  turn(50);
  expect(await store.acquire('p', 'e', 1, now() + 50)).toBe(true);
});
