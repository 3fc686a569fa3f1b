import { day, hour, midnight, minute, second } from '../core/dates.js';
import type { DbInstance } from './entities.js';
import { flavorOf } from './seed/catalog.js';

interface Metric {
  unit: string;
  digits?: number;
  /** The value at a time. `noise` is from -1 to 1, and always the same for the same instance, metric and time. */
  value(instance: DbInstance, time: number, noise: number): number;
}

const gigabyte = 1024 ** 3;

/** From 0 in the night to 1 in the afternoon, Korean time. */
function busy(time: number): number {
  const hourOfDay = (time - midnight(time, 'korea')) / hour;
  return (1 - Math.cos(((hourOfDay - 3) / 24) * 2 * Math.PI)) / 2;
}

const between = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value));

const cpu: Metric['value'] = ({ load }, time, noise) =>
  between(0.5, load.cpuPercent * (0.6 + 0.8 * busy(time)) * (1 + 0.08 * noise), 100);

const sizeGbAt = ({ storageSizes }: DbInstance, time: number) =>
  (storageSizes.findLast(({ since }) => since <= time) ?? storageSizes[0])?.sizeGb ?? 1;

/** Disk use. A full disk takes in nothing more, so that it grows on from its old size when it is enlarged. */
export function usedGbAt(instance: DbInstance, time: number): number {
  const { growthGbPerDay, asOf } = instance.load;
  let { usedGb } = instance.load;
  let from = asOf;
  const useUntil = (until: number, sizeGb: number) =>
    between(0.5, usedGb + (growthGbPerDay * (until - from)) / day, sizeGb);
  for (const { since } of instance.storageSizes.filter(({ since }) => since > asOf && since <= time)) {
    usedGb = useUntil(since, sizeGbAt(instance, since - 1));
    from = since;
  }
  return useUntil(time, sizeGbAt(instance, time));
}

const usedGb: Metric['value'] = (instance, time, noise) => {
  const size = sizeGbAt(instance, time);
  return between(0.5, usedGbAt(instance, time) + 0.0005 * size * noise, size);
};

const connections: Metric['value'] = ({ load }, time, noise) =>
  Math.max(2, load.connections * (0.5 + 0.8 * busy(time)) * (1 + 0.1 * noise));

const memory: Metric['value'] = ({ load }, time, noise) => between(5, load.memoryPercent + 3 * busy(time) + noise, 100);

/** Grows by half a second each second from when the replica began to fall behind until it caught up. */
export function lagSecondsAt({ load, type }: DbInstance, time: number, noise = 0): number {
  if (type === 'MASTER' || type === 'FAILED_MASTER') return 0;
  const { since = Infinity, until = Infinity } = load.fallingBehind ?? {};
  const behind = since < time && time < until ? (time - since) / second / 2 : 0;
  return Math.max(0, behind + load.lagSeconds * (1 + noise));
}

const perConnection =
  (rate: number): Metric['value'] =>
  (instance, time, noise) =>
    connections(instance, time, noise) * rate * (1 + 0.2 * noise);

const isMaster = ({ type }: DbInstance) => type === 'MASTER';

