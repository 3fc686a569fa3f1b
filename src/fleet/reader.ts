import { type Values } from '../values/values.js';
import type { Finding } from './finding.js';
import type { FleetEvent, FleetInstance } from './instance.js';

/** An account that did not answer this time; the others are in the answer still. */
export interface AccountFailure {
  /** The name of the account, which takes the provider's place. */
  provider: string;
  message: string;
  /** Too many requests, or not available: it wants to be asked less often. */
  isBusy?: boolean;
}

export interface Inventory {
  instances: readonly FleetInstance[];
  failures: readonly AccountFailure[];
}

export interface Timeline {
  events: readonly FleetEvent[];
  failures: readonly AccountFailure[];
}

export interface FleetEventQuery {
  /** ISO 8601. */
  from: string;
  to: string;
  /** Of one instance only. */
  reference?: string;
}

/** What watching needs of the fleet. */
export interface FleetReader {
  /** Every instance; looks anew when `fresh`, otherwise a look of the last seconds will do. */
  inventory(fresh?: boolean): Promise<Inventory>;
  /** The whole record, by reference or name. */
  get(reference: string): Promise<FleetInstance>;
  /** Newest first. */
  events(query: FleetEventQuery): Promise<Timeline>;
  /** What the records alone show to be wrong, without further reads. */
  attention(): Promise<readonly Finding[]>;
  /** State of a job at an account, as `jobFacts` of `src/call/builtin/jobs.ts` tells it. */
  job(account: string, id: string): Promise<Values>;
}
