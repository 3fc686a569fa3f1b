import { day, type Evidence, minute } from '../../define/finding.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import type { FleetEvent, FleetInstance, Observations, Series } from '../instance.js';

/** The values of the last half hour. Too few values give none. */
export function recentValues(series: Series | undefined, now: number): number[] {
  const values = series?.points.filter(([time]) => time > now - 30 * minute).map(([, value]) => value) ?? [];
  return values.length >= 3 ? values : [];
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

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
