import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Adapter } from '../../../src/fleet/adapter.js';
import { createFleet } from '../../../src/fleet/fleet.js';
import type { ProviderInstance } from '../../../src/fleet/instance.js';
import { type ProviderName, providerNames } from '../../../src/providers/settings.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const record: ProviderInstance = { id: '1', name: 'orders', state: 'available', providerState: 'OK' };
const instanceOf = (provider: string) => ({ reference: `${provider}:1`, provider, ...record });

const adapter = (more: Partial<Adapter> = {}): Adapter => ({
  list: async () => [record],
  get: async () => record,
  observe: async (instance) => ({ instance, unavailable: [] }),
  step: () => undefined,
  ...more,
});

const never = () => new Promise<never>(() => undefined);

const fleetOf = (adapters: Partial<Record<ProviderName, Adapter>>) =>
  createFleet({
    accounts: providerNames.filter((name) => adapters[name]).map((name) => ({ name, provider: name })),
    adapterFor: (provider) => adapters[provider] ?? adapter(),
    rules: [],
    readerOf: () => never,
    job: never,
    now: () => Date.now(),
    reasonOf: (error) => ({ message: error instanceof Error ? error.message : '' }),
  });

test('a provider that never answers is given up, and the others are there', async () => {
  const fleet = fleetOf({ nhn: adapter(), naver: adapter({ list: never }) });
  const inventory = fleet.inventory();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await inventory).toEqual({
    instances: [instanceOf('nhn')],
    failures: [{ provider: 'naver', message: 'No answer within 20 seconds.' }],
  });
});

test('an instance that cannot be examined in time is missed, and does not hold up the rest', async () => {
  const fleet = fleetOf({ nhn: adapter(), naver: adapter({ observe: never }) });
  const { instances } = await fleet.inventory();
  const examination = fleet.examine(instances, Date.now() + 40_000);
  await vi.advanceTimersByTimeAsync(40_000);
  const { diagnoses, missed } = await examination;
  expect(diagnoses.map(({ instance }) => instance.reference)).toEqual(['nhn:1']);
  expect(missed).toEqual([{ instance: instanceOf('naver'), why: 'No answer within 40 seconds.' }]);
});

test('a look serves the questions of the next seconds, however many ask', async () => {
  const list = vi.fn(async () => [record]);
  const fleet = fleetOf({ nhn: adapter({ list }) });
  await Promise.all([fleet.inventory(), fleet.inventory(), fleet.attention()]);
  expect(list).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(3_001);
  await fleet.inventory();
  expect(list).toHaveBeenCalledTimes(2);
});
