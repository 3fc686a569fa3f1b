import { type Values } from '../values/values.js';
import type { Finding } from './finding.js';
import type { FleetEvent, FleetInstance } from './instance.js';

/** An account that did not answer this time. The answer still has the other accounts. */
export interface AccountFailure {
  /** The name of the account, in the place of the provider. */
  provider: string;
  message: string;
  /** It had too many requests or was not available, and wants to be asked less often. */
  isBusy?: boolean;
  /** It did answer, but a part of its answer could not be read. */
  isPartial?: boolean;
}

/** How much of an account is left out, because the policy denies it to the one who asks. */
export interface Denied {
  /** The name of the account, in the place of the provider. */
  provider: string;
  count: number;
}

export interface Inventory {
  instances: readonly FleetInstance[];
  failures: readonly AccountFailure[];
  /** Instances that are left out. */
  denied?: readonly Denied[];
}

/** An account whose provider keeps less than events of all kinds, so the fleet compares what it reads. */
export interface IncompleteHistory {
  /** The name of the account, in the place of the provider. */
  provider: string;
  keeps: 'no events' | 'only jobs';
  /** ISO 8601: the first read that was compared. Absent when there was none. */
  comparedSince?: string;
}

export interface Timeline {
  events: readonly FleetEvent[];
  failures: readonly AccountFailure[];
  incomplete?: readonly IncompleteHistory[];
  /** Events that are left out. */
  denied?: readonly Denied[];
}

export interface FleetEventQuery {
  /** ISO 8601. */
  from: string;
  to: string;
  /** Limits the query to one instance. */
  reference?: string;
}

/**
 * How old what is shown may be, in milliseconds. Only fleet tools and resources show what is a minute old: calls that
 * change something, and what they are judged by, look for themselves.
 */
export const oldest = { now: -1, seconds: 3_000, minute: 60_000 } as const;
export type Age = keyof typeof oldest;

/** The part of the fleet that the watch needs. */
export interface FleetReader {
  /** Every instance, of all accounts or of those named. What is up to a minute old is used when no age is given. */
  inventory(age?: Age, accounts?: ReadonlySet<string>): Promise<Inventory>;
  /** The whole record, by reference. */
  get(reference: string): Promise<FleetInstance>;
  /** Newest first. */
  events(query: FleetEventQuery): Promise<Timeline>;
  /** The problems that the records alone show, without further reads. */
  attention(accounts?: ReadonlySet<string>): Promise<readonly Finding[]>;
  /** The state of a job of an account, as `jobFacts` of `src/call/builtin/jobs.ts` returns it. */
  job(account: string, id: string): Promise<Values>;
}
