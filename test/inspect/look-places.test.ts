import { expect, test } from 'vitest';
import { lookPlaces } from '../../src/inspect/look-places.js';
import { inMemory } from '../../src/store/memory.js';

/** Two processes with one store. A pause lasts until the story ends it. */
function replicas() {
  let [time, ids] = [0, 0];
  const pauses: (() => void)[] = [];
  const clock = {
    now: () => time,
    pause: () => new Promise<void>((resolve) => pauses.push(resolve)),
  };
  const newId = () => String((ids += 1));
  const shared = inMemory(clock.now);
  const [one, other] = [lookPlaces({ shared, clock, newId }), lookPlaces({ shared, clock, newId })];
  const again = async () => {
    await expect.poll(() => pauses.length).toBeGreaterThan(0);
    for (const end of pauses.splice(0)) end();
  };
  return { one, other, again, pauses, passes: (milliseconds: number) => void (time += milliseconds) };
}

const wanted = { reference: 'nhn:1', until: 15_000 };

test('two processes have two looks at an instance together, and the third waits for one to end', async () => {
  const { one, other, again } = replicas();
  const [first, second] = [await one(wanted), await other(wanted)];
  let isIn = false;
  const third = other(wanted).then((leave) => {
    isIn = true;
    return leave;
  });
  await again();
  expect(isIn).toBe(false);
  await (await one({ ...wanted, reference: 'nhn:2' }))();
  await first();
  await again();
  await (await third)();
  expect(isIn).toBe(true);
  await second();
});

test('who waits in the same process is next', async () => {
  const { one, pauses } = replicas();
  const [first] = [await one(wanted), await one(wanted)];
  const third = one(wanted);
  await first();
  await third;
  expect(pauses).toEqual([]);
});

test('a look that finds no place in its time says so, and a process that ended keeps none for long', async () => {
  const { one, other, passes } = replicas();
  await Promise.all([one(wanted), one(wanted)]);
  passes(15_000);
  await expect(other(wanted)).rejects.toThrow('2 others look at it already');
  passes(6_000);
  await other({ ...wanted, until: 30_000 });
});
