import { type Severity, worstOf } from '../../define/finding.js';
import type { DatabaseFinding, LookReport, ShownFault } from '../../inspect/check.js';
import type { TimeText } from '../../values/time-text.js';
import type { Finding } from '../finding.js';
import type { FleetEvent } from '../instance.js';

/** What both sides know of one instance: the database itself, and the cloud that it runs in. */
export interface BothSides {
  inside: LookReport;
  /** When the server was started, as epoch milliseconds. */
  startedAt: number;
  findings: readonly Finding[];
  /** Those of the last day. */
  events: readonly FleetEvent[];
  storageUsedPercent?: number;
  timeText: TimeText;
}

/** A cause inside, told together with what the cloud shows of it. */
export interface Cause {
  join: string;
  severity: Severity;
  text: string;
}

/** One deterministic join: what has to be found inside, and the sentence that it makes with the facts of the cloud. */
interface Join {
  id: string;
  /** The check whose faults it begins with. */
  check: string;
  /** Undefined where the cloud shows nothing that belongs to it. */
  tell: (fault: ShownFault, both: BothSides) => string | undefined;
}

const faultsOf = ({ findings }: LookReport, check: string): readonly ShownFault[] =>
  findings.find((finding: DatabaseFinding) => finding.check === check)?.faults ?? [];

const of = (check: string, { inside }: BothSides): ShownFault | undefined => faultsOf(inside, check)[0];

const found = (rule: string, { findings }: BothSides): Finding | undefined =>
  findings.find((finding) => finding.rule === rule);

const evidenceAt = ({ evidence }: Pick<ShownFault, 'evidence'>): string =>
  evidence.map(({ field, value }) => `${field} ${value}`).join(', ');

const counted = (number: number): string =>
  number >= 1_000_000 ? `${Math.round(number / 1_000_000)} M` : number.toLocaleString('en');

