import { day, duration, type Evidence, gradeOf, hour, rounded, worstOf } from '../../define/finding.js';
import type { Rule } from '../finding.js';
import type { Observations } from '../instance.js';
import { isStopped, mean, recentValues, stateEvidence } from './reading.js';
import { timeOfReaching, trendOf } from './trend.js';

/** The used part in percent. */
const storageUsed = { warning: 85, critical: 95 };
/** Milliseconds until the trend reaches the limit. */
const fullWithin = { warning: 72 * hour, critical: 24 * hour };
/** Beyond this, a line through three days is not a forecast. */
const forecastsEnd = 90 * day;

const storageNearlyFull: Rule = {
  id: 'storage-nearly-full',
  topic: 'capacity',
  reads: ['storage', 'storageUse', 'state'],
  title: 'Storage is nearly full',
  meaning:
    'On a full disk PostgreSQL cannot write and stops serving changes. Free space or grow the storage before that.',
  remedies: ['growStorage', 'readMetrics', 'readDetails'],
  check(seen) {
    const { instance, storageUsedPercent } = seen;
    const used = storageUsedPercent?.points.at(-1)?.[1] ?? instance.storage?.usedPercent;
    const isFull = saysStorageFull.test(instance.providerState);
    const forecast = isFull || isStopped(instance) ? undefined : forecastOf(seen);
    const severity = worstOf([isFull ? 'critical' : undefined, gradeOf(used, storageUsed), forecast?.severity]);
    if (!severity) return undefined;
    const evidence: Evidence[] = isFull ? [stateEvidence(instance)] : [];
    if (used !== undefined)
      evidence.push({ field: storageUsedPercent?.source ?? 'storage.usedPercent', value: rounded(used, '%') });
    return { severity, evidence: [...evidence, ...(forecast?.evidence ?? [])] };
  },
};

/** The provider's words for full storage. */
export const saysStorageFull = /(storage|disk).?full|no space left/i;

function forecastOf({ storageUsedPercent, now, timeText }: Observations) {
  const trend = storageUsedPercent && trendOf(storageUsedPercent);
  const fullAt = trend && timeOfReaching(100, trend);
  if (fullAt === undefined || fullAt - now > forecastsEnd) return undefined;
  const left = Math.max(0, fullAt - now);
  // The trend is not good enough for seconds.
  const minute = Math.floor((now + left) / 60_000) * 60_000;
  const value = `${timeText(minute)}, in ${duration(left)}, at ${rounded(trend?.perDay ?? 0, '% a day')}`;
  const severity = left <= fullWithin.critical ? 'critical' : left <= fullWithin.warning ? 'warning' : undefined;
  return { severity, evidence: [{ field: 'full by the trend', value }] } as const;
}

/** Percent, on average over the last half hour. */
const cpuUsed = { warning: 90, critical: 98 };

const cpuSaturated: Rule = {
  id: 'cpu-saturated',
  topic: 'capacity',
  reads: ['load'],
  title: 'CPU is saturated',
  meaning: 'Queries wait for the processor, so everything gets slower. Find out what runs before you resize it.',
  remedies: ['readMetrics', 'resize', 'readDetails'],
  check({ instance, cpuPercent, now }) {
    const average = mean(recentValues(cpuPercent, now));
    const severity = gradeOf(average, cpuUsed);
    if (!cpuPercent || !severity || isStopped(instance)) return undefined;
    return { severity, evidence: [{ field: cpuPercent.source, value: `${rounded(average, '%')} over 30 minutes` }] };
  },
};

/**
 * The highest percentage of the limit in the last half hour, because even a short time at the limit refuses clients.
 */
const connectionsUsed = { warning: 80, critical: 95 };

const connectionsSaturated: Rule = {
  id: 'connections-saturated',
  topic: 'capacity',
  reads: ['load'],
  title: 'Connections are nearly used up',
  meaning: 'At the limit new clients are refused. Find clients that keep connections open before you raise the limit.',
  remedies: ['readMetrics', 'resize', 'readDetails'],
  check({ instance, connectionsPercent, now }) {
    const highest = Math.max(...recentValues(connectionsPercent, now));
    const severity = gradeOf(highest, connectionsUsed);
    if (!connectionsPercent || !severity || isStopped(instance)) return undefined;
    const value = `${rounded(highest, '%')} of the limit, highest of 30 minutes`;
    return { severity, evidence: [{ field: connectionsPercent.source, value }] };
  },
};

export const capacityRules: readonly Rule[] = [storageNearlyFull, cpuSaturated, connectionsSaturated];
