import { expect, test } from 'vitest';
import { accountNameOf } from '../../src/fleet/account.js';
import type { FleetEvent, FleetInstance } from '../../src/fleet/instance.js';
import type { AccountFailure, FleetReader } from '../../src/fleet/reader.js';
import { createWatch } from '../../src/fleet/resources/watch.js';
import type { Update } from '../../src/values/watch.js';
import { settle } from '../support/clock.js';

const instance = (name: string, more: Partial<FleetInstance> = {}): FleetInstance => ({
  reference: `one:${name}`,
  provider: 'one',
  id: name,
  name,
  state: 'available',
  providerState: 'AVAILABLE',
  ...more,
});

const happened = (text: string, reference?: string): FleetEvent => ({
  time: '2026-05-01T00:00:00Z',
  provider: 'one',
  kind: 'event',
  category: 'instance',
  text,
  reference,
});

/** A fleet that is what the test makes of it, and a clock that stands still until the test lets a pause end. */
function start({ seconds = 30, random = 0.5 } = {}) {
  const world = {
    instances: [instance('a'), instance('b')],
    failures: [] as AccountFailure[],
    events: [] as FleetEvent[],
    attention: [] as Awaited<ReturnType<FleetReader['attention']>>,
    job: 'running',
    breaks: false,
  };
  const asked = { inventory: 0, events: 0, attention: 0, job: 0 };
  const fleet: FleetReader = {
    async inventory() {
      asked.inventory += 1;
      if (world.breaks) throw new Error('broken');
      const lost = new Set(world.failures.map(({ provider }) => provider));
      return { instances: world.instances.filter((each) => !lost.has(accountNameOf(each))), failures: world.failures };
    },
    get: async () => instance('a'),
    async events() {
      asked.events += 1;
      return { events: world.events, failures: [] };
    },
    async attention() {
      asked.attention += 1;
      return world.attention;
    },
    async job() {
      asked.job += 1;
      return { state: world.job };
    },
  };
  const pauses: number[] = [];
  const due = new Set<() => void>();
  const logged: string[] = [];
  const watch = createWatch({
    fleet,
    seconds,
    random: () => random,
    clock: {
      now: () => Date.parse('2026-05-01T00:00:00Z'),
      later(work, milliseconds) {
        pauses.push(milliseconds);
        due.add(work);
        return () => void due.delete(work);
      },
    },
    log: (line) => logged.push(line),
  });
  const listen = async (uris: string[], list = false) => {
    const told: string[] = [];
    const tell = (update: Update) => void told.push(update.kind === 'list' ? 'list' : update.uri);
    const stop = watch.listen({ wants: () => ({ uris, list }), tell });
    await settle();
    return { told, stop };
  };
  /** Lets the pause end and the look take place. */
  const look = async () => {
    const works = [...due];
    due.clear();
    for (const work of works) work();
    await settle();
  };
  return { world, asked, watch, listen, look, pauses, due, logged };
}

const instances = 'pgfleet://fleet/instances';
const attention = 'pgfleet://fleet/attention';
const events = 'pgfleet://fleet/events';
const ofA = 'pgfleet://one/instances/a';
const ofB = 'pgfleet://one/instances/b';
const job = 'pgfleet://one/jobs/x%2Fy';

test('nobody listens, nobody polls', async () => {
  const { asked, listen, due, look } = start();
  expect(asked.inventory).toBe(0);
  const { stop } = await listen([instances]);
  expect(asked).toEqual({ inventory: 1, events: 0, attention: 0, job: 0 });
  expect(due.size).toBe(1);
  stop();
  expect(due.size).toBe(0);
  await look();
  expect(asked.inventory).toBe(1);
});

test('a look that is under way when the last listener goes tells nobody and is not followed by another', async () => {
  const { world, listen, look, due } = start();
  const { told, stop } = await listen([instances]);
  world.instances = [];
  const looking = look();
  stop();
  await looking;
  expect(told).toEqual([]);
  expect(due.size).toBe(0);
});

test('one poll serves many, and each hears what it wants', async () => {
  const { world, asked, listen, look, due } = start();
  const [first, second, third] = [await listen([ofA]), await listen([ofA, instances]), await listen([ofB])];
  expect(due.size).toBe(1);
  world.instances = [instance('a', { state: 'stopped' }), instance('b')];
  await look();
  expect(asked.inventory).toBe(2);
  expect(first.told).toEqual([ofA]);
  expect(second.told).toEqual([ofA, instances]);
  expect(third.told).toEqual([]);
});

const everything = [instances, attention, events, ofA, ofB, `${ofA}/events`, job];
const finding = { rule: 'stopped', reference: 'one:a' } as unknown as Awaited<
  ReturnType<FleetReader['attention']>
