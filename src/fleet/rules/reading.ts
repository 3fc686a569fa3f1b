import { sanitizeText } from '../../values/sanitize-text.js';
import { type Evidence, type Severity, severities } from '../finding.js';
import type { FleetEvent, FleetInstance, Observations, Series } from '../instance.js';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The values of the last half hour; too few to speak of give none. */
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

/** How bad a value is of which more is worse. */
export function gradeOf(value: number | undefined, { warning, critical }: Threshold): Severity | undefined {
  if (value === undefined || !(value >= warning)) return undefined;
  return value >= critical ? 'critical' : 'warning';
}

export const worstOf = (grades: readonly (Severity | undefined)[]): Severity | undefined =>
  severities.find((severity) => grades.includes(severity));

/** A copy's backups and protection are the business of its primary. Who has no role is alone, and a primary. */
export const isPrimary = ({ role }: FleetInstance): boolean => role === undefined || role === 'primary';

export const isStopped = ({ state }: FleetInstance): boolean => state === 'stopped';

/** The state, and the provider's own word where that says something else. */
export const stateEvidence = ({ state, providerState }: FleetInstance): Evidence => ({
  field: 'state',
  value: providerState.toLowerCase() === state ? state : `${state} (${sanitizeText(providerState)})`,
});

export function haEvidence({ highAvailability }: FleetInstance): Evidence {
  return { field: 'highAvailability.state', value: sanitizeText(highAvailability?.state ?? '') };
}

export const eventEvidence = ({ time, category, code, text }: FleetEvent): Evidence => ({
  field: `event ${sanitizeText(code ?? category)}`,
  value: `${time} ${sanitizeText(text)}`,
});

/** Events of the last day that are about this instance. */
export const ownEvents = ({ events = [], instance, now }: Observations): FleetEvent[] =>
  events.filter(
    ({ reference = instance.reference, time }) => reference === instance.reference && Date.parse(time) > now - day,
  );

export const rounded = (value: number, unit: string): string => `${Number(value.toFixed(1))} ${unit}`.trim();

/** `50 minutes`, `5.8 days`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 2 * hour) return rounded(Math.round(milliseconds / minute), 'minutes');
  return milliseconds < 2 * day ? rounded(milliseconds / hour, 'hours') : rounded(milliseconds / day, 'days');
}

/** `2026-11-28 03:00 UTC`. */
export const moment = (time: number): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
