import { expect, test, vi } from 'vitest';
import { startDelivery } from '../../../src/observe/hooks/delivery.js';
import { eventIdOf, type HookEvent } from '../../../src/observe/hooks/event.js';
import { createOutbox } from '../../../src/observe/hooks/outbox.js';
import { type HookTarget, hookEventTypes } from '../../../src/observe/hooks/target.js';
import { openPosting } from '../../../src/providers/wire/posting.js';
import { leaseOf } from '../../../src/store/lease.js';
import { inMemory } from '../../../src/store/memory.js';
import { type HandClock, handClock } from '../../support/clock.js';
import { hookKey, type Receiver, startReceiver } from './receiver.js';

const hour = 3_600_000;

const targetAt = ({ url }: Receiver): HookTarget => ({
  name: 'ops',
  url,
  key: hookKey,
  events: hookEventTypes,
  shape: 'standard',
  language: 'en',
  allow: ['127.0.0.1'],
});

let count = 0;
function finding(instance: string, clock: HandClock): HookEvent {
  count += 1;
  const [account = ''] = instance.split(':');
  return {
    id: eventIdOf(String(count)),
    type: 'finding.opened',
    time: new Date(clock.now()).toISOString(),
    order: count,
    account,
    instances: [instance],
    data: { instance, count },
  };
}

/** Deliveries of several processes over one store, and a receiver that a test can take away. */
async function deliveries(names: readonly string[] = ['one']) {
  const [receiver, clock] = [await startReceiver(), handClock()];
  const store = inMemory(clock.now);
  const targets = [targetAt(receiver)];
  const outbox = createOutbox({ targets, store, now: clock.now });
  const logged: string[] = [];
  const begin = (holder: string) =>
    startDelivery({
      targets,
      outbox,
      post: openPosting(),
      lease: leaseOf({ store, collection: 'hooks-lease', id: 'delivery', holder }),
      userAgent: 'pgfleet/test',
      clock,
      log: (line) => void logged.push(line),
    });
  const running = names.map(begin);
  const put = async (...instances: string[]) => {
    for (const instance of instances) await outbox.put(finding(instance, clock));
  };
  const got = () => receiver.received.map(({ data }) => data['instance']);
  /** Turns the clock little by little, until this holds: the network takes its own time. */
  const until = (holds: () => void) =>
    vi.waitFor(
      async () => {
        await clock.turn(1_000);
        holds();
      },
      { timeout: 30_000, interval: 10 },
    );
  /** An outbox as it was nearly a day ago. */
  const earlier = createOutbox({ targets, store, now: () => clock.now() - 24 * hour + 30_000 });
  return { receiver, clock, outbox, earlier, logged, running, begin, put, got, until };
}

test('what a target misses in a minute is sent afterwards, in order, with the ids of the first try', async () => {
  const { receiver, put, got, until, logged, running } = await deliveries();
  receiver.answer = () => 503;
  await put('nhn:a', 'nhn:a', 'nhn:b');
  await until(() => expect(receiver.tries.length).toBeGreaterThan(3));
  const [first] = receiver.tries;
  receiver.answer = () => 200;
  await until(() => expect(got()).toHaveLength(3));
  expect(got().filter((instance) => instance === 'nhn:a')).toHaveLength(2);
  const counts = receiver.received.filter(({ data }) => data['instance'] === 'nhn:a').map(({ data }) => data['count']);
  expect(Number(counts[1])).toBeGreaterThan(Number(counts[0]));
  expect(receiver.received.map(({ id }) => id)).toContain(first);
  expect(logged).toEqual([expect.stringContaining('takes nothing: HTTP 503'), expect.stringContaining('again')]);
  await running[0]?.close();
});

test('an event that is refused holds up those of its instance alone, and after a day not even those', async () => {
  const { receiver, clock, outbox, earlier, begin, put, got, until } = await deliveries([]);
  await earlier.put(finding('nhn:a', clock));
  await put('nhn:a', 'nhn:b');
  const [refused] = (await outbox.waiting('ops')).map(({ event }) => event.id);
  receiver.answer = (id) => (id === refused ? 400 : 204);
  const running = [begin('one')];
  await until(() => expect(got()).toEqual(['nhn:b']));
  expect(await outbox.dead('ops')).toEqual([]);
  await until(() => expect(got()).toEqual(['nhn:b', 'nhn:a']));
  expect(receiver.tries.filter((id) => id === refused).length).toBeGreaterThanOrEqual(3);
  expect((await outbox.dead('ops')).map(({ event }) => event.id)).toEqual([refused]);
  expect(await outbox.waiting('ops')).toEqual([]);
  // An operator may let it wait again.
  receiver.answer = () => 204;
  expect(await outbox.revive('ops')).toBe(1);
  await until(() => expect(got()).toHaveLength(3));
  expect(await outbox.dead('ops')).toEqual([]);
  await running[0]?.close();
});

test('of two processes one sends, and the other one goes on when it is gone', async () => {
  const { receiver, put, got, until, running } = await deliveries(['one', 'two']);
  await put('nhn:a', 'nhn:b', 'nhn:c');
  await until(() => expect(got()).toHaveLength(3));
  expect(receiver.tries).toHaveLength(3);
  await running[0]?.close();
  await put('nhn:d');
  await until(() => expect(got()).toHaveLength(4));
  expect(receiver.tries).toHaveLength(4);
  await running[1]?.close();
});

test('what is put twice while it waits is sent once', async () => {
  const { clock, outbox, receiver, got, until, running } = await deliveries();
  const event = finding('nhn:a', clock);
  receiver.answer = () => 500;
  await outbox.put(event);
  await outbox.put(event);
  receiver.answer = () => 204;
  await until(() => expect(got()).toEqual(['nhn:a']));
  expect(await outbox.waiting('ops')).toEqual([]);
  await running[0]?.close();
});