>[number];
type World = ReturnType<typeof start>['world'];
const changes: [string, (world: World) => void, string[]][] = [
  ['nothing', () => undefined, []],
  ['a changed instance', (world) => world.instances.splice(0, 1, instance('a', { progress: 'x' })), [instances, ofA]],
  ['a new instance', (world) => world.instances.push(instance('c')), ['list', instances]],
  ['a gone instance', (world) => world.instances.pop(), ['list', instances, ofB]],
  ['another finding', (world) => void (world.attention = [finding]), [attention]],
  ['an event of an instance', (world) => world.events.push(happened('x', 'one:a')), [events, `${ofA}/events`]],
  ['an event of nothing in particular', (world) => world.events.push(happened('x')), [events]],
  ['a finished job', (world) => void (world.job = 'succeeded'), [job]],
  ['a failed job', (world) => void (world.job = 'failed'), [job]],
  ['a job in a state that nobody knows', (world) => void (world.job = 'unknown'), []],
];
test.each(changes)('%s: exactly the updates that are due, once', async (_, change, due) => {
  const { world, listen, look } = start();
  const { told } = await listen(everything, true);
  change(world);
  await look();
  expect(told.toSorted()).toEqual(due.toSorted());
  await look();
  expect(told.length).toBe(due.length);
});

test('a provider that does not answer has lost no instance and no finding', async () => {
  const { world, listen, look } = start();
  world.attention = [finding];
  const { told } = await listen(everything, true);
  world.failures = [{ provider: 'one', message: 'down' }];
  world.attention = [];
  await look();
  world.failures = [];
  world.attention = [finding];
  await look();
  expect(told).toEqual([]);
});

test('an account that does not answer has lost nothing, and its sibling is watched', async () => {
  const { world, listen, look } = start();
  const account = 'one-prod';
  const own = (name: string) => instance(name, { account, reference: `${account}:${name}` });
  world.instances = [own('a'), instance('a'), instance('b')];
  world.attention = [{ ...finding, reference: `${account}:a` }, finding];
  const { told } = await listen([...everything, `pgfleet://${account}/instances/a`], true);
  world.failures = [{ provider: account, message: 'down' }];
  world.attention = [finding];
  world.instances = [own('a'), instance('a'), instance('b', { state: 'stopped' })];
  await look();
  expect(told).toEqual([instances, ofB]);
});

test('what is wanted later is looked at then, so that the next look can compare', async () => {
  const { world, asked, listen, look } = start();
  await listen([instances]);
  const { told } = await listen([events, job]);
  expect(asked).toEqual({ inventory: 1, events: 1, attention: 0, job: 1 });
  world.events.push(happened('x'));
  world.job = 'succeeded';
  await look();
  expect(told).toEqual([events, job]);
  await look();
  expect(asked.job).toBe(2);
});

test('a look takes place after the interval, give or take a fifth', async () => {
  const pausesWith = async (random: number) => {
    const { listen, pauses } = start({ seconds: 10, random });
    await listen([instances]);
    return pauses;
  };
  expect(await pausesWith(0)).toEqual([8_000]);
  expect(await pausesWith(0.5)).toEqual([10_000]);
  expect((await pausesWith(1))[0]).toBeCloseTo(12_000);
});

test('pauses double while a provider complains, up to eight times, until a good look', async () => {
  const { world, listen, look, pauses } = start({ seconds: 10 });
  await listen([instances]);
  world.failures = [{ provider: 'two', message: 'slow down', isBusy: true }];
  for (let i = 0; i < 5; i += 1) await look();
  world.failures = [{ provider: 'two', message: 'no such key' }];
  await look();
  expect(pauses.map((milliseconds) => milliseconds / 1000)).toEqual([10, 20, 40, 80, 80, 80, 10]);
});

test('a look that breaks is a complaint too, and does not end the watch', async () => {
  const { world, listen, look, pauses, logged } = start({ seconds: 10 });
  const { told } = await listen([instances]);
  world.breaks = true;
  await look();
  world.breaks = false;
  world.instances.pop();
  await look();
  expect(told).toEqual([instances]);
  expect(pauses).toEqual([10_000, 20_000, 10_000]);
  expect(logged).toEqual([expect.stringContaining('broken')]);
});

test.each([
  [instances, true],
  [ofA, true],
  [`${ofA}/events`, true],
  [job, true],
  ['pgfleet://operations/nhn_list_db_instances', false],
  ['pgfleet://fleet/moon', false],
  ['pgfleet://one/instances/', false],
  ['pgfleet://one/instances/a/events/more', false],
  ['pgfleet://one/instances/%', false],
  ['https://example.com/', false],
])('whether %s can change: %s', (uri, can) => {
  expect(start().watch.covers(uri)).toBe(can);
});
