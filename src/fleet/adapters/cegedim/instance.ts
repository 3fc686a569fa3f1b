import { recordsAt, textAt, textsAt, valueAt } from '../../../values/json-path.js';
import { type Values } from '../../../values/values.js';
import type { ProviderInstance, Restorable, State } from '../../instance.js';
import { flagAt, numberAt, percentOf } from '../answers.js';
import { momentAt, newest } from '../times.js';

/** Only ACTIVE is documented. Other statuses are classified by their words. */
const words: readonly (readonly [RegExp, State])[] = [
  [/^active$/i, 'available'],
  [/^(inactive|stopped)$/i, 'stopped'],
  [/^(error|failed)$/i, 'failed'],
  [/^[a-z_]+ing$/i, 'changing'],
];

const stateOf = (status: string): State => words.find(([pattern]) => pattern.test(status))?.[1] ?? 'unknown';

const statusOf = (resource: Values): string => textAt(resource, 'status') ?? 'none given';

/**
 * Selects instances from the inventory of all kinds. The family is not enough: the servers of an instance may share it,
 * and so may other resources.
 */
export const isInstance = (resource: Values): boolean =>
  ['resourceType', 'type'].some((field) => /^postgresql$/i.test(textAt(resource, field) ?? '')) ||
  textAt(resource, 'path')?.includes('/databases/postgresql/') === true;

/** From the instance's own answer, or from its line in the inventory. Fields that both have use the same names. */
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

/** Adds what only the servers report: how full they are, and which one is down while the instance is up. */
export function withNodes(record: ProviderInstance, nodes: readonly Values[]): ProviderInstance {
  const isUp = record.state === 'available' || record.state === 'degraded';
  const down = isUp ? nodes.filter((node) => /^(stopped|failed)$/.test(stateOf(statusOf(node)))) : [];
  const said = down.map((node) => `${textAt(node, 'name') ?? 'a node'} ${statusOf(node)}`);
  if (isUp && nodes.length === 0)
    return { ...record, state: 'unknown', providerState: `${record.providerState}, no servers` };
  const used = usedOf(nodes);
  return {
    ...record,
    state: stateWith(record, { down: down.length, all: nodes.length }),
    providerState: [...new Set([...record.providerState.split(', '), ...said])].join(', '),
    storage: used === undefined ? record.storage : { ...record.storage, usedPercent: used },
  };
}

/** Where no server is up, the instance serves nobody, whatever its own status says. */
function stateWith({ state }: ProviderInstance, { down, all }: { down: number; all: number }): State {
  if (down === 0) return state;
  return down === all ? 'failed' : 'degraded';
}

/** The product only has the major version. */
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

/** The documents give no unit for this size. It is taken to be GB, as the size of a new instance is. */
function storageOf(instance: Values): ProviderInstance['storage'] {
  const gigabytes = numberAt(instance, 'storage');
  return gigabytes === undefined ? undefined : { gigabytes };
}

/**
 * The use of the fullest node. If none of its file systems is named after the database, it is that of the fullest one.
 */
function usedOf(nodes: readonly Values[]): number | undefined {
  const all = nodes.flatMap((node) => recordsAt(node, 'storageInformation.fileSystems'));
  const ofDatabase = all.filter((each) => /postgres|pgsql|pgdata/i.test(textAt(each, 'mountingPoint') ?? ''));
  const used = (ofDatabase.length > 0 ? ofDatabase : all).flatMap((fileSystem) => {
    const [size, free] = [numberAt(fileSystem, 'sizeOf'), numberAt(fileSystem, 'free')];
    return percentOf(size === undefined || free === undefined ? undefined : size - free, size) ?? [];
  });
  return used.length > 0 ? Math.max(...used) : undefined;
}

/** The documents say for each environment how far back a restore can go. No field says how long backups are kept. */
const restorableDays = { production: 14, other: 7 };

function backupsOf(instance: Values): ProviderInstance['backups'] {
  const enabled = flagAt(instance, 'backupStatus');
  if (enabled === undefined) return undefined;
  const environment = textAt(instance, 'environment');
  const days = /^prod/i.test(environment ?? '') ? restorableDays.production : restorableDays.other;
  const details = valueAt(instance, 'backupPolicyDetails');
  const taken = ['backups', 'policies'].flatMap((list) => recordsAt(details, list)).filter(hasDate);
  const noneMade = enabled && details !== undefined && taken.length === 0;
  return {
    enabled,
    retentionDays: enabled && environment ? days : undefined,
    newest: newest(taken.map((each) => momentAt(each, 'backupLastDate'))),
    ...(noneMade && { noneMade }),
  };
}

/** The documents allow a moment from this version on. */
const leastMajor = 12;
const day = 24 * 3_600_000;

/** No answer tells a range, so it is the documented one. What the answers tell can only narrow it. */
export function restorableOf({ backups, created, engineVersion }: ProviderInstance, now: number): Restorable {
  const { enabled, retentionDays, noneMade } = backups ?? {};
  const major = Number(engineVersion?.split('.')[0]);
  if (enabled === false) return { kind: 'nothing', why: 'backups are off' };
  if (noneMade) return { kind: 'nothing', why: 'no backup was made yet' };
  if (major < leastMajor)
    return { kind: 'nothing', why: `a moment needs version ${leastMajor} or higher, and this is ${engineVersion}` };
  if (enabled === undefined || Number.isNaN(major) || retentionDays === undefined || created === undefined)
    return { kind: 'untold', why: 'its backups, version, environment or age is not told' };
  const begun = Date.parse(created);
  const from = new Date(now - retentionDays * day).toISOString();
  const firstBackup = { from: created, to: new Date(begun + day).toISOString() };
  return {
    kind: 'range',
    from: from > created ? from : created,
    to: new Date(now).toISOString(),
    source: `the documents: ${retentionDays} days back for its environment`,
    doubts: [{ ...firstBackup, why: 'the first backup may have been made later, and when is not told' }],
  };
}

const hasDate = (backup: Values): boolean => Boolean(textAt(backup, 'backupLastDate'));

/** Other answers may use the instance's id or its internal id. The documents do not say which. */
export const idsOf = (resource: Values): string[] => [
  ...new Set([...textsAt(resource, 'id'), ...textsAt(resource, 'internalResourceId')]),
];
