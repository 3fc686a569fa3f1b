/** Where an instance stands, in one vocabulary; the provider's own words stand beside it. */
export const states = ['available', 'changing', 'stopped', 'degraded', 'failed', 'unknown'] as const;
export type State = (typeof states)[number];

export type Role = 'primary' | 'standby' | 'replica' | 'failed primary';

/** What a provider tells of one of its instances. What it cannot tell is absent, never invented. */
export interface ProviderInstance {
  /** The provider's own id. */
  id: string;
  name: string;
  /** `17.6`. */
  engineVersion?: string;
  role?: Role;
  state: State;
  /** The provider's own word or words for it. */
  providerState: string;
  /** The task that runs on it now, in the provider's words. */
  progress?: string;
  highAvailability?: { enabled: boolean; state?: string };
  endpoints?: readonly { address: string; port?: number; isPublic?: boolean }[];
  publicAccess?: boolean;
  deletionProtection?: boolean;
  storage?: { gigabytes?: number; usedPercent?: number };
  backups?: { enabled?: boolean; retentionDays?: number; newest?: string };
  /** The provider's ids of what belongs together. */
  primary?: string;
  replicas?: readonly string[];
  /** The provider's id of the group that it is in, where there are groups. */
  group?: string;
  created?: string;
  changed?: string;
}

/** The same as an instance of the fleet: what belongs together is named by references. */
export interface FleetInstance extends ProviderInstance {
  /** `nhn:<id>`: what tools take, and what resources are named by. */
  reference: string;
  provider: string;
  /** The name of its account, where that is not the provider's name. */
  account?: string;
}

/** Something that happened, as a provider tells it. */
export interface ProviderEvent {
  /** ISO 8601. */
  time: string;
  kind: 'event' | 'job';
  category: string;
  /** What it is about: the provider's id of an instance, where it is one. */
  instanceId?: string;
  name?: string;
  /** The provider's text: data. */
  text: string;
  code?: string;
}

/** The same as an event of the fleet; a change is one that was seen between two looks. */
export interface FleetEvent extends Omit<ProviderEvent, 'kind' | 'instanceId'> {
  provider: string;
  /** The name of its account, where that is not the provider's name. */
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

/** Work with an id that it can be followed by, or else with a name that the provider has for it. */
export type ProviderJob = Work & ({ id: string } | { name: string });

/** The same as work of the fleet; the handle is that of the job, where it has one. */
export type FleetJob = Work & { handle: string };

/** Measured values, oldest first. */
export interface Series {
  /** The provider's name of it, for evidence. */
  source: string;
  unit: string;
  /** Epoch milliseconds and value. */
  points: readonly (readonly [number, number])[];
}

/** Something that lets in clients that should perhaps not get in. */
export interface Exposure {
  /** `access rule`, `security group`, `user`, `network`. */
  kind: string;
  /** `0.0.0.0/0`. */
  address: string;
  /** `TRUST`, `SCRAM_SHA_256`, a user's name … */
  detail?: string;
  /** Lets in without a password. */
  withoutPassword?: boolean;
  /** The field it was read from. */
  source: string;
}

/** What was read beside the record. Everything may be absent. */
interface Readings {
  storageUsedPercent?: Series;
  cpuPercent?: Series;
  connectionsPercent?: Series;
  replicationLagSeconds?: Series;
  /** Stored settings that the instance has not taken yet. */
  parametersPending?: { source: string; value: string };
  /** Reserved changes of access rules that are not live yet. */
  accessRulesPending?: { source: string; count: number };
  exposures?: readonly Exposure[];
  /** What could not be looked at, and why. */
  unavailable: readonly { what: string; why: string }[];
}

/** What a look at one instance has seen, as its provider tells it. */
export interface ProviderObservations extends Readings {
  instance: ProviderInstance;
  /** Events of the last day. */
  events?: readonly ProviderEvent[];
  jobs?: readonly ProviderJob[];
}

/** The same as rules look at it. */
export interface Observations extends Readings {
  instance: FleetInstance;
  /** The rest of its group. */
  related: readonly FleetInstance[];
  /** Epoch milliseconds of the look. */
  now: number;
  events?: readonly FleetEvent[];
  jobs?: readonly FleetJob[];
}
