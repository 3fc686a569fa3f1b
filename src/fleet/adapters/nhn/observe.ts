import { recordsAt, textAt, textsAt, valueAt } from '../../../values/json-path.js';
import { type Values } from '../../../values/values.js';
import type { Read } from '../../adapter.js';
import {
  allFacts,
  type Exposure,
  type Fact,
  type FactSet,
  type ProviderInstance,
  type ProviderObservations,
  type Series,
} from '../../instance.js';
import { attempt, flagAt, listAt, numberAt } from '../answers.js';
import { accessOf, accessRulesOf, openingsOf } from './access.js';
import { jobsOf, koreanTime, readOwnEvents } from './events.js';
import { merged, parts, readRows, recordOf } from './instance.js';

const day = 86_400_000;

/** The instance to observe, the current time, and the function to read with. */
interface Scene {
  instance: ProviderInstance;
  /** The provider's answer about the instance, once it is there. Undefined when it could not be read. */
  row: () => Promise<Values | undefined>;
  facts: FactSet;
  now: number;
  read: Read;
}

/** What was seen, with what it adds to the record. */
type Seen = Partial<Omit<ProviderObservations, 'instance'>> & { instance?: Partial<ProviderInstance> };

interface Observation {
  what: string;
  facts: readonly Fact[];
  isFor?: (instance: ProviderInstance) => boolean;
  run: (scene: Scene) => Promise<Seen>;
}

/** Access rules belong to the group and are changed on its primary, so one finding about them is enough. */
const isPrimary = ({ role }: ProviderInstance) => role === undefined || role === 'primary';

/** What stands still has no load. */
const isRunning = ({ state }: ProviderInstance) => state !== 'stopped';

const observations: readonly Observation[] = [
  ...parts.map(
    ({ what, facts, isMissing, read: readPart }): Observation => ({
      what,
      facts,
      isFor: isMissing,
      run: async ({ instance, read, row }) => ({ instance: await readPart(instance, read, row) }),
    }),
  ),
  { what: 'pending changes', facts: ['settings'], run: observeSettings },
  { what: 'access', facts: ['access'], run: observeAccess },
  { what: 'events', facts: ['events', 'jobs'], run: observeEvents },
  {
    what: 'storage use',
    facts: ['storageUse'],
    run: async (scene) => {
      const rows = await statistics(scene, 3 * day, ['STORAGE_USAGE']);
      return { storageUsedPercent: seriesOf(rows, 'STORAGE_USAGE', '%') };
    },
  },
  { what: 'CPU and connections', facts: ['load'], isFor: isRunning, run: observeLoad },
  {
    what: 'replication lag',
    facts: ['replicationLag'],
    isFor: (instance) => isFollower(instance) && isRunning(instance),
    run: async (scene) => {
      const rows = await statisticsOfDay(scene);
      return { replicationLagSeconds: seriesOf(rows, lag, 's') };
    },
  },
];

/** The facts that the answer about the instance itself has, or that need something of it. */
const ofRow: readonly Fact[] = ['settings', 'network', 'access'];

export async function observe(
  listed: ProviderInstance,
  now: number,
  read: Read,
  facts: FactSet = allFacts,
): Promise<ProviderObservations> {
  const isAsked = ofRow.some((fact) => facts.has(fact));
  const settings = isAsked
    ? attempt('settings', () => read('nhn_get_db_instance', { dbInstanceId: listed.id }))
    : { seen: undefined, unavailable: [] };
  // What others wait for is asked first, of all instances that are observed together.
  await Promise.resolve();
  const row = async () => (await settings).seen;
  const scene = { instance: listed, row, facts, now, read };
  const wanted = observations.filter(
    ({ facts: own, isFor }) => own.some((fact) => facts.has(fact)) && (isFor?.(listed) ?? true),
  );
  const tries = await Promise.all(wanted.map(({ what, run }) => attempt(what, () => run(scene))));
  const all = tries.flatMap(({ seen }) => seen ?? []);
  const { instance: _, ...seen } = all.reduce<Seen>((whole, each) => ({ ...whole, ...each }), {});
  const own = await row();
  const known = own ? withRow(listed, own) : listed;
  const instance = all.reduce((whole, each) => merged(whole, each.instance ?? {}), known);
  return {
    ...seen,
    instance: withUse(instance, seen.storageUsedPercent),
    unavailable: [
      ...(await settings).unavailable,
      ...all.flatMap((each) => each.unavailable ?? []),
      ...tries.flatMap((each) => each.unavailable),
    ],
  };
}

