import { recordsAt, textAt, textsAt } from '../../values/json-path.js';
import { type Values } from '../../values/values.js';
import type { ProviderInstance, State } from '../instance.js';
import { flagAt, momentAt, newest, numberAt, percentOf } from './answers.js';

/** Only ACTIVE stands in the documents; what else comes is read by what it says. */
const words: readonly (readonly [RegExp, State])[] = [
  [/^active$/i, 'available'],
  [/^(inactive|stopped)$/i, 'stopped'],
  [/^(error|failed)$/i, 'failed'],
  [/^[a-z_]+ing$/i, 'changing'],
];

const stateOf = (status: string): State => words.find(([pattern]) => pattern.test(status))?.[1] ?? 'unknown';

const statusOf = (resource: Values): string => textAt(resource, 'status') ?? 'none given';

/**
 * Of the inventory of all kinds. The family says nothing: the servers below an instance may share it, and so may other
 * resources.
 */
export const isInstance = (resource: Values): boolean =>
  ['resourceType', 'type'].some((field) => /^postgresql$/i.test(textAt(resource, field) ?? '')) ||
  textAt(resource, 'path')?.includes('/databases/postgresql/') === true;

/** By the instance's own answer, or by its line in the inventory: what both have goes by the same names. */
export function recordOf(instance: Values, id: string): ProviderInstance {
  const status = statusOf(instance);
  const state = stateOf(status);
  const highAvailability = highAvailabilityOf(instance);
  const isAlone = state === 'available' && highAvailability?.state === notReplicated;
  return {
    id,
    name: textAt(instance, 'name') ?? id,
    engineVersion: versionOf(instance),
    state: isAlone ? 'degraded' : state,
    providerState: isAlone ? `${status}, ${notReplicated}` : status,
    progress: state === 'changing' ? status : undefined,
    highAvailability,
    endpoints: endpointsOf(instance),
    publicAccess: flagAt(instance, 'network.isIpRangePublic'),
    storage: storageOf(instance),
    backups: backupsOf(instance),
    created: momentAt(instance, 'creationTime'),
  };
}

/** With what only the servers below tell: how full they are, and which of them is down while the instance is up. */
export function withNodes(record: ProviderInstance, nodes: readonly Values[]): ProviderInstance {
  const isUp = record.state === 'available' || record.state === 'degraded';
  const down = isUp ? nodes.filter((node) => /^(stopped|failed)$/.test(stateOf(statusOf(node)))) : [];
  const said = down.map((node) => `${textAt(node, 'name') ?? 'a node'} ${statusOf(node)}`);
  const used = usedOf(nodes);
  return {
    ...record,
    state: down.length > 0 ? 'degraded' : record.state,
    providerState: [...new Set([...record.providerState.split(', '), ...said])].join(', '),
    storage: used === undefined ? record.storage : { ...record.storage, usedPercent: used },
  };
}

/** The product is the major version only. */
const versionOf = (instance: Values): string | undefined =>
  ['version', 'productVersion', 'productName']
    .map((field) => /\d+(\.\d+)*/.exec(textAt(instance, field) ?? '')?.[0])
    .find((version) => version !== undefined);

const notReplicated = 'not replicated';

function highAvailabilityOf(instance: Values): ProviderInstance['highAvailability'] {
  const topology = textAt(instance, 'topology');
  if (topology === undefined) return undefined;
  const isReplicated = flagAt(instance, 'replicationStatus');
  if (topology !== 'HA' || isReplicated === undefined) return { enabled: topology === 'HA' };
  return { enabled: true, state: isReplicated ? 'replicated' : notReplicated };
}

function endpointsOf(instance: Values): ProviderInstance['endpoints'] {
  const [, host, port] = /^(?:\w+:\/\/)?([^\s/:]+)(?::(\d+))?/.exec(textAt(instance, 'url') ?? '') ?? [];
  const address = host ?? textAt(instance, 'ipAddress');
  if (!address) return undefined;
  const isPublic = flagAt(instance, 'network.isIpRangePublic');
  return [{ address, port: port === undefined ? undefined : Number(port), isPublic }];
}

/** The size has no unit in the documents; that of a new instance, which it is, is in GB. */
function storageOf(instance: Values): ProviderInstance['storage'] {
  const gigabytes = numberAt(instance, 'storage');
  return gigabytes === undefined ? undefined : { gigabytes };
}

/** Of the fullest node. Where none of its file systems is named after the database, that of its fullest one. */
function usedOf(nodes: readonly Values[]): number | undefined {
  const all = nodes.flatMap((node) => recordsAt(node, 'storageInformation.fileSystems'));
  const ofDatabase = all.filter((each) => /postgres|pgsql|pgdata/i.test(textAt(each, 'mountingPoint') ?? ''));
  const used = (ofDatabase.length > 0 ? ofDatabase : all).flatMap((fileSystem) => {
    const [size, free] = [numberAt(fileSystem, 'sizeOf'), numberAt(fileSystem, 'free')];
    return percentOf(size === undefined || free === undefined ? undefined : size - free, size) ?? [];
  });
  return used.length > 0 ? Math.max(...used) : undefined;
}

/** How far back a restore reaches is documented by environment; no field says how long backups are kept. */
const restorableDays = { production: 14, other: 7 };

function backupsOf(instance: Values): ProviderInstance['backups'] {
  const enabled = flagAt(instance, 'backupStatus');
  if (enabled === undefined) return undefined;
  const environment = textAt(instance, 'environment');
  const days = /^prod/i.test(environment ?? '') ? restorableDays.production : restorableDays.other;
  const dates = ['backups', 'policies'].flatMap((list) =>
    recordsAt(instance, `backupPolicyDetails.${list}`).map((each) => momentAt(each, 'backupLastDate')),
  );
  return { enabled, retentionDays: enabled && environment ? days : undefined, newest: newest(dates) };
}

/** What goes by an instance's id may go by its internal one too: which of them the documents mean is not confirmed. */
export const idsOf = (resource: Values): string[] => [
  ...new Set([...textsAt(resource, 'id'), ...textsAt(resource, 'internalResourceId')]),
];
