import { recordsAt, textAt, textsAt, valueAt } from '../../values/json-path.js';
import { mapLimit } from '../../values/map-limit.js';
import { type Values } from '../../values/values.js';
import type { Read } from '../adapter.js';
import type { Exposure, ProviderInstance, ProviderObservations, Series } from '../instance.js';
import { attempt, flagAt, isEverywhere, numberAt } from './answers.js';
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
  { what: 'security groups', run: observeSettings },
  { what: 'access rules', isFor: isPrimary, run: observeAccessRules },
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
  const lists = all.flatMap(({ exposures }) => (exposures ? [exposures] : []));
  return {
    ...seen,
    instance: withUse(instance, seen.storageUsedPercent),
    exposures: lists.length > 0 ? lists.flat() : undefined,
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

async function observeSettings({ row, read }: Scene): Promise<Seen> {
  if (!row) return {};
  const port = numberAt(row, 'dbPort');
  const groups = await mapLimit(textsAt(row, 'dbSecurityGroupIds'), 2, (dbSecurityGroupId) =>
    attempt(`security group ${dbSecurityGroupId}`, async () =>
      exposuresOfGroup(await read('nhn_get_db_security_group', { dbSecurityGroupId }), port),
    ),
  );
  const isPending = flagAt(row, 'needToApplyParameterGroup') === true;
  return {
    parametersPending: isPending ? { source: 'needToApplyParameterGroup', value: 'true' } : undefined,
    migrationNeeded: flagAt(row, 'needMigration') ? { source: 'needMigration', value: migrationOf(row) } : undefined,
    exposures: groups.flatMap(({ seen }) => seen ?? []),
    unavailable: groups.flatMap((group) => group.unavailable),
  };
}

/** The operating system is what is most often too old. */
const migrationOf = (row: Values): string => ['true', textAt(row, 'osVersion')].filter(Boolean).join(', ');

/** In the example, the answer has the group inside another object. In the table it does not. */
function exposuresOfGroup(answer: Values, port: number | undefined): Exposure[] {
  const group = valueAt(answer, 'dbSecurityGroup') ?? answer;
  return recordsAt(group, 'rules').flatMap((rule) => {
    const address = textAt(rule, 'cidr') ?? '';
    const isIn = textAt(rule, 'direction') !== 'EGRESS' && isForPort(rule, port);
    if (!isIn || !isEverywhere(address)) return [];
    const detail = textAt(group, 'dbSecurityGroupName');
    return [{ kind: 'security group', address, detail, source: 'dbSecurityGroup.rules[].cidr' }];
  });
}

/** A rule for another port than that of the database does not open the database. */
function isForPort(rule: Values, port: number | undefined): boolean {
  if (port === undefined || textAt(rule, 'port.portType') === 'DB_PORT') return true;
  return port >= (numberAt(rule, 'port.minPort') ?? 0) && port <= (numberAt(rule, 'port.maxPort') ?? port);
}

async function observeAccessRules({ instance, read }: Scene): Promise<Seen> {
  const answer = await read('nhn_list_hba_rules', { dbInstanceId: instance.id });
  const rules = recordsAt(answer, 'hbaRules');
  const reserved = rules.filter((rule) => (textAt(rule, 'reservedAction') ?? 'NONE') !== 'NONE').length;
  // The flag for all rules may know of a change that no single rule shows, such as another order.
  const count = flagAt(answer, 'needToApply') ? Math.max(1, reserved) : reserved;
  return {
    exposures: rules.filter(isLive).flatMap(exposuresOfRule),
    accessRulesPending: count > 0 ? { source: 'hbaRules[].reservedAction', count } : undefined,
  };
}

const isLive = (rule: Values): boolean =>
  flagAt(rule, 'applicable') !== false && textAt(rule, 'hbaRuleStatus') !== 'CREATED';

function exposuresOfRule(rule: Values): Exposure[] {
  const detail = textAt(rule, 'authMethod');
  const address = textAt(rule, 'address') ?? 'none given';
  const withoutPassword = detail === 'TRUST';
  if (detail === 'REJECT' || !(withoutPassword || isEverywhere(address))) return [];
  return [{ kind: 'access rule', address, detail, withoutPassword, source: 'hbaRules[].address' }];
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
