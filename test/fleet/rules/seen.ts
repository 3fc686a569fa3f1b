import type { FleetInstance, Observations, Series } from '../../../src/fleet/instance.js';
import { timesIn } from '../../../src/values/time-text.js';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const now = Date.parse('2026-11-22T07:00:00Z');
export const ago = (milliseconds: number) => new Date(now - milliseconds).toISOString();

export type Seen = Omit<Partial<Observations>, 'instance'> & { instance?: Partial<FleetInstance> };

export const observe = ({ instance, ...others }: Seen): Observations => ({
  instance: {
    reference: 'acme:1',
    provider: 'acme',
    id: '1',
    name: 'orders',
    state: 'available',
    providerState: 'UP',
    role: 'primary',
    ...instance,
  },
  related: [],
  now,
  timeText: timesIn('UTC'),
  unavailable: [],
  ...others,
});

/** Values that end now, one each `step`. */
export const series = (source: string, values: readonly number[], step = 5 * minute): Series => ({
  source,
  unit: '%',
  points: values.map((value, index) => [now - (values.length - 1 - index) * step, value]),
});
/** Three days, hour by hour, that end at a value and rise by so much a day. */
export const risingTo = (last: number, perDay: number) =>
  series(
    'STORAGE_USAGE',
    Array.from({ length: 73 }, (_, index) => last - ((72 - index) / 24) * perDay),
    hour,
  );
export const steady = (source: string, value: number) => series(source, Array(12).fill(value));

export const event = (text: string, age = hour) => ({
  time: ago(age),
  provider: 'acme',
  kind: 'event' as const,
  category: 'DB_INSTANCE',
  code: 'E_40',
  text,
});
export const job = (state: 'running' | 'failed', age: number) => ({
  handle: 'j1',
  state,
  word: 'WORKING',
  since: ago(age),
});
export const door = (address: string, withoutPassword = false) => ({
  kind: 'access rule',
  address,
  detail: withoutPassword ? 'TRUST' : 'SCRAM_SHA_256',
  withoutPassword,
  source: 'hbaRules[].address',
});
export const pair = (state: string) => ({ highAvailability: { enabled: true, state } });
