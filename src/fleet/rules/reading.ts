import { sanitizeWords } from '../../values/sanitize-text.js';
import { type Evidence, type Severity, severities } from '../finding.js';
import type { FleetEvent, FleetInstance, Observations, Series } from '../instance.js';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The values of the last half hour. Too few values give none. */
export function recentValues(series: Series | undefined, now: number): number[] {
  const values = series?.points.filter(([time]) => time > now - 30 * minute).map(([, value]) => value) ?? [];
  return values.length >= 3 ? values : [];
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

interface Threshold {
  warning: number;
  critical: number;
}

/** How severe a value is when higher is worse. */
export function gradeOf(value: number | undefined, { warning, critical }: Threshold): Severity | undefined {
  if (value === undefined || !(value >= warning)) return undefined;
  return value >= critical ? 'critical' : 'warning';
}

export const worstOf = (grades: readonly (Severity | undefined)[]): Severity | undefined =>
  severities.find((severity) => grades.includes(severity));

/**
 * Backups and protection of a copy are the task of its primary. An instance without a role stands alone and is a
 * primary.
 */
export const isPrimary = ({ role }: FleetInstance): boolean => role === undefined || role === 'primary';

export const isStopped = ({ state }: FleetInstance): boolean => state === 'stopped';

/** The state, and the provider's own word if that says something else. */
export const stateEvidence = ({ state, providerState }: FleetInstance): Evidence => ({
  field: 'state',
  value: providerState.toLowerCase() === state ? state : `${state} (${sanitizeWords(providerState)})`,
});

export function haEvidence({ highAvailability }: FleetInstance): Evidence {
  return { field: 'highAvailability.state', value: sanitizeWords(highAvailability?.state ?? '') };
}

export const eventEvidence = ({ time, category, code, text }: FleetEvent): Evidence => ({
  field: `event ${sanitizeWords(code ?? category)}`,
  value: `${time} ${sanitizeWords(text)}`,
});

/** Events of the last day about this instance. */
export const ownEvents = ({ events = [], instance, now }: Observations): FleetEvent[] =>
  events.filter(
    ({ reference = instance.reference, time }) => reference === instance.reference && Date.parse(time) > now - day,
  );

export const rounded = (value: number, unit: string): string => `${Number(value.toFixed(1))} ${unit}`.trim();

/** Writes a duration such as `50 minutes` or `5.8 days`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 2 * hour) return rounded(Math.round(milliseconds / minute), 'minutes');
  return milliseconds < 2 * day ? rounded(milliseconds / hour, 'hours') : rounded(milliseconds / day, 'days');
}