/** The names that the service sends. The units are the emulator's interpretation. */
export const metrics: Record<string, Metric> = {
  DATABASE_STATUS: { unit: '', digits: 0, value: () => 1 },
  CPU_USAGE: { unit: '%', value: cpu },
  CPU_USAGE_USER: { unit: '%', value: (...at) => cpu(...at) * 0.7 },
  CPU_USAGE_SYSTEM: { unit: '%', value: (...at) => cpu(...at) * 0.2 },
  CPU_USAGE_IOWAIT: { unit: '%', value: (...at) => cpu(...at) * 0.1 },
  LOAD_AVG_5M: { unit: '', value: (instance, ...at) => (cpu(instance, ...at) / 60) * flavorOf(instance).vcpus },
  MEMORY_USAGE: { unit: '%', value: memory },
  MEMORY_FREE: {
    unit: 'MB',
    digits: 0,
    value: (instance, ...at) => flavorOf(instance).ram * (1 - memory(instance, ...at) / 100),
  },
  SWAP_USED: { unit: 'MB', digits: 0, value: () => 0 },
  STORAGE_USAGE: {
    unit: '%',
    value: (instance, time, noise) => (100 * usedGb(instance, time, noise)) / sizeGbAt(instance, time),
  },
  STORAGE_USAGE_BYTE: { unit: 'Byte', digits: 0, value: (...at) => usedGb(...at) * gigabyte },
  STORAGE_FREE_BYTE: {
    unit: 'Byte',
    digits: 0,
    value: (instance, time, noise) => (sizeGbAt(instance, time) - usedGb(instance, time, noise)) * gigabyte,
  },
  STORAGE_WAL_USAGE_BYTE: { unit: 'Byte', digits: 0, value: (...at) => usedGb(...at) * 0.04 * gigabyte },
  STORAGE_IO_READ: { unit: 'Byte/s', digits: 0, value: perConnection(48_000) },
  STORAGE_IO_WRITE: { unit: 'Byte/s', digits: 0, value: perConnection(21_000) },
  NETWORK_SENT: { unit: 'Byte/s', digits: 0, value: perConnection(16_000) },
  NETWORK_RECV: { unit: 'Byte/s', digits: 0, value: perConnection(9_000) },
  DATABASE_CONNECTIONS_TOTAL: { unit: 'count', digits: 0, value: connections },
  DATABASE_CONNECTIONS_ACTIVE: { unit: 'count', digits: 0, value: perConnection(0.2) },
  DATABASE_CONNECTIONS_MAX: { unit: 'count', digits: 0, value: (instance) => (flavorOf(instance).ram / 1024) * 50 },
  DATABASE_QPS: { unit: 'count/s', value: perConnection(6.5) },
  DATABASE_TRANSACTIONS_COMMIT: {
    unit: 'count/s',
    value: (instance, ...at) => (isMaster(instance) ? perConnection(2.1)(instance, ...at) : 0),
  },
  DATABASE_DEADLOCK: { unit: 'count', digits: 0, value: () => 0 },
  DATABASE_CACHE_HIT_RATIO: { unit: '%', value: (_instance, _time, noise) => 98.6 + 0.6 * noise },
  REPLICATION_LAG_SECONDS: { unit: 's', value: lagSecondsAt },
  REPLICATION_LAG_BYTES: { unit: 'Byte', digits: 0, value: (...at) => lagSecondsAt(...at) * 180_000 },
};

interface Range {
  from: number;
  to: number;
  /** In minutes. */
  interval: number;
  now: number;
}

/**
 * Pairs of epoch seconds and value. A point stands for the interval that it begins, and has the latest value in it.
 * There are none from before the instance was created or while it was down.
 */
export function seriesOf(
  instance: DbInstance,
  metricName: string,
  { from, to, interval, now }: Range,
): [number, string][] {
  const metric = metrics[metricName];
  if (!metric) return [];
  const series: [number, string][] = [];
  const step = interval * minute;
  for (let time = Math.ceil(Math.max(from, instance.createdAt) / step) * step; time <= to; time += step) {
    const end = Math.min(time + step, now);
    // A minute that is over lacks its value if the instance was down for a part of it.
    const isDown = wasDown(instance, end < now ? end - minute : now, end);
    if (isDown && metricName !== 'DATABASE_STATUS') continue;
    const value = isDown ? 0 : metric.value(instance, end, noiseOf(`${instance.id} ${metricName} ${time}`));
    series.push([time / second, value.toFixed(metric.digits ?? 2)]);
  }
  return series;
}

const wasDown = ({ downtimes }: DbInstance, since: number, until: number): boolean =>
  downtimes.some(({ from, to = Infinity }) => from <= until && since < to);

/** The interval in minutes that the service chooses for the range when none is given. */
export function fittingInterval(rangeMilliseconds: number): number {
  if (rangeMilliseconds <= 2 * hour) return 1;
  if (rangeMilliseconds <= day) return 5;
  if (rangeMilliseconds <= 7 * day) return 30;
  return rangeMilliseconds <= 31 * day ? 120 : 1440;
}

/** FNV-1a, scaled to the range from -1 to 1. */
function noiseOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x7fffffff - 1;
}
