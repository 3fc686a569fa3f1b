import { recordsAt, textAt } from '../../../values/json-path.js';
import { type Values } from '../../../values/values.js';
import type { Read } from '../../adapter.js';
import type { Fact, ProviderInstance, Role, State } from '../../instance.js';
import { flagAt, listAt, numberAt } from '../answers.js';
import { momentAt, newest } from '../times.js';

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
export interface Part {
  what: string;
  facts: readonly Fact[];
  isMissing: (instance: ProviderInstance) => boolean;
  /** `row` is the answer about the instance itself, once it is there. */
  read: (
    instance: ProviderInstance,
    read: Read,
    row: () => Promise<Values | undefined>,
  ) => Promise<Partial<ProviderInstance>>;
}

/** A read replica shares the group of a pair but is not a part of the pair. */
const lacksAvailability = ({ role, highAvailability: seen }: ProviderInstance): boolean =>
  role !== 'replica' && (seen === undefined || (seen.enabled && seen.state === undefined));

export const parts: readonly Part[] = [
  {
    what: 'high availability',
    facts: ['highAvailability'],
    isMissing: lacksAvailability,
    read: async ({ id }, read) => availabilityOf(await read('nhn_get_high_availability', { dbInstanceId: id })),
  },
  {
    what: 'network',
    facts: ['network'],
    isMissing: ({ endpoints }) => endpoints === undefined,
    read: async ({ id }, read, row) => {
      const answer = await read('nhn_get_network_info', { dbInstanceId: id });
      return networkOf(answer, numberAt(await row(), 'dbPort'));
    },
  },
  {
    what: 'storage size',
    facts: ['storage'],
    isMissing: ({ storage }) => storage?.gigabytes === undefined,
    read: async ({ id }, read) => {
      const gigabytes = numberAt(await read('nhn_get_storage_info', { dbInstanceId: id }), 'storageSize');
      return gigabytes === undefined ? {} : { storage: { gigabytes } };
    },
  },
  {
    what: 'backup settings',
    facts: ['backups'],
    isMissing: ({ backups }) => backups?.enabled === undefined,
    read: async ({ id }, read) => {
      const days = numberAt(await read('nhn_get_backup_info', { dbInstanceId: id }), 'backupPeriod');
      return days === undefined ? {} : { backups: { enabled: days > 0, retentionDays: days } };
    },
  },
  {
    what: 'newest backup',
    facts: ['backups'],
    isMissing: ({ backups }) => backups?.newest === undefined && !backups?.noneMade,
    read: async (instance, read) => ({ backups: await newestBackupOf(instance, read) }),
  },
  {
    what: 'instance group',
    facts: ['highAvailability'],
    isMissing: (instance) =>
      instance.group !== undefined &&
      (lacksAvailability(instance) || (instance.primary === undefined && instance.replicas === undefined)),
    read: async (instance, read) => {
      const members = await membersOf(instance, read);
      return { ...linksOf(instance, members), ...pairOf(instance, members) };
    },
  },
];

/** A standby in the group makes a pair of it, whatever the flag says. */
function pairOf({ role }: ProviderInstance, members: readonly Values[]): Partial<ProviderInstance> {
  const isPair = members.some((member) => textAt(member, 'dbInstanceType') === 'CANDIDATE_MASTER');
  return isPair && role !== 'replica' ? { highAvailability: { enabled: true } } : {};
}

/** The rows of all instances of its group. */
const membersOf = async ({ group }: ProviderInstance, read: Read): Promise<Values[]> =>
  (await readRows(read)).filter((row) => textAt(row, 'dbInstanceGroupId') === group);

/** The rows of the instances that exist. */
export const readRows = async (read: Read): Promise<Values[]> =>
  listAt(await read('nhn_list_db_instances'), 'dbInstances').filter((row) => !isGone(row));

/** A backup of a pair may belong to either of the two, and after a failover to the one that failed. */
async function newestBackupOf(instance: ProviderInstance, read: Read): Promise<ProviderInstance['backups']> {
  const { id, group } = instance;
  const own = await completedBackups([id], read);
  if (own.length > 0 || group === undefined) return backupsSeen(own);
  const members = (await membersOf(instance, read)).flatMap((member) => textAt(member, 'dbInstanceId') ?? []);
  return backupsSeen(await completedBackups(members, read));
}

async function completedBackups(ids: readonly string[], read: Read): Promise<Values[]> {
  const { rows, isWhole } = await backupsOfAll(read);
  const lists = isWhole ? [rows] : await Promise.all(ids.map((dbInstanceId) => backupsOf(dbInstanceId, read)));
  return lists
    .flat()
    .filter((row) => ids.includes(textAt(row, 'dbInstanceId') ?? '') && textAt(row, 'backupStatus') === 'COMPLETED');
}

/** One list has the backups of all instances, so that not each is asked about. */
export const backupsOfAll = (read: Read): Promise<Pages> => pagesOf(read, 'nhn_list_backups', {}, 'backups');

const backupsOf = async (dbInstanceId: string, read: Read): Promise<readonly Values[]> =>
  (await pagesOf(read, 'nhn_list_backups', { dbInstanceId }, 'backups')).rows;

function backupsSeen(completed: readonly Values[]): ProviderInstance['backups'] {
  if (completed.length === 0) return { noneMade: true };
  return { newest: newest(completed.map((each) => momentAt(each, 'completedYmdt') ?? momentAt(each, 'updatedYmdt'))) };
}

/** A record with a part that was read. */
export function merged(whole: ProviderInstance, part: Partial<ProviderInstance>): ProviderInstance {
  const backups = part.backups ? { ...whole.backups, ...part.backups } : whole.backups;
  const storage = part.storage ? { ...whole.storage, ...part.storage } : whole.storage;
  const seen = [whole.highAvailability, part.highAvailability].filter((each) => each !== undefined);
  const highAvailability = seen.length === 0 ? undefined : joinedAvailability(seen);
  return { ...whole, ...part, backups, storage, highAvailability };
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
const mostPages = 50;

export interface Pages {
  rows: readonly Values[];
  /** Nothing is left out. */
  isWhole: boolean;
}

/** The rows of all pages, up to five thousand. The first tells how many there are, and the others come together. */
export async function pagesOf(read: Read, tool: string, input: Values, at: string): Promise<Pages> {
  const page = async (number: number) => read(tool, { ...input, page: number, size: pageSize });
  const first = await page(1);
  const all = numberAt(first, 'totalCounts') ?? 0;
  const size = listAt(first, at).length;
  const last = size === 0 ? 1 : Math.min(mostPages, Math.ceil(all / size));
  const others = await Promise.all(Array.from({ length: Math.max(0, last - 1) }, (_, index) => page(index + 2)));
  const rows = [first, ...others].flatMap((answer) => listAt(answer, at));
  return { rows, isWhole: rows.length >= all };
}
