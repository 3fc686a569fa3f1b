import type { TimeText } from '../values/time-text.js';

/** The states of an instance, the same for all providers. The provider's own words are kept beside them. */
export const states = ['available', 'changing', 'stopped', 'degraded', 'failed', 'unknown'] as const;
export type State = (typeof states)[number];

export type Role = 'primary' | 'standby' | 'replica' | 'failed primary';

/**
 * What can be read of an instance beside what the list tells, which is at least its name, role and state. Rules name
 * the facts that they look at, and adapters read no others.
 */
export const facts = [
  // What only further answers tell of the state, such as a server that is down.
  'state',
  'settings',
  'highAvailability',
  'network',
  'storage',
  'storageUse',
  'backups',
  'access',
  'events',
  'jobs',
  'load',
  'replicationLag',
] as const;
export type Fact = (typeof facts)[number];
export type FactSet = ReadonlySet<Fact>;

export const allFacts: FactSet = new Set(facts);

/** What a provider reports about one of its instances. What it does not report is absent, never guessed. */
export interface ProviderInstance {
  /** The provider's own id. */
  id: string;
  name: string;
  /** A version such as `17.6`. */
  engineVersion?: string;
  role?: Role;
  state: State;
  /** The provider's own words for the state. */
  providerState: string;
  /** The task that runs on it now, in the provider's words. */
  progress?: string;
  highAvailability?: { enabled: boolean; state?: string };
  endpoints?: readonly { address: string; port?: number; isPublic?: boolean }[];
  publicAccess?: boolean;
  deletionProtection?: boolean;
  storage?: { gigabytes?: number; usedPercent?: number };
  backups?: {
    enabled?: boolean;
    retentionDays?: number;
    newest?: string;
    /** Every list of backups was read, and no backup is in any. */
    noneMade?: true;
  };
  /** The provider's ids of linked instances. */
  primary?: string;
  replicas?: readonly string[];
  /** The provider's id of its group, for providers with groups. */
  group?: string;
  created?: string;
  changed?: string;
  /** What the answers tell and nobody can read, such as times without a zone. */
  unreadable?: ProviderObservations['unavailable'];
}

/** An instance of the fleet. Linked instances are named by references. */
export interface FleetInstance extends ProviderInstance {
  /** The reference, such as `nhn:<id>`. Tools take it, and resources are named by it. */
  reference: string;
  provider: string;
  /** The name of its account, when it differs from the provider's name. */
  account?: string;
}

/** What an instance can be restored to. Times are ISO 8601. */
export type Restorable =
  | {
      kind: 'range';
      /** Any moment between these. */
      from: string;
      to: string;
      /** What tells so. */
      source: string;
      /** Times within the range at which it may not be so, and why. */
      doubts?: readonly { from: string; to: string; why: string }[];
    }
  | { kind: 'nothing'; why: string }
  /** The provider does not tell, but for times before `from`, to which nothing can be restored. */
  | { kind: 'untold'; from?: string; why: string };

/** Something that happened, as a provider reports it. */
export interface ProviderEvent {
  /** ISO 8601. */
  time: string;
  kind: 'event' | 'job';
  category: string;
  /** The provider's id of the instance that it is about, if it is about one. */
  instanceId?: string;
  name?: string;
  /** The provider's text, which is data. */
  text: string;
  code?: string;
  /** Who asked for it, as the provider names them. */
  by?: string;
}

/** An event of the fleet. A change is an event that was found by comparing two reads. */
export interface FleetEvent extends Omit<ProviderEvent, 'kind' | 'instanceId'> {
  provider: string;
  /** The name of its account, when it differs from the provider's name. */
  account?: string;
  kind: ProviderEvent['kind'] | 'change';
  /** The reference of the instance that it is about. */
  reference?: string;
}

interface Work {
  state: 'running' | 'failed';
  /** The provider's own word. */
  word: string;
  /** ISO 8601. */
  since: string;
}

/** Work that can be followed by its id, or that the provider only names. */
export type ProviderJob = Work & ({ id: string } | { name: string });

/** Work of the fleet. The handle is that of the job, if it has one. */
export type FleetJob = Work & { handle: string };

/** Measured values, oldest first. */
export interface Series {
  /** The provider's name of the series, for evidence. */
  source: string;
  unit: string;
  /** Epoch milliseconds and value. */
  points: readonly (readonly [number, number])[];
}

/** Something that lets clients connect who perhaps should not. */
export interface Exposure {
  /** The kind, such as `access rule`, `security group`, `user` or `network`. */
  kind: string;
  /** The address range, such as `0.0.0.0/0`. */
  address: string;
  /** More about it, such as `TRUST`, `SCRAM_SHA_256`, or the name of a user. */
  detail?: string;
  /** The provider's ids of a rule that can be taken away alone, and of its group. */
  rule?: { id: string; group: string };
  /** Whether clients can connect without a password. */
  withoutPassword?: boolean;
  /** The field that it was read from. */
  source: string;
}

/** What was read in addition to the record. Everything may be absent. */
interface Readings {
  storageUsedPercent?: Series;
  cpuPercent?: Series;
  connectionsPercent?: Series;
  replicationLagSeconds?: Series;
  /** Stored settings that the instance has not applied yet. */
  parametersPending?: { source: string; value: string };
  /** The provider wants the instance moved to a newer base. */
  migrationNeeded?: { source: string; value: string };
  /** Changes of access rules that are saved but not active yet. */
  accessRulesPending?: { source: string; count: number };
  exposures?: readonly Exposure[];
  /** The locks on the way in, and what each lets pass. Only there when no address passes all of them. */
  closed?: readonly { source: string; lets: readonly string[] }[];
  /** Access rules that are never asked, because a rule before them decides. */
  rulesWithoutEffect?: readonly { source: string; rule: string; behind: string; isOpposite: boolean }[];
  /** What could not be read, and why. */
  unavailable: readonly { what: string; why: string }[];
}

/** What was observed about one instance, as its provider reports it. */
export interface ProviderObservations extends Readings {
  instance: ProviderInstance;
  /** Events of the last day. */
  events?: readonly ProviderEvent[];
  jobs?: readonly ProviderJob[];
}

/** The observations as rules use them. */
export interface Observations extends Readings {
  instance: FleetInstance;
  /** The rest of its group. */
  related: readonly FleetInstance[];
  /** The time of the observation in epoch milliseconds. */
  now: number;
  /** Writes a time for people. */
  timeText: TimeText;
  events?: readonly FleetEvent[];
  jobs?: readonly FleetJob[];
}