const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GB`;

const at = (time: number | undefined, timeText: TimeText): string =>
  time === undefined ? '' : ` since ${timeText(Math.floor(time / 1_000) * 1_000)}`;

/** How full the disk is, where that is worth a word. */
function disk({ storageUsedPercent: used }: BothSides): string | undefined {
  return used === undefined || used < 70 ? undefined : `disk ${Math.round(used)} %`;
}

/** The last change of parameters before something began, with who made it. */
function parameterChange({ events, timeText }: BothSides): string | undefined {
  const event = events.find(({ category, text }) => /parameter/i.test(`${category} ${text}`));
  if (!event) return undefined;
  return `parameter group changed ${timeText(event.time)}${event.by === undefined ? '' : ` by ${event.by}`}`;
}

const sentence = (first: string, rest: readonly (string | undefined)[]): string =>
  `${[first, ...rest.filter((part) => part !== undefined && part !== '')].join('; ')}.`;

const writesWait: Join = {
  id: 'writes-wait',
  check: 'blocked-sessions',
  tell({ facts }, both) {
    const { pid, login, application, blocks = [], since } = facts;
    const idle = faultsOf(both.inside, 'idle-in-transaction').find((fault) => fault.facts.pid === pid);
    const long = faultsOf(both.inside, 'long-transaction').find((fault) => fault.facts.pid === pid);
    const who = `pid ${pid} (${application ?? login ?? 'unknown'})`;
    const xminAge = facts.xminAge ?? long?.facts.xminAge ?? idle?.facts.xminAge;
    const does = idle || facts.isIdle ? 'is idle in its transaction and blocks' : 'blocks';
    return sentence(`Writes wait${at(since, both.timeText)}: ${who} ${does} ${blocks.length}`, [
      xminAge === undefined ? undefined : `it also holds back vacuum (xmin age ${counted(xminAge)})`,
      parameterChange(both),
      disk(both),
    ]);
  },
};

const vacuumHeldBack: Join = {
  id: 'vacuum-held-back',
  check: 'long-transaction',
  tell({ facts }, both) {
    const dead = of('dead-rows', both) ?? of('vacuum-behind', both);
    if (!dead || facts.xminAge === undefined) return undefined;
    const who = `pid ${facts.pid} (${facts.application ?? facts.login ?? 'unknown'})`;
    return sentence(
      `Dead rows cannot be removed: the transaction of ${who} is open${at(facts.since, both.timeText)} ` +
        `(xmin age ${counted(facts.xminAge)})`,
      [evidenceAt(dead), disk(both)],
    );
  },
};

const slotFillsDisk: Join = {
  id: 'slot-fills-disk',
  check: 'inactive-slot',
  tell({ facts }, both) {
    const { object, bytes, since } = facts;
    const isFilling = disk(both) ?? (found('storage-nearly-full', both) ? 'the disk is nearly full' : undefined);
    if (bytes === undefined || isFilling === undefined) return undefined;
    const what = `the slot ${object}, which nobody reads${at(since, both.timeText)}, keeps ${gigabytes(bytes)} of WAL`;
    return sentence(`The disk fills: ${what}`, [isFilling]);
  },
};

const connectionsAtLimit: Join = {
  id: 'connections-at-limit',
  check: 'connections-near-limit',
  tell: (fault, both) =>
    sentence(`New clients are about to be refused: ${evidenceAt(fault)}`, [
      `max_connections leaves ${fault.facts.limit} and takes a restart`,
      parameterChange(both),
      found('connections-saturated', both) && 'the cloud counts it full as well',
    ]),
};

const checkpointsRequested: Join = {
  id: 'checkpoints-requested',
  check: 'requested-checkpoints',
  tell: (fault, both) =>
    sentence(`Writes come in waves: checkpoints are asked for before their time (${evidenceAt(fault)})`, [
      'max_wal_size is too small for what is written',
      found('cpu-saturated', both) && 'the processor is saturated too',
      disk(both),
    ]),
};

const standbyWaits: Join = {
  id: 'standby-waits-for-query',
  check: 'replay-behind',
  tell(fault, both) {
    const query = of('long-statement', both) ?? of('long-transaction', both);
    if (!query) return undefined;
    const { pid, login, since } = query.facts;
    return sentence(`The standby lags (${evidenceAt(fault)})`, [
      `pid ${pid} (${login ?? 'unknown'}) reads on it${at(since, both.timeText)}, and replay waits for such queries`,
      found('replication-delayed', both) && 'the cloud sees the lag too',
    ]);
  },
};

const backupsLackArchive: Join = {
  id: 'backups-lack-archive',
  check: 'archiver-failing',
  tell(fault, both) {
    const backup = found('backup-overdue', both) ?? found('backup-never-made', both);
    if (!backup) return undefined;
    return sentence(`Nothing later than the last backup can be restored: ${evidenceAt(backup)}`, [
      `archiving fails (${evidenceAt(fault)})`,
      disk(both),
    ]);
  },
};

const collationsOfOldVersion: Join = {
  id: 'collations-of-old-version',
  check: 'collation-mismatch',
  tell(fault, both) {
    const old = found('engine-version-old', both);
    return old && sentence(`An upgrade has to rebuild indexes: ${evidenceAt(fault)}`, [`version ${evidenceAt(old)}`]);
  },
};

const joins: readonly Join[] = [
  writesWait,
  vacuumHeldBack,
  slotFillsDisk,
  connectionsAtLimit,
  standbyWaits,
  checkpointsRequested,
  backupsLackArchive,
  collationsOfOldVersion,
];

/** Causes before symptoms: each as one sentence with the facts of both sides. */
export function causesOf(both: BothSides): Cause[] {
  const causes = joins.flatMap(({ id, check, tell }) =>
    faultsOf(both.inside, check).flatMap((fault): Cause[] => {
      const text = tell(fault, both);
      return text === undefined ? [] : [{ join: id, severity: worstOf([fault.severity]) ?? 'notice', text }];
    }),
  );
  return [...causes, ...sessionsLost(both)];
}

/** Every session of before a failover is gone, which no check inside can see. */
function sessionsLost(both: BothSides): Cause[] {
  const failover = found('failover-happened', both);
  if (!failover) return [];
  const since = both.timeText(Math.floor(both.startedAt / 1_000) * 1_000);
  const text = sentence(`Sessions were lost by a failover: ${evidenceAt(failover)}`, [
    `this server runs since ${since}`,
  ]);
  return [{ join: 'failover-lost-sessions', severity: failover.severity, text }];
}
