/** Where an instance stands, in one vocabulary; the provider's own words stand beside it. */
export const states = ['available', 'changing', 'stopped', 'degraded', 'failed', 'unknown'] as const;
export type State = (typeof states)[number];

export type Role = 'primary' | 'standby' | 'replica' | 'failed primary';

/** An instance of any provider. What a provider cannot tell is absent, never invented. */
export interface FleetInstance {
  /** `nhn:<id>`: what tools take, and what resources are named by. */
  reference: string;
  provider: string;
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
  /** References of what belongs together. */
  primary?: string;
  replicas?: readonly string[];
  /** The provider's id of the group that it is in, where there are groups. */
  group?: string;
  created?: string;
  changed?: string;
}

/** Something that happened: an event of a provider, a job, or a change seen between two looks. */
export interface FleetEvent {
  /** ISO 8601. */
  time: string;
  provider: string;
  kind: 'event' | 'job' | 'change';
  category: string;
  /** What it is about: the reference of an instance, where it is one. */
  reference?: string;
  name?: string;
  /** The provider's text: data. */
  text: string;
  code?: string;
}

/** Measured values, oldest first. */
export interface Series {
  /** The provider's name of it, for evidence. */
  source: string;
  unit: string;
  /** Epoch milliseconds and value. */
  points: readonly (readonly [number, number])[];
}

/** Something that lets in who should perhaps not get in. */
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

/** What a diagnosis has seen of one instance. Everything but the instance may be absent. */
export interface Observations {
  instance: FleetInstance;
  /** The rest of its group. */
  related: readonly FleetInstance[];
  /** Epoch milliseconds of the look. */
  now: number;
  storageUsedPercent?: Series;
  cpuPercent?: Series;
  connectionsPercent?: Series;
  replicationLagSeconds?: Series;
  /** Stored settings that the instance has not taken yet. */
  parametersPending?: { source: string; value: string };
  /** Reserved changes of access rules that are not live yet. */
  accessRulesPending?: { source: string; count: number };
  exposures?: readonly Exposure[];
  /** Events of the last day. */
  events?: readonly FleetEvent[];
  jobs?: readonly { handle: string; state: 'running' | 'failed'; word: string; since: string }[];
  /** What could not be looked at, and why. */
  unavailable: readonly { what: string; why: string }[];
}