/** The answer about one instance has a little more than its row in the list. */
const withRow = (listed: ProviderInstance, row: Values): ProviderInstance => ({
  ...listed,
  ...recordOf(row, listed.id),
});

/** What a record has. */
const recorded: FactSet = new Set(['settings', 'highAvailability', 'network', 'storage', 'backups']);

/** The whole record. What cannot be read of it is absent, but for the answer about the instance itself. */
export async function record(id: string, now: number, read: Read): Promise<ProviderInstance> {
  const own = read('nhn_get_db_instance', { dbInstanceId: id });
  const hour = day / 24;
  const [seen, use] = await Promise.all([
    lineOf(id, own, read).then((line) => observe(recordOf(line, id), now, read, recorded)),
    attempt('storage use', () => statistics({ instance: { id }, now, read }, hour, ['STORAGE_USAGE'])),
    own,
  ]);
  return withUse(seen.instance, seriesOf(use.seen ?? [], 'STORAGE_USAGE', '%'));
}

/** What is known of it at first: its row in the list, or else the answer about itself. */
async function lineOf(id: string, own: Promise<Values>, read: Read): Promise<Values> {
  const rows = await readRows(read).catch(() => []);
  return rows.find((row) => textAt(row, 'dbInstanceId') === id) ?? own;
}

const withUse = (instance: ProviderInstance, use: Series | undefined): ProviderInstance => {
  const usedPercent = use?.points.at(-1)?.[1];
  return usedPercent === undefined ? instance : { ...instance, storage: { ...instance.storage, usedPercent } };
};

async function observeSettings(scene: Scene): Promise<Seen> {
  const row = await scene.row();
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
  const dbInstanceId = instance.primary ?? instance.id;
  const [groups, hba] = await Promise.all([
    row().then((own) => own && readOpenings(own, read)),
    attempt('access rules', async () => {
      const answer = await read('nhn_list_hba_rules', { dbInstanceId });
      return { rules: accessRulesOf(answer), pending: pendingOf(answer) };
    }),
  ]);
  const access = accessOf(groups?.openings, hba.seen?.rules);
  return {
    ...(isPrimary(instance) ? access : { exposures: access.exposures?.filter(isOfNetwork) }),
    accessRulesPending: isPrimary(instance) ? hba.seen?.pending : undefined,
    unavailable: [...(groups?.unavailable ?? []), ...hba.unavailable],
  };
}

const isOfNetwork = ({ kind }: Exposure): boolean => kind === 'security group';

/** What the security groups let in. Undefined when one of them could not be read, because that one may let in more. */
async function readOpenings(row: Values, read: Read) {
  const port = numberAt(row, 'dbPort');
  const groups = await Promise.all(
    textsAt(row, 'dbSecurityGroupIds').map((dbSecurityGroupId) =>
      attempt(`security group ${dbSecurityGroupId}`, async () =>
        openingsOf(await read('nhn_get_db_security_group', { dbSecurityGroupId }), port),
      ),
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
  const events = await readOwnEvents({ ...range, instanceId: instance.id }, read);
  return {
    events: events.filter(({ time }) => Date.parse(time) >= now - day),
    jobs: jobsOf(events, instance.progress, now),
  };
}

const used = 'DATABASE_CONNECTIONS_TOTAL';
const allowed = 'DATABASE_CONNECTIONS_MAX';
const lag = 'REPLICATION_LAG_SECONDS';

async function observeLoad(scene: Scene): Promise<Seen> {
  const rows = await statisticsOfDay(scene);
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

const isFollower = ({ role }: ProviderInstance) => role === 'standby' || role === 'replica';

/** One question for all that is measured over a day. */
const statisticsOfDay = (scene: Scene) =>
  statistics(scene, day, [
    ...(scene.facts.has('load') ? ['CPU_USAGE', used, allowed] : []),
    ...(scene.facts.has('replicationLag') && isFollower(scene.instance) ? [lag] : []),
  ]);

type Measured = Pick<Scene, 'now' | 'read'> & { instance: Pick<ProviderInstance, 'id'> };

async function statistics({ instance, now, read }: Measured, range: number, metricNames: readonly string[]) {
  const times = { from: koreanTime(now - range), to: koreanTime(now) };
  const answer = await read('nhn_get_metric_statistics', { dbInstanceId: instance.id, metricNames, ...times });
  return listAt(answer, 'metricStatistics');
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
