import type { FleetInstance } from '../instance.js';

/**
 * Instances of the same group, its primary, and its replicas. `own` are the instances of its account alone, because ids
 * are only unique there.
 */
export function relatedTo(instance: FleetInstance, own: readonly FleetInstance[]): FleetInstance[] {
  const linked = new Set([instance.primary, ...(instance.replicas ?? [])]);
  return own.filter(
    (other) =>
      other.reference !== instance.reference &&
      (linked.has(other.reference) ||
        other.primary === instance.reference ||
        (other.group !== undefined && other.group === instance.group)),
  );
}
