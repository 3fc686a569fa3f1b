import { cpSync, mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filedStore } from '../../src/store/filed.js';
import { inMemory } from '../../src/store/memory.js';
import { handClock } from '../support/clock.js';

/** Two processes of one machine, with one clock. */
function twoProcesses() {
  const folder = join(mkdtempSync(join(tmpdir(), 'pgfleet-filed-')), 'hooks');
  const clock = handClock();
  const open = () =>
    filedStore(inMemory(clock.now), { folder, isFiled: (name) => name.startsWith('hooks'), now: clock.now });
  return { folder, clock, one: open(), other: open(), expires: clock.now() + 60_000 };
}

test('a filed value is seen by other processes, in the order of the ids, until it expires', async () => {
  const { folder, clock, one, other, expires } = twoProcesses();
  for (const id of ['2', '1', 'nhn:a/b'])
    expect(await one.compareAndSet('hooks-a', id, { next: `of ${id}`, expires })).toBe(true);
  expect(await other.compareAndSet('hooks-a', '1', { next: 'again', expires })).toBe(false);
  expect([...(await other.list('hooks-a'))]).toEqual([
    ['1', 'of 1'],
    ['2', 'of 2'],
    ['nhn:a/b', 'of nhn:a/b'],
  ]);
  expect(statSync(join(folder, 'hooks-a', '1.json')).mode & 0o777).toBe(0o600);
  expect(await other.compareAndSet('hooks-a', '1', { previous: 'of 1', expires })).toBe(true);
  expect(await one.get('hooks-a', '1')).toBeUndefined();
  await clock.turn(60_000);
  expect([...(await one.list('hooks-a'))]).toEqual([]);
});

test('other values stay in the memory of their process', async () => {
  const { one, other, expires } = twoProcesses();
  await one.compareAndSet('approval', 'a', { next: 'x', expires });
  expect([await one.get('approval', 'a'), await other.get('approval', 'a')]).toEqual(['x', undefined]);
});

test('a value in memory and its files are changed together, or neither', async () => {
  const { folder, one, other, expires } = twoProcesses();
  const both = (id: string) => [
    { collection: 'approval', id: 'a', next: 'x', expires },
    { collection: 'hooks-a', id, next: id, expires },
  ];
  expect(await one.compareAndSetAll(both('1'))).toBe(true);
  expect(await one.compareAndSetAll(both('2'))).toBe(false);
  expect([...(await other.list('hooks-a')).keys()]).toEqual(['1']);
  // A file that cannot be written, as a folder has its name.
  mkdirSync(join(folder, 'hooks-b', '1.json.new'), { recursive: true });
  const torn = [
    { collection: 'approval', id: 'b', next: 'x', expires },
    { collection: 'hooks-b', id: '1', next: '1', expires },
  ];
  await expect(one.compareAndSetAll(torn)).rejects.toThrow();
  expect(await one.get('approval', 'b')).toBeUndefined();
});

test('a process that is killed while it moves a value leaves it in one place', async () => {
  const { folder, clock, one, expires } = twoProcesses();
  await one.compareAndSet('hooks-a', '1', { next: 'x', expires });
  const left: string[] = [];
  // Each question for the time is a moment at which the process might have ended.
  const now = () => {
    const copy = join(mkdtempSync(join(tmpdir(), 'pgfleet-killed-')), 'hooks');
    cpSync(folder, copy, { recursive: true });
    left.push(copy);
    return clock.now();
  };
  const dying = filedStore(inMemory(clock.now), { folder, isFiled: () => true, now });
  await dying.compareAndSetAll([
    { collection: 'hooks-a', id: '1', previous: 'x', expires },
    { collection: 'hooks-b', id: '1', next: 'x', expires },
  ]);
  const found = left.map(async (copy) => {
    const next = filedStore(inMemory(clock.now), { folder: copy, isFiled: () => true, now: clock.now });
    return [...(await next.list('hooks-a')).values(), ...(await next.list('hooks-b')).values()];
  });
  expect(found.length).toBeGreaterThan(1);
  for (const values of await Promise.all(found)) expect(values).toEqual(['x']);
});

test('where one of several files cannot be written, the others are as they were', async () => {
  const { folder, one, other, expires } = twoProcesses();
  await one.compareAndSet('hooks-a', '1', { next: 'x', expires });
  mkdirSync(join(folder, 'hooks-b', '1.json.new'), { recursive: true });
  const move = [
    { collection: 'hooks-a', id: '1', previous: 'x', expires },
    { collection: 'hooks-b', id: '1', next: 'x', expires },
  ];
  await expect(one.compareAndSetAll(move)).rejects.toThrow();
  expect([...(await other.list('hooks-a'))]).toEqual([['1', 'x']]);
});

test('of two processes that change a value at the same moment, one does', async () => {
  const { one, other, expires } = twoProcesses();
  const changes = [one, other, one, other].map((store, at) =>
    store.compareAndSet('hooks-lease', 'delivery', { next: String(at), expires }),
  );
  expect((await Promise.all(changes)).filter(Boolean)).toHaveLength(1);
});
