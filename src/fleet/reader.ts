import { type Values } from '../values/values.js';
import type { Finding } from './finding.js';
import type { FleetEvent, FleetInstance } from './instance.js';

/** A provider that did not answer this time; the others are in the answer still. */
export interface ProviderFailure {
  provider: string;
  message: string;
  /** Too many requests, or not available: it wants to be asked less often. */
  isBusy?: boolean;
}

export interface FleetEventQuery {
  /** ISO 8601. */
  from: string;
  to: string;
  /** Of one instance only. */
  reference?: string;
}

/** What resources, completion and watching need of the fleet. */
export interface FleetReader {
  /** Looks anew when `fresh`; otherwise a look of the last seconds will do. */
  inventory(fresh?: boolean): Promise<{ instances: readonly FleetInstance[]; failures: readonly ProviderFailure[] }>;
  /** The whole record, by reference. */
  get(reference: string): Promise<FleetInstance>;
  /** Newest first. */
  events(query: FleetEventQuery): Promise<{ events: readonly FleetEvent[]; failures: readonly ProviderFailure[] }>;
  attention(): Promise<readonly Finding[]>;
  /** State of a job, as `jobFacts` of `src/call/own/jobs.ts` tells it. */
  job(provider: string, id: string): Promise<Values>;
}
