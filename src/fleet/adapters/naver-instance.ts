import { recordsAt, textAt } from '../../values/json-path.js';
import { type Values } from '../../values/values.js';
import type { ProviderInstance, State } from '../instance.js';
import { flagAt, numberAt, percentOf } from './answers.js';
import { momentAt } from './times.js';

/** The keys are in lower case, because the documents write both `settingup` and `settingUp`. */
const states: Readonly<Record<string, State>> = {
  creating: 'changing',
  settingup: 'changing',
  pending: 'changing',
  restarting: 'changing',
  reinstalling: 'changing',
  upgrading: 'changing',
  downgrading: 'changing',
  shuttingdown: 'changing',
  deleting: 'changing',
  running: 'available',
  // The provider repairs something by itself.
  recovering: 'degraded',
  stopped: 'stopped',
};

/** States by code, for answers without the name of a status. */
const codes: Readonly<Record<string, State>> = { INIT: 'changing', CREAT: 'available' };

const statusName = 'cloudPostgresqlInstanceStatusName';
const serverStatusName = 'cloudPostgresqlServerInstanceStatusName';
const role = 'cloudPostgresqlServerRole.code';

/** M is primary, H is secondary, and S is read replica. The code of a standalone server is not documented. */
const notServing: readonly (string | undefined)[] = ['H', 'S'];

const isSecondary = (server: Values): boolean => textAt(server, role) === 'H';

export const numberOf = (instance: Values): string | undefined => textAt(instance, 'cloudPostgresqlInstanceNo');

/** A row stays for a short time after its instance is gone. */
export const isGone = (instance: Values): boolean => textAt(instance, statusName)?.toLowerCase() === 'deleted';

/** There is one record for each instance. The provider's servers, including replicas, are parts of it. */
export function recordOf(instance: Values, id: string, backups?: ProviderInstance['backups']): ProviderInstance {
  const servers = recordsAt(instance, 'cloudPostgresqlServerInstanceList');
  const primary = servers.find((server) => !notServing.includes(textAt(server, role)));
  const words = busyServers(servers);
  const state = stateOf(instance, servers);
  const isBare = servers.length === 0 && state === 'available';
  // A secondary that is there says more than a flag.
  const isHa = servers.some(isSecondary) || flagAt(instance, 'isHa');
  const isBackup = flagAt(instance, 'isBackup');
  return {
    id,
    name: textAt(instance, 'cloudPostgresqlServiceName') ?? id,
    engineVersion: /\d+(\.\d+)*/.exec(textAt(instance, 'engineVersion') ?? '')?.[0],
    role: primary && 'primary',
    state: isBare ? 'unknown' : state,
    providerState: [ownWord(instance) ?? 'none given', ...(isBare ? [noServers] : words)].join(', '),
    progress: progressOf(instance, words),
    highAvailability: isHa === undefined ? undefined : { enabled: isHa, state: isHa ? haStateOf(servers) : undefined },
    endpoints: endpointsOf(servers, numberAt(instance, 'cloudPostgresqlPort')),
    publicAccess: servers.length > 0 ? servers.some((server) => textAt(server, 'publicDomain')) : undefined,
    storage: storageOf(servers, primary),
    backups:
      isBackup === undefined
        ? undefined
        : {
            enabled: isBackup,
            retentionDays: isBackup ? numberAt(instance, 'backupFileRetentionPeriod') : undefined,
            newest: backups?.newest,
            ...(isBackup && backups?.noneMade && { noneMade: true }),
          },
    created: momentAt(instance, 'createDate'),
  };
}

/** A new instance shows no servers for some seconds, and so may one that is gone. */
const noServers = 'no servers';

/** During operations that no document names, the codes are not sent. */
const ownWord = (instance: Values): string | undefined =>
  textAt(instance, statusName) ?? textAt(instance, 'cloudPostgresqlInstanceStatus.code');

function stateOf(instance: Values, servers: readonly Values[]): State {
  const word = textAt(instance, statusName);
  const own = word ? states[word.toLowerCase()] : codes[textAt(instance, 'cloudPostgresqlInstanceStatus.code') ?? ''];
  if (own !== 'available') return own ?? 'unknown';
  if (operationOf(instance)) return 'changing';
  const serving = servers.filter((server) => textAt(server, role) !== 'S').map(stateOfServer);
  if (serving.length > 0 && serving.every(isDown)) return 'failed';
  const ofServers = new Set(servers.map(stateOfServer));
  if (ofServers.has('degraded') || ofServers.has('stopped')) return 'degraded';
  return (['unknown', 'changing'] as const).find((state) => ofServers.has(state)) ?? 'available';
}

/** Its provider repairs it, or it stands still: it serves nobody. */
const isDown = (state: State): boolean => state === 'degraded' || state === 'stopped';

/** A server without a status counts as healthy, because its instance is. */
function stateOfServer(server: Values): State {
  const word = textAt(server, serverStatusName);
  return word ? (states[word.toLowerCase()] ?? 'unknown') : 'available';
}

function operationOf(instance: Values): string | undefined {
  const operation = textAt(instance, 'cloudPostgresqlInstanceOperation.code');
  return operation === 'NULL' ? undefined : operation;
}

/** Describes each server that is not simply running, such as `orders-001 recovering`. */
const busyServers = (servers: readonly Values[]): string[] =>
  servers
    .filter((server) => stateOfServer(server) !== 'available')
    .map(
      (server) => `${textAt(server, 'cloudPostgresqlServerName') ?? 'a server'} ${textAt(server, serverStatusName)}`,
    );

function progressOf(instance: Values, words: readonly string[]): string | undefined {
  const word = textAt(instance, statusName);
  const own = states[word?.toLowerCase() ?? ''];
  return operationOf(instance) ?? (own === 'changing' || own === 'degraded' ? word : words[0]);
}

/** The provider only reports the status of the secondary. */
const haStateOf = (servers: readonly Values[]): string | undefined =>
  textAt(servers.find(isSecondary), serverStatusName);

/** Where clients may connect, the primary first. A secondary takes no connections until it becomes the primary. */
function endpointsOf(servers: readonly Values[], port: number | undefined): ProviderInstance['endpoints'] {
  const open = servers.filter((server) => !isSecondary(server));
  const isReplica = (server: Values) => (textAt(server, role) === 'S' ? 1 : 0);
  const endpoints = open
    .toSorted((a, b) => isReplica(a) - isReplica(b))
    .flatMap((server) => [
      { address: textAt(server, 'privateDomain') ?? textAt(server, 'privateIp'), isPublic: false },
      { address: textAt(server, 'publicDomain'), isPublic: true },
    ])
    .flatMap(({ address, isPublic }) => (address ? [{ address, port, isPublic }] : []));
  return endpoints.length > 0 ? endpoints : undefined;
}

const gigabyte = 1024 ** 3;

/**
 * Sizes are taken to be in bytes, which is not documented. The use is that of the fullest server, because each has its
 * own disk.
 */
function storageOf(servers: readonly Values[], primary: Values | undefined): ProviderInstance['storage'] {
  const bytes = numberAt(primary ?? servers[0], 'dataStorageSize');
  const used = servers
    .map((server) => percentOf(numberAt(server, 'usedDataStorageSize'), numberAt(server, 'dataStorageSize')))
    .filter((percent) => percent !== undefined);
  if (bytes === undefined && used.length === 0) return undefined;
  return {
    gigabytes: bytes === undefined ? undefined : Math.round((bytes / gigabyte) * 10) / 10,
    usedPercent: used.length > 0 ? Math.max(...used) : undefined,
  };
}
