import { recordsAt, textAt, textsAt, valueAt } from '../../values/json-path.js';
import { mapLimit } from '../../values/map-limit.js';
import { type Values } from '../../values/values.js';
import type { Read } from '../adapter.js';
import type { Exposure, ProviderInstance, ProviderObservations, Series } from '../instance.js';
import { attempt, flagAt, numberAt } from './answers.js';
import { accessOf, accessRulesOf, openingsOf } from './nhn-access.js';
import { jobsOf, koreanTime, readEvents } from './nhn-events.js';
import { complete } from './nhn-instance.js';

const day = 86_400_000;

/** The instance to observe, the current time, and the function to read with. */
interface Scene {
  instance: ProviderInstance;
  /** The provider's answer about the instance. Absent when it could not be read. */
  row?: Values;
  now: number;
  read: Read;
}

type Seen = Partial<Omit<ProviderObservations, 'instance'>>;

interface Observation {
  what: string;
  isFor?: (instance: ProviderInstance) => boolean;
  run: (scene: Scene) => Promise<Seen>;
}

/** Access rules belong to the group and are changed on its primary, so one finding about them is enough. */
const isPrimary = ({ role }: ProviderInstance) => role === undefined || role === 'primary';

const observations: readonly Observation[] = [
  { what: 'pending changes', run: observeSettings },
  { what: 'access', run: observeAccess },
  { what: 'events', run: observeEvents },
  {
    what: 'storage use',
    run: async (scene) => {
      const rows = await statistics(scene, 3 * day, ['STORAGE_USAGE']);
      return { storageUsedPercent: seriesOf(rows, 'STORAGE_USAGE', '%') };
    },
  },
  { what: 'CPU and connections', run: observeLoad },
  {
    what: 'replication lag',
    isFor: ({ role }) => role === 'standby' || role === 'replica',
    run: async (scene) => {
      const rows = await statistics(scene, day, ['REPLICATION_LAG_SECONDS']);
      return { replicationLagSeconds: seriesOf(rows, 'REPLICATION_LAG_SECONDS', 's') };
    },
  },
];

export async function observe(given: ProviderInstance, now: number, read: Read): Promise<ProviderObservations> {
  const settings = await attempt('settings', () => read('nhn_get_db_instance', { dbInstanceId: given.id }));
  const row = settings.seen;
  const { instance, unavailable } = await complete(given, row ?? {}, read);
  const scene = { instance, row, now, read };
  const wanted = observations.filter(({ isFor }) => isFor?.(instance) ?? true);
  const tries = await mapLimit(wanted, 5, ({ what, run }) => attempt(what, () => run(scene)));
  const all = tries.flatMap(({ seen }) => seen ?? []);
  const seen = all.reduce<Seen>((whole, each) => ({ ...whole, ...each }), {});
  return {
    ...seen,
    instance: withUse(instance, seen.storageUsedPercent),
    unavailable: [
      ...settings.unavailable,
      ...unavailable,
      ...all.flatMap((each) => each.unavailable ?? []),
      ...tries.flatMap((each) => each.unavailable),
    ],
  };
}

/** The use of storage is a metric. If it cannot be read, the record stays as it is. */
export async function withStorageUse(instance: ProviderInstance, now: number, read: Read): Promise<ProviderInstance> {
  const hour = day / 24;
  const scene = { instance, now, read };
  const { seen = [] } = await attempt('storage use', () => statistics(scene, hour, ['STORAGE_USAGE']));
  return withUse(instance, seriesOf(seen, 'STORAGE_USAGE', '%'));
}

const withUse = (instance: ProviderInstance, use: Series | undefined): ProviderInstance => {
  const usedPercent = use?.points.at(-1)?.[1];
  return usedPercent === undefined ? instance : { ...instance, storage: { ...instance.storage, usedPercent } };
};

async function observeSettings({ row }: Scene): Promise<Seen> {
  const isPending = flagAt(row, 'needToApplyParameterGroup') === true;
  return {
    parametersPending: isPending ? { source: 'needToApplyParameterGroup', value: 'true' } : undefined,
    migrationNeeded:
      row && flagAt(row, 'needMigration') ? { source: 'needMigration', value: migrationOf(row) } : undefined,
  };
}

/** The operating system is what is most often too old. */
const migrationOf = (row: Values): string => ['true', textAt(row, 'osVersion')].filter(Boolean).join(', ');

