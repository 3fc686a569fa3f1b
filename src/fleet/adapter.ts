import { type Values } from '../values/values.js';
import type { FleetInstance, Observations, ProviderEvent, ProviderInstance, ProviderObservations } from './instance.js';

/** Calls a read tool of the adapter's own provider, by its name. Throws as the corridor does. */
export type Read = (tool: string, input?: Values) => Promise<Values>;

/** A concrete call that can be made next. */
export interface Step {
  tool: string;
  arguments: Values;
}

/** The remedies that findings name; each provider says with which of its tools, where it has one. */
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
  'closeNetwork',
  'resumeHighAvailability',
  'repairHighAvailability',
  'listVersions',
  'readMetrics',
  'listEvents',
  'followJob',
  'lookAgain',
] as const;
export type Remedy = (typeof remedies)[number];

export interface EventQuery {
  /** ISO 8601. */
  from: string;
  to: string;
  /** The provider's id of one instance. */
  instanceId?: string;
}

/**
 * How one provider's answers become records, which name everything by the provider's own ids. The only files of
 * `src/fleet` that know a provider; none of them knows an account.
 */
export interface Adapter {
  /** All instances with what the lists tell, and what few further reads add; as cheap as it can be. */
  list(read: Read): Promise<ProviderInstance[]>;
  /** The whole record of one instance, by the provider's id; `now` in epoch milliseconds. */
  get(id: string, read: Read, now: number): Promise<ProviderInstance>;
  /** Newest first; absent where a provider has no events. */
  events?(query: EventQuery, read: Read): Promise<ProviderEvent[]>;
  /** Its events are only jobs: changes are told by comparing two looks, as where there are none. */
  tellsOnlyJobs?: boolean;
  /** Everything that rules look at, beyond the record; failures of single reads go to `unavailable`. */
  observe(instance: ProviderInstance, now: number, read: Read): Promise<ProviderObservations>;
  /** The call behind a remedy for this instance; undefined where the provider has none. */
  step(remedy: Remedy, instance: FleetInstance, observations: Observations): Step | undefined;
}
