import { recordsAt, textAt } from '../../values/json-path.js';
import { mapLimit } from '../../values/map-limit.js';
import { type Values } from '../../values/values.js';
import type { Read } from '../adapter.js';
import type { ProviderInstance, ProviderObservations, Role, State } from '../instance.js';
import { attempt, flagAt, listAt, numberAt } from './answers.js';
import { momentAt, newest } from './times.js';

const roles: Readonly<Record<string, Role>> = {
  MASTER: 'primary',
  CANDIDATE_MASTER: 'standby',
  READ_ONLY_SLAVE: 'replica',
  FAILED_MASTER: 'failed primary',
};

const states: Readonly<Record<string, State>> = {
  AVAILABLE: 'available',
  BEFORE_CREATE: 'changing',
  // No document names it, and it is seen on the way of a create.
  STORAGE_CREATING: 'changing',
  STORAGE_FULL: 'degraded',
  REPLICATION_DELAY: 'degraded',
  REPLICATION_STOP: 'degraded',
  FAIL_TO_CREATE: 'failed',
  FAIL_TO_CONNECT: 'failed',
  // The provider's word for a primary that was replaced by another.
  FAILOVER: 'failed',
  SHUTDOWN: 'stopped',
};

/** A row may stay for a while after its instance is gone. */
export const isGone = (row: Values): boolean => textAt(row, 'dbInstanceStatus') === 'DELETED';

/** A record from a row of the list, or from the answer about one instance, which has a little more. */
export function recordOf(instance: Values, id: string): ProviderInstance {
  const status = textAt(instance, 'dbInstanceStatus') || 'none given';
  const progress = progressOf(instance);
  return {
    id,
    name: textAt(instance, 'dbInstanceName') || id,
    engineVersion: versionOf(textAt(instance, 'dbVersion') ?? ''),
    role: roles[textAt(instance, 'dbInstanceType') ?? ''],
    state: stateOf(status, progress),
    providerState: status,
    progress,
    deletionProtection: flagAt(instance, 'useDeletionProtection'),
    group: textAt(instance, 'dbInstanceGroupId') || undefined,
    created: momentAt(instance, 'createdYmdt'),
    changed: momentAt(instance, 'updatedYmdt'),
  };
}

/** This task ends only when a person acts, so whoever waits for the end of a change would wait for ever. */
const waitsForPerson = 'WAIT_MANUAL_CONTROL';

function stateOf(status: string, progress: string | undefined): State {
  const own = states[status] ?? 'unknown';
  if (progress === waitsForPerson) return own === 'available' ? 'degraded' : own;
  return progress ? 'changing' : own;
}

function progressOf(instance: Values): string | undefined {
  const progress = textAt(instance, 'progressStatus');
  return progress && progress !== 'NONE' ? progress : undefined;
}

/** Reads a version such as `POSTGRESQL_V17_6`. An earlier form was `POSTGRESQL_V146`. */
function versionOf(text: string): string | undefined {
  const [, major, minor] = /V(\d\d)_?(\d+)?$/.exec(text) ?? [];
  return major && [major, minor].filter(Boolean).join('.');
}

type Links = Pick<ProviderInstance, 'primary' | 'replicas'>;

/** The links between the instances of a group, which has one primary at a time. */
export function linksOf({ id, role }: ProviderInstance, members: readonly Values[]): Links {
  const idsOf = (type: string) =>
    members
      .filter((member) => textAt(member, 'dbInstanceType') === type)
      .flatMap((member) => textAt(member, 'dbInstanceId') || [])
      .filter((each) => each !== id);
  if (role === 'primary') return { replicas: idsOf('READ_ONLY_SLAVE') };
  const [primary] = idsOf('MASTER');
  return primary ? { primary } : {};
}

/** A part of the record that needs a read of its own, and which records still lack it. */
interface Part {
  what: string;
  isMissing: (instance: ProviderInstance) => boolean;
  /** `row` is the answer about the instance itself. */
  read: (instance: ProviderInstance, read: Read, row: Values) => Promise<Partial<ProviderInstance>>;
}

const parts: readonly Part[] = [
  {
    what: 'high availability',
    // A read replica shares the group of a pair but is not a part of the pair.
    isMissing: ({ role, highAvailability: seen }) =>
      role !== 'replica' && (seen === undefined || (seen.enabled && seen.state === undefined)),
    read: async ({ id }, read) => availabilityOf(await read('nhn_get_high_availability', { dbInstanceId: id })),
  },
  {
    what: 'network',
    isMissing: ({ endpoints }) => endpoints === undefined,
    read: async ({ id }, read, row) =>
      networkOf(await read('nhn_get_network_info', { dbInstanceId: id }), numberAt(row, 'dbPort')),
  },
  {
    what: 'storage size',
    isMissing: ({ storage }) => storage?.gigabytes === undefined,
    read: async ({ id }, read) => {
      const gigabytes = numberAt(await read('nhn_get_storage_info', { dbInstanceId: id }), 'storageSize');
      return gigabytes === undefined ? {} : { storage: { gigabytes } };
    },
  },
  {
    what: 'backup settings',
    isMissing: ({ backups }) => backups?.enabled === undefined,
    read: async ({ id }, read) => {
      const days = numberAt(await read('nhn_get_backup_info', { dbInstanceId: id }), 'backupPeriod');
      return days === undefined ? {} : { backups: { enabled: days > 0, retentionDays: days } };
    },
  },
  {
    what: 'newest backup',
    isMissing: ({ backups }) => backups?.newest === undefined && !backups?.noneMade,
    read: async (instance, read) => ({ backups: await newestBackupOf(instance, read) }),
  },
  {
    what: 'instance group',
    isMissing: ({ group, primary, replicas }) => group !== undefined && primary === undefined && replicas === undefined,
    read: async (instance, read) => {
      const group = await read('nhn_get_db_instance_group', { dbInstanceGroupId: instance.group });
      const members = recordsAt(group, 'dbInstances');
      return { ...linksOf(instance, members), ...pairOf(instance, members) };
    },
  },
];

