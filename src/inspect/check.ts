import type { Evidence, Severity } from '../define/finding.js';
import type { Query, Row } from './open-look.js';

export const inspectTopics = [
  'sessions',
  'locks',
  'replication',
  'vacuum',
  'storage',
  'indexes',
  'statements',
  'settings',
  'security',
] as const;
export type InspectTopic = (typeof inspectTopics)[number];

/** What is asked with one statement: a text that is fixed in this code, and values that are bound. */
export type Statement = Parameters<Query>[0];

/** What is known of the server before any check. */
export interface ServerFacts {
  /** Such as 15. */
  major: number;
  /** Such as `15.18`. */
  version: string;
  isStandby: boolean;
  database: string;
  role: LookingRole;
  /** The server's own clock, as epoch milliseconds. */
  now: number;
  /** When it was started, as epoch milliseconds. */
  startedAt: number;
  /** Since when the use of this database is counted, as epoch milliseconds. */
  countedSince: number;
  /** Whether this database has more tables, or more sequences, than checks look at. */
  hasMany: { tables: boolean; sequences: boolean };
  /** How many other databases can be connected to. Their tables cannot be seen from this one. */
  otherDatabases: number;
  /** By name, in the unit of the server. What this role may not see is absent. */
  settings: ReadonlyMap<string, string>;
  /** Those of this database, by name. The schema is quoted. */
  extensions: ReadonlyMap<string, { schema: string; version: string }>;
}

/** Who looks, and what that lets it see. */
export interface LookingRole {
  name: string;
  /** As it is written in a statement. */
  quoted: string;
  /** Whether it sees what others do: `pg_read_all_stats`, which `pg_monitor` has. */
  isMonitor: boolean;
  /** Whether it may cancel and terminate what other roles do. */
  canSignal: boolean;
}

/** From where on a value is a fault, and who says so. Without a number, any is. */
export interface Threshold {
  /** What is measured, with its unit: `seconds idle in a transaction`. */
  of: string;
  warning?: number;
  critical?: number;
  source: string;
}

/** What helps, as a call or as a text. */
export type DatabaseRemedy =
  /** A value is in the unit of the server. Without one, a person has to choose it. */
  | { parameter: string; value?: string; unit?: string; restart: boolean }
  /** Of the server itself. */
  | { restart: true }
  | { extension: string }
  | { endSession: { pid: number; backendStart: string; how: 'cancel' | 'terminate' } }
  /** For an owner to run. The server itself quoted what is in it. */
  | { statement: string };

/** What can be joined with the facts of the cloud: numbers, times as epoch milliseconds, and names. */
export interface FaultFacts {
  pid?: number;
  /** The start of the process in microseconds, as the server reads it again. */
  backendStart?: string;
  login?: string;
  application?: string;
  /** Whether it does nothing within its transaction. */
  isIdle?: boolean;
  /** Processes that wait for this one, directly or behind one another. */
  blocks?: readonly number[];
  /** Processes that this one waits for. */
  blockedBy?: readonly number[];
  since?: number;
  /** How many transactions ago: of the oldest one that is still needed, or not yet frozen. */
  xminAge?: number;
  /** Bytes that are kept, used or behind. */
  bytes?: number;
  seconds?: number;
  used?: number;
  limit?: number;
  percent?: number;
  /** A database, table, index, sequence, slot, setting or role. */
  object?: string;
}

/** One fault that a check found. */
export interface Fault {
  severity: Severity;
  evidence: readonly Evidence[];
  facts: FaultFacts;
  remedy?: DatabaseRemedy;
  /** The whole text of a statement as the server has it. It is shown only after it went through `showStatement`. */
  rawStatement?: string;
}

/** What a check could not see, and what would let it. */
export interface Hidden {
  what: string;
  /** One GRANT to be run by an owner, or a sentence. */
  allow?: string;
  remedy?: DatabaseRemedy;
}

/** One deterministic check: a small declared fact with its query and its thresholds. */
export interface DatabaseCheck {
  /** The id, such as `idle-in-transaction`. */
  id: string;
  topic: InspectTopic;
  title: string;
  /** What it means for the person on duty, in one or two sentences. */
  meaning: string;
  thresholds: readonly Threshold[];
  /** The first major version that can tell. */
  from?: number;
  /** Left out, both are asked. */
  only?: 'primary' | 'standby';
  /** Whether it sees the tables of this database alone. */
  isOfDatabase?: true;
  /** Of very many, it looks at some only. */
  bounded?: 'tables' | 'sequences';
  /** Without this extension it sees nothing. */
  extension?: string;
  /** Asks for one row more than `rowsAsked` where there may be many. */
  query(facts: ServerFacts): Statement;
  /** The worst first. Empty when all is well. */
  judge(rows: readonly Row[], facts: ServerFacts): readonly Fault[];
  hidden?(rows: readonly Row[], facts: ServerFacts): Hidden | undefined;
}

/** As many rows as a check looks at. */
export const rowsAsked = 100;

/** As many as a check looks at that would take long with all: the largest tables, and the oldest sequences. */
export const mostLookedAt = { tables: 2_000, sequences: 2_000 } as const;

/** A fault as it may be shown. */
export type ShownFault = Omit<Fault, 'rawStatement'> & { statement?: string };

/** What one check found. */
export interface DatabaseFinding {
  check: string;
  topic: InspectTopic;
  /** That of its worst fault. */
  severity: Severity;
  title: string;
  meaning: string;
  thresholds: readonly Threshold[];
  faults: readonly ShownFault[];
  /** How many more faults there are. */
  more: number;
}

/** What a check could not see, so that it does not say that all is well. */
export interface NotSeen extends Hidden {
  check: string;
  topic: InspectTopic;
}

/** What one look found. */
export interface LookReport {
  /** The worst first. */
  findings: readonly DatabaseFinding[];
  notSeen: readonly NotSeen[];
  /** What a look at one database cannot see of the others. Absent where no check is about one database alone. */
  elsewhere?: Hidden;
  /** The checks that were made, wholly or in part. */
  checked: readonly string[];
  /** Checks that there was no time for, and why. */
  cut?: { checks: readonly string[]; why: string };
}
