import { type Values } from '../values/values.js';
import type {
  FactSet,
  FleetInstance,
  Observations,
  ProviderEvent,
  ProviderInstance,
  ProviderObservations,
  Restorable,
} from './instance.js';

/** Calls a read tool of the adapter's own provider, by its name. Throws the same errors as a call. */
export type Read = (tool: string, input?: Values) => Promise<Values>;

/** A concrete call that can be made next. */
export interface Step {
  tool: string;
  arguments: Values;
}

/** The remedies that findings name. Each provider says which of its tools carries one out, if any. */
export const remedies = [
  'growStorage',
  'start',
  'restart',
  'resize',
  'backUpNow',
  'turnOnBackups',
  'protectFromDeletion',
  'applyParameters',
  'applyAccessRules',
  'listAccessRules',
  'listNetworkRules',
  'closeNetwork',
  'closeToEveryone',
  'resumeHighAvailability',
  'repairHighAvailability',
  'upgrade',
  'migrate',
  'continueTask',
  'listVersions',
  'readMetrics',
  'readReplication',
  'listEvents',
  'followJob',
  'readDetails',
] as const;
export type Remedy = (typeof remedies)[number];

/** The remedies that change something, in words for a person who has to do it without the API. */
export const actions: Readonly<Partial<Record<Remedy, string>>> = {
  growStorage: 'grow the storage',
  start: 'start the instance',
  restart: 'restart the instance',
  resize: 'choose a larger size',
  backUpNow: 'take a backup',
  turnOnBackups: 'turn on automatic backups',
  protectFromDeletion: 'turn on deletion protection',
  applyParameters: 'apply the parameters',
  applyAccessRules: 'apply the access rules',
  closeNetwork: 'close the network to other addresses',
  closeToEveryone: 'allow known addresses alone',
  resumeHighAvailability: 'resume high availability',
  repairHighAvailability: 'repair high availability',
  upgrade: 'upgrade PostgreSQL',
  migrate: 'move the instance to the newer base',
  continueTask: 'continue the task that waits',
};

/** A change inside PostgreSQL that the provider makes, since it keeps the rights over the server to itself. */
export type EngineChange =
  /** Without a value, a person has to choose one. Values are in the unit of PostgreSQL, `running` as well. */
  { parameter: string; value?: string; unit?: string; running?: string } | { extension: string; database: string };

export interface EventQuery {
  /** ISO 8601. */
  from: string;
  to: string;
  /** The provider's id of one instance. */
  instanceId?: string;
}

/**
 * Turns the answers of one provider into records, which name everything by the provider's own ids. Adapters are the
 * only files of `src/fleet` that know a provider, and they know no account.
 */
export interface Adapter {
  /** All instances with what the lists contain and a few more reads add. It is kept as cheap as possible. */
  list(read: Read): Promise<ProviderInstance[]>;
  /** The same from the first of these reads alone, which tells at least the names. Absent where there is no other. */
  names?(read: Read): Promise<ProviderInstance[]>;
  /** The whole record of one instance, by the provider's id. `now` is in epoch milliseconds. */
  get(id: string, read: Read, now: number): Promise<ProviderInstance>;
  /** Newest first. Absent when a provider has no events. */
  events?(query: EventQuery, read: Read): Promise<ProviderEvent[]>;
  /** The provider's events are only about jobs, so changes are found by comparing two reads, as without events. */
  tellsOnlyJobs?: boolean;
  /** The tool that answers about one instance, which is not observed without. Absent where the list tells as much. */
  own?: string;
  /** Tools whose answers are large and about one instance, so that they are not kept. */
  bulky?: readonly string[];
  /** Times that name no zone are in UTC. Elsewhere they cannot be read, and are told as such. */
  timesAreUtc?: boolean;
  /**
   * What rules use of these facts, all when left out, of an instance as the list tells it. Reads that do not need each
   * other are made side by side; how many at once is not decided here. Failures of single ones are in `unavailable`.
   */
  observe(instance: ProviderInstance, now: number, read: Read, facts?: FactSet): Promise<ProviderObservations>;
  /** What the instance can be restored to. A time that cannot be read makes it untold. */
  restorable(instance: ProviderInstance, now: number, read: Read): Promise<Restorable>;
  /** Whether an operation of the provider carries out a remedy, for this instance or for others. */
  can: (remedy: Remedy) => boolean;
  /** The call that carries out a remedy for this instance. Undefined when there is none. */
  step(remedy: Remedy, instance: FleetInstance, observations: Observations): Step | undefined;
  /**
   * The calls that make a change of the engine, in their order, or the read from which a person chooses the value. None
   * where the API has no operation for it.
   */
  engineSteps(change: EngineChange, instance: FleetInstance, read: Read): Promise<readonly Step[]>;
}

/** Why something is not seen that no call of the provider tells: a limit of its API, and no failure. */
export const neverTold = 'the API of the provider does not tell them';
