import { recordsAt, textAt, textsAt, valueAt } from '../../values/json-path.js';
import { mapLimit } from '../../values/map-limit.js';
import { type Values } from '../../values/values.js';
import type { Read } from '../adapter.js';
import type { Exposure, ProviderInstance, ProviderObservations, Series } from '../instance.js';
import { attempt, flagAt, isEverywhere, numberAt } from './answers.js';
import { jobsOf, koreanTime, readEvents } from './nhn-events.js';
import { complete } from './nhn-instance.js';

const day = 86_400_000;

/** The instance that is looked at, the moment, and the way to read. */
interface Scene {
  instance: ProviderInstance;
  /** The provider's answer about it; absent when it could not be had. */
  row?: Values;
  now: number;
  read: Read;
}

type Seen = Partial<Omit<ProviderObservations, 'instance'>>;

interface Look {
  what: string;
  isFor?: (instance: ProviderInstance) => boolean;
  look: (scene: Scene) => Promise<Seen>;
}

/** Access rules belong to the group and are changed on its primary; one finding about them is enough. */
const isPrimary = ({ role }: ProviderInstance) => role === undefined || role === 'primary';

const looks: readonly Look[] = [
  { what: 'security groups', look: lookAtSettings },
  { what: 'access rules', isFor: isPrimary, look: lookAtAccessRules },
  { what: 'events', look: lookAtEvents },
  {
    what: 'storage use',
    look: async (scene) => {
      const rows = await statistics(scene, 3 * day, ['STORAGE_USAGE']);
      return { storageUsedPercent: seriesOf(rows, 'STORAGE_USAGE', '%') };
    },
  },
  { what: 'CPU and connections', look: lookAtLoad },
  {
    what: 'replication lag',
    isFor: ({ role }) => role === 'standby' || role === 'replica',
    look: async (scene) => {
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
  const wanted = looks.filter(({ isFor }) => isFor?.(instance) ?? true);
  const tries = await mapLimit(wanted, 5, ({ what, look }) => attempt(what, () => look(scene)));
  const all = tries.flatMap(({ seen }) => seen ?? []);
  const seen = all.reduce<Seen>((whole, each) => ({ ...whole, ...each }), {});
  const context = all.flatMap(({ exposures }) => (exposures ? [exposures] : []));
  return {
    ...seen,
    instance: withUse(instance, seen.storageUsedPercent),
    exposures: context.length > 0 ? context.flat() : undefined,
    unavailable: [
      ...settings.unavailable,
      ...unavailable,
      ...all.flatMap((each) => each.unavailable ?? []),
      ...tries.flatMap((each) => each.unavailable),
    ],
  };
}

/** Storage use is a metric; where it cannot be read, the record is as good without it. */
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

async function lookAtSettings({ row, read }: Scene): Promise<Seen> {
  if (!row) return {};
  const port = numberAt(row, 'dbPort');
  const groups = await mapLimit(textsAt(row, 'dbSecurityGroupIds'), 2, (dbSecurityGroupId) =>
    attempt(`security group ${dbSecurityGroupId}`, async () =>
      doorsOfGroup(await read('nhn_get_db_security_group', { dbSecurityGroupId }), port),
    ),
  );
  const isPending = flagAt(row, 'needToApplyParameterGroup') === true;
  return {
    parametersPending: isPending ? { source: 'needToApplyParameterGroup', value: 'true' } : undefined,
    exposures: groups.flatMap(({ seen }) => seen ?? []),
    unavailable: groups.flatMap((group) => group.unavailable),
  };
}

/** The example of the answer wraps the group once more, its table does not. */
function doorsOfGroup(answer: Values, port: number | undefined): Exposure[] {
  const group = valueAt(answer, 'dbSecurityGroup') ?? answer;
  return recordsAt(group, 'rules').flatMap((rule) => {
    const address = textAt(rule, 'cidr') ?? '';
    const isIn = textAt(rule, 'direction') !== 'EGRESS' && isForPort(rule, port);
    if (!isIn || !isEverywhere(address)) return [];
    const detail = textAt(group, 'dbSecurityGroupName');
    return [{ kind: 'security group', address, detail, source: 'dbSecurityGroup.rules[].cidr' }];
  });
}

/** Rules for other ports than that of the database open nothing to it. */
function isForPort(rule: Values, port: number | undefined): boolean {
  if (port === undefined || textAt(rule, 'port.portType') === 'DB_PORT') return true;
  return port >= (numberAt(rule, 'port.minPort') ?? 0) && port <= (numberAt(rule, 'port.maxPort') ?? port);
}

async function lookAtAccessRules({ instance, read }: Scene): Promise<Seen> {
  const answer = await read('nhn_list_hba_rules', { dbInstanceId: instance.id });
  const rules = recordsAt(answer, 'hbaRules');
  const reserved = rules.filter((rule) => (textAt(rule, 'reservedAction') ?? 'NONE') !== 'NONE').length;
  // What is told as a whole may know of a change that no single rule shows, such as another order.
  const count = flagAt(answer, 'needToApply') ? Math.max(1, reserved) : reserved;
  return {
    exposures: rules.filter(isLive).flatMap(doorOfRule),
    accessRulesPending: count > 0 ? { source: 'hbaRules[].reservedAction', count } : undefined,
  };
}

const isLive = (rule: Values): boolean =>
  flagAt(rule, 'applicable') !== false && textAt(rule, 'hbaRuleStatus') !== 'CREATED';

function doorOfRule(rule: Values): Exposure[] {
  const detail = textAt(rule, 'authMethod');
  const address = textAt(rule, 'address') ?? 'none given';
  const withoutPassword = detail === 'TRUST';
  if (detail === 'REJECT' || !(withoutPassword || isEverywhere(address))) return [];
  return [{ kind: 'access rule', address, detail, withoutPassword, source: 'hbaRules[].address' }];
}

/** Further back than a day, for the tasks that failed before a weekend. */
async function lookAtEvents({ instance, now, read }: Scene): Promise<Seen> {
  const range = { from: new Date(now - 3 * day).toISOString(), to: new Date(now).toISOString() };
  const events = await readEvents({ ...range, instanceId: instance.id }, read);
  return {
    events: events.filter(({ time }) => Date.parse(time) >= now - day),
    jobs: jobsOf(events, instance.progress, now),
  };
}

const used = 'DATABASE_CONNECTIONS_TOTAL';
const allowed = 'DATABASE_CONNECTIONS_MAX';

async function lookAtLoad(scene: Scene): Promise<Seen> {
  const rows = await statistics(scene, day, ['CPU_USAGE', used, allowed]);
  return {
    cpuPercent: seriesOf(rows, 'CPU_USAGE', '%'),
    connectionsPercent: shareOf(seriesOf(rows, used, 'count'), seriesOf(rows, allowed, 'count')),
  };
}

/** Connections in percent of those allowed at the same moment, or lately. */
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

/** `[epoch seconds, "value"]` by the example, an object by the table. */
function pointOf(point: unknown): (readonly [number, number])[] {
  const [timestamp, value]: unknown[] = Array.isArray(point) ? point : [];
  const pair = Array.isArray(point) ? { timestamp, value } : point;
  const [seconds, number] = [numberAt(pair, 'timestamp'), numberAt(pair, 'value')];
  return seconds === undefined || number === undefined ? [] : [[seconds * 1000, number]];
}