/** The network and the engine both have to let an address pass, so the two are judged together. */
async function observeAccess({ instance, row, read }: Scene): Promise<Seen> {
  const [groups, hba] = await Promise.all([
    row ? readOpenings(row, read) : undefined,
    attempt('access rules', () => read('nhn_list_hba_rules', { dbInstanceId: instance.id })),
  ]);
  const access = accessOf(groups?.openings, hba.seen && accessRulesOf(hba.seen));
  return {
    ...(isPrimary(instance) ? access : { exposures: access.exposures?.filter(isOfNetwork) }),
    accessRulesPending: isPrimary(instance) && hba.seen ? pendingOf(hba.seen) : undefined,
    unavailable: [...(groups?.unavailable ?? []), ...hba.unavailable],
  };
}

const isOfNetwork = ({ kind }: Exposure): boolean => kind === 'security group';

/** What the security groups let in. Undefined when one of them could not be read, because that one may let in more. */
async function readOpenings(row: Values, read: Read) {
  const port = numberAt(row, 'dbPort');
  const groups = await mapLimit(textsAt(row, 'dbSecurityGroupIds'), 2, (dbSecurityGroupId) =>
    attempt(`security group ${dbSecurityGroupId}`, async () =>
      openingsOf(await read('nhn_get_db_security_group', { dbSecurityGroupId }), port),
    ),
  );
  const unavailable = groups.flatMap((group) => group.unavailable);
  return { openings: unavailable.length > 0 ? undefined : groups.flatMap(({ seen }) => seen ?? []), unavailable };
}

function pendingOf(answer: Values): Seen['accessRulesPending'] {
  const rules = recordsAt(answer, 'hbaRules');
  const reserved = rules.filter((rule) => (textAt(rule, 'reservedAction') ?? 'NONE') !== 'NONE').length;
  // The flag for all rules may know of a change that no single rule shows, such as another order.
  const count = flagAt(answer, 'needToApply') ? Math.max(1, reserved) : reserved;
  return count > 0 ? { source: 'hbaRules[].reservedAction', count } : undefined;
}

/** Reads further back than a day, to find tasks that failed before a weekend. */
async function observeEvents({ instance, now, read }: Scene): Promise<Seen> {
  const range = { from: new Date(now - 3 * day).toISOString(), to: new Date(now).toISOString() };
  const events = await readEvents({ ...range, instanceId: instance.id }, read);
  return {
    events: events.filter(({ time }) => Date.parse(time) >= now - day),
    jobs: jobsOf(events, instance.progress, now),
  };
}

const used = 'DATABASE_CONNECTIONS_TOTAL';
const allowed = 'DATABASE_CONNECTIONS_MAX';

async function observeLoad(scene: Scene): Promise<Seen> {
  const rows = await statistics(scene, day, ['CPU_USAGE', used, allowed]);
  return {
    cpuPercent: seriesOf(rows, 'CPU_USAGE', '%'),
    connectionsPercent: shareOf(seriesOf(rows, used, 'count'), seriesOf(rows, allowed, 'count')),
  };
}

/** Connections in percent of the limit at the same time, or else of the last known limit. */
function shareOf(part: Series | undefined, whole: Series | undefined): Series | undefined {
  if (!part || !whole) return undefined;
  const limits = new Map(whole.points);
  const points = part.points.flatMap(([time, value]): (readonly [number, number])[] => {
    const limit = limits.get(time) ?? whole.points.at(-1)?.[1] ?? 0;
    return limit > 0 ? [[time, (value / limit) * 100]] : [];
  });
  return points.length > 0 ? { source: `${part.source} of ${whole.source}`, unit: '%', points } : undefined;
}

async function statistics({ instance, now, read }: Scene, range: number, metricNames: readonly string[]) {
  const times = { from: koreanTime(now - range), to: koreanTime(now) };
  const answer = await read('nhn_get_metric_statistics', { dbInstanceId: instance.id, metricNames, ...times });
  return recordsAt(answer, 'metricStatistics');
}

function seriesOf(rows: readonly Values[], source: string, unit: string): Series | undefined {
  const values = valueAt(
    rows.find((row) => textAt(row, 'metricName') === source),
    'values',
  );
  if (!Array.isArray(values)) return undefined;
  const points = values.flatMap(pointOf).toSorted(([a], [b]) => a - b);
  return points.length > 0 ? { source, unit, points } : undefined;
}

/** In the example it is `[epoch seconds, "value"]`, and in the table it is an object. */
function pointOf(point: unknown): (readonly [number, number])[] {
  const [timestamp, value]: unknown[] = Array.isArray(point) ? point : [];
  const pair = Array.isArray(point) ? { timestamp, value } : point;
  const [seconds, number] = [numberAt(pair, 'timestamp'), numberAt(pair, 'value')];
  return seconds === undefined || number === undefined ? [] : [[seconds * 1000, number]];
}
