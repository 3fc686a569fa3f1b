import { expect, test, vi } from 'vitest';
import type { Adapter } from '../../../src/fleet/adapter.js';
import { createFleet } from '../../../src/fleet/fleet.js';
import type { ProviderInstance } from '../../../src/fleet/instance.js';
import { type ProviderName, providerNames } from '../../../src/providers/settings.js';
import { handClock } from '../../support/clock.js';

const record: ProviderInstance = { id: '1', name: 'orders', state: 'available', providerState: 'OK' };
const instanceOf = (provider: string) => ({ reference: `${provider}:1`, provider, ...record });

const adapter = (more: Partial<Adapter> = {}): Adapter => ({
  list: async () => [record],
  get: async () => record,
  observe: async (instance) => ({ instance, unavailable: [] }),
  restorable: async () => ({ kind: 'nothing', why: 'it is a test' }),
  step: () => undefined,
  can: () => false,
  engineSteps: async () => [],
  ...more,
});

const never = () => new Promise<never>(() => undefined);

function fleetOf(adapters: Partial<Record<ProviderName, Adapter>>) {
  const clock = handClock();
  const fleet = createFleet({
    accounts: providerNames.filter((name) => adapters[name]).map((name) => ({ name, provider: name })),
    adapterFor: (provider) => adapters[provider] ?? adapter(),
    rules: [],
    readerOf: () => never,
    lastChange: async () => '',
    job: never,
    clock,
    reasonOf: (error) => ({ message: error instanceof Error ? error.message : '' }),
  });
  return { fleet, clock };
}

test('a provider that never answers is given up, and the others are there', async () => {
  const { fleet, clock } = fleetOf({ nhn: adapter(), naver: adapter({ list: never }) });
  const inventory = fleet.inventory();
  await clock.turn(20_000);
  expect(await inventory).toEqual({
    instances: [instanceOf('nhn')],
    failures: [{ provider: 'naver', message: 'No answer within 20 seconds.' }],
  });
});

test('an instance that cannot be examined in time is missed, and does not hold up the rest', async () => {
  const { fleet, clock } = fleetOf({ nhn: adapter(), naver: adapter({ observe: never }) });
  const { instances } = await fleet.inventory();
  const examination = fleet.examine(instances, { until: clock.now() + 40_000 });
  await clock.turn(40_000);
  const { diagnoses, missed } = await examination;
  expect(diagnoses.map(({ instance }) => instance.reference)).toEqual(['nhn:1']);
  expect(missed).toEqual([{ instance: instanceOf('naver'), why: 'No answer within 40 seconds.' }]);
});

test('instances that are never examined do not take the places of another account’s', async () => {
  const many = Array.from({ length: 9 }, (_, index) => ({ ...record, id: String(index) }));
  const { fleet, clock } = fleetOf({ nhn: adapter({ list: async () => many, observe: never }), naver: adapter() });
  const { instances } = await fleet.inventory();
  const examination = fleet.examine(instances, { until: clock.now() + 40_000 });
  await clock.turn(40_001);
  const { diagnoses, missed } = await examination;
  expect(diagnoses.map(({ instance }) => instance.reference)).toEqual(['naver:1']);
  expect(missed).toHaveLength(many.length);
});

test('events that never come are named as missing, and those of the others are there', async () => {
  const event = { time: new Date(0).toISOString(), kind: 'event' as const, category: 'backup', text: 'done' };
  const { fleet, clock } = fleetOf({
    nhn: adapter({ events: async () => [event] }),
    naver: adapter({ events: never }),
  });
  const range = { from: new Date(0).toISOString(), to: new Date(clock.now()).toISOString() };
  const timeline = fleet.events(range);
  await clock.turn(20_000);
  const { events, failures } = await timeline;
  expect(events).toEqual([{ ...event, time: '1970-01-01T00:00:00Z', provider: 'nhn' }]);
  expect(failures).toEqual([{ provider: 'naver', message: 'No answer within 20 seconds.' }]);
});

test('a reference leads to its account without a wait for another', async () => {
  const { fleet } = fleetOf({ nhn: adapter(), naver: adapter({ list: never }) });
  expect(await fleet.get('nhn:1')).toEqual(instanceOf('nhn'));
  expect(await fleet.related(instanceOf('nhn'))).toEqual([]);
});

test('a look serves the questions of the next minute, however many ask', async () => {
  const list = vi.fn(async () => [record]);
  const { fleet, clock } = fleetOf({ nhn: adapter({ list }) });
  await Promise.all([fleet.inventory(), fleet.inventory(), fleet.attention()]);
  expect(list).toHaveBeenCalledTimes(1);
  await clock.turn(60_001);
  await fleet.inventory();
  expect(list).toHaveBeenCalledTimes(2);
});
