import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Adapter } from '../../../src/fleet/adapter.js';
import { createFleet } from '../../../src/fleet/fleet.js';
import type { FleetInstance } from '../../../src/fleet/instance.js';
import type { ProviderName } from '../../../src/providers/settings.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const instanceOf = (provider: string): FleetInstance => ({
  reference: `${provider}:1`,
  provider,
  id: '1',
  name: 'orders',
  state: 'available',
  providerState: 'OK',
});

const adapterOf = (provider: ProviderName, more: Partial<Adapter> = {}): Adapter => ({
  provider,
  list: async () => [instanceOf(provider)],
  get: async () => instanceOf(provider),
  observe: async (instance, related, now) => ({ instance, related, now, unavailable: [] }),
  step: () => undefined,
  ...more,
});

const never = () => new Promise<never>(() => undefined);

const fleetOf = (...adapters: Adapter[]) =>
  createFleet({
    adapters,
    rules: [],
    readerOf: () => never,
    job: never,
    now: () => Date.now(),
    reasonOf: (error) => ({ message: error instanceof Error ? error.message : '' }),
  });

test('a provider that never answers is given up, and the others are there', async () => {
  const fleet = fleetOf(adapterOf('nhn'), adapterOf('naver', { list: never }));
  const inventory = fleet.inventory();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await inventory).toEqual({
    instances: [instanceOf('nhn')],
    failures: [{ provider: 'naver', message: 'No answer within 20 seconds.' }],
  });
});

test('an instance that cannot be examined in time is missed, and does not hold up the rest', async () => {
  const fleet = fleetOf(adapterOf('nhn'), adapterOf('naver', { observe: never }));
  const { instances } = await fleet.inventory();
  const examination = fleet.examine(instances, Date.now() + 40_000);
  await vi.advanceTimersByTimeAsync(40_000);
  const { diagnoses, missed } = await examination;
  expect(diagnoses.map(({ instance }) => instance.reference)).toEqual(['nhn:1']);
  expect(missed).toEqual([{ instance: instanceOf('naver'), why: 'No answer within 40 seconds.' }]);
});

test('a look serves the questions of the next seconds, however many ask', async () => {
  const list = vi.fn(async () => [instanceOf('nhn')]);
  const fleet = fleetOf(adapterOf('nhn', { list }));
  await Promise.all([fleet.inventory(), fleet.inventory(), fleet.attention()]);
  expect(list).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(3_001);
  await fleet.inventory();
  expect(list).toHaveBeenCalledTimes(2);
});