/** A standby in the group makes a pair of it, whatever the flag says. */
function pairOf({ role }: ProviderInstance, members: readonly Values[]): Partial<ProviderInstance> {
  const isPair = members.some((member) => textAt(member, 'dbInstanceType') === 'CANDIDATE_MASTER');
  return isPair && role !== 'replica' ? { highAvailability: { enabled: true } } : {};
}

/** A backup of a pair may belong to either of the two, and after a failover to the one that failed. */
async function newestBackupOf({ id, group }: ProviderInstance, read: Read): Promise<ProviderInstance['backups']> {
  const own = await completedBackups(id, read);
  if (own.length > 0 || group === undefined) return backupsSeen(own);
  const members = listAt(await read('nhn_get_db_instance_group', { dbInstanceGroupId: group }), 'dbInstances');
  const others = members.flatMap((member) => textAt(member, 'dbInstanceId') ?? []).filter((each) => each !== id);
  return backupsSeen((await mapLimit(others, 2, (each) => completedBackups(each, read))).flat());
}

const completedBackups = async (dbInstanceId: string, read: Read): Promise<Values[]> =>
  (await pagesOf(read, 'nhn_list_backups', { dbInstanceId }, 'backups')).filter(
    (backup) => textAt(backup, 'backupStatus') === 'COMPLETED',
  );

function backupsSeen(completed: readonly Values[]): ProviderInstance['backups'] {
  if (completed.length === 0) return { noneMade: true };
  return { newest: newest(completed.map((each) => momentAt(each, 'completedYmdt') ?? momentAt(each, 'updatedYmdt'))) };
}

interface Completed {
  instance: ProviderInstance;
  unavailable: ProviderObservations['unavailable'];
}

/** Reads what a record still lacks. What cannot be read stays absent. */
export async function complete(instance: ProviderInstance, row: Values, read: Read): Promise<Completed> {
  const missing = parts.filter((part) => part.isMissing(instance));
  const results = await mapLimit(missing, 6, ({ what, read: readPart }) =>
    attempt(what, () => readPart(instance, read, row)),
  );
  return {
    instance: results.reduce((whole, { seen }) => merged(whole, seen ?? {}), instance),
    unavailable: results.flatMap(({ unavailable }) => unavailable),
  };
}

function merged(whole: ProviderInstance, part: Partial<ProviderInstance>): ProviderInstance {
  const backups = part.backups ? { ...whole.backups, ...part.backups } : whole.backups;
  const seen = [whole.highAvailability, part.highAvailability].filter((each) => each !== undefined);
  const highAvailability = seen.length === 0 ? undefined : joinedAvailability(seen);
  return { ...whole, ...part, backups, highAvailability };
}

/** One sign of a pair is enough. */
const joinedAvailability = (seen: readonly Availability[]): Availability => ({
  enabled: seen.some(({ enabled }) => enabled),
  state: seen.find(({ state }) => state !== undefined)?.state,
});

type Availability = NonNullable<ProviderInstance['highAvailability']>;

/** The flag is only in an example, and was seen to be false for every pair, so the state counts more. */
function availabilityOf(answer: Values): Partial<ProviderInstance> {
  const state = textAt(answer, 'haStatus') || undefined;
  const flag = flagAt(answer, 'useHighAvailability');
  if (state === undefined && flag === undefined) return {};
  const enabled = state === undefined ? flag === true : state !== 'DELETED';
  return { highAvailability: { enabled, state } };
}

/** PUBLIC is the former name of EXTERNAL. */
const publicTypes: readonly (string | undefined)[] = ['EXTERNAL', 'PUBLIC'];

function networkOf(answer: Values, port: number | undefined): Partial<ProviderInstance> {
  const endpoints = recordsAt(answer, 'endPoints').flatMap((endpoint) => {
    const address = textAt(endpoint, 'domain') || textAt(endpoint, 'ipAddress');
    return address ? [{ address, port, isPublic: publicTypes.includes(textAt(endpoint, 'endPointType')) }] : [];
  });
  const isPublic = endpoints.some((endpoint) => endpoint.isPublic);
  const told = flagAt(answer, 'subnet.publicAccessible') ?? (endpoints.length > 0 ? isPublic : undefined);
  return {
    endpoints: endpoints.length > 0 ? endpoints : undefined,
    publicAccess: told === undefined ? undefined : told || isPublic,
  };
}

const pageSize = 100;
const mostPages = 10;

/** The rows of all pages, up to a thousand. */
export async function pagesOf(read: Read, tool: string, input: Values, at: string): Promise<Values[]> {
  const rows: Values[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await read(tool, { ...input, page, size: pageSize });
    const found = listAt(answer, at);
    rows.push(...found);
    const all = numberAt(answer, 'totalCounts');
    if (found.length === 0 || rows.length >= (all ?? 0)) break;
  }
  return rows;
}
