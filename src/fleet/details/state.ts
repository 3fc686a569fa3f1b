import type { FleetInstance } from '../instance.js';
import type { Configuration, Size } from './detail-reader.js';

/** What an instance is set up as: texts by the names of fields, in the order in which they are compared. */
export type ComparedState = Readonly<Record<string, string>>;

/** How the names of engine parameters begin among the fields. */
export const parameter = 'parameter ';

/** The fields that hold several things, with commas between them. */
export const listFields: ReadonlySet<string> = new Set(['access', 'extensions']);

/** Everything that is compared. What is not known has no field. */
export function stateOf(instance: FleetInstance, seen: Configuration): ComparedState {
  const { backups, storage, highAvailability } = instance;
  const facts: Record<string, string | number | boolean | undefined> = {
    version: instance.engineVersion,
    state: instance.state,
    role: instance.role,
    size: sizeText(seen.size),
    'storage in GB': storage?.gigabytes,
    'high availability': highAvailability?.enabled,
    'backups on': backups?.enabled,
    'backup retention in days': backups?.retentionDays,
    'public access': instance.publicAccess,
    'deletion protection': instance.deletionProtection,
    access: listText(seen.access),
    extensions: listText(seen.extensions),
    'stored parameters wait': seen.parametersWait,
    ...Object.fromEntries(Object.entries(seen.parameters ?? {}).map(([name, value]) => [parameter + name, value])),
  };
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

/** Writes a size such as `4 vCPU, 32 GB (r2.c4m32)`. */
export function sizeText({ name, vcpus, memoryGigabytes }: Size = {}): string | undefined {
  const parts = [
    vcpus === undefined ? [] : `${vcpus} vCPU`,
    memoryGigabytes === undefined ? [] : `${memoryGigabytes} GB`,
  ];
  const told = parts.flat().join(', ');
  if (!told) return name;
  return name ? `${told} (${name})` : told;
}

const listText = (items: readonly string[] | undefined): string | undefined =>
  items && (items.toSorted().join(', ') || 'none');
