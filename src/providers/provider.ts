import type { Values } from '../values/values.js';
import type { HttpRequest, HttpResponse, Send } from './wire/http.js';

/** What a call asks of a provider, before anybody has signed or encoded it. */
export interface ApiRequest {
  method: string;
  /** Without the base URL, its values already escaped. */
  path: string;
  query: Values;
  body?: Values;
  contentType: string;
  /** A read: sending it again changes nothing. */
  repeatable: boolean;
}

/** `running` goes on, `succeeded` and `failed` are final, `unknown` is a word that no document names. */
export interface JobState {
  state: 'running' | 'succeeded' | 'failed' | 'unknown';
  /** The provider's own word. */
  word: string;
  /** What to do about it, where the state alone does not say. */
  hint?: string;
}

/** How work that goes on after the answer is followed at one provider. */
export interface Jobs {
  /** The provider's own id of the work that a call has started; undefined where the answer names none. */
  idOf(started: { tool: string; input: Values; answer: Values }): string | undefined;
  /** The reads that tell its state; fewer than all of them may be enough. */
  reads(id: string): readonly { tool: string; input: Values }[];
  /** The state of that work by the answers to those reads; a read that the provider refused is its error. */
  stateOf(answers: readonly (Values | ProviderError)[], id: string): JobState;
}

/** One provider's API dialect: base URL, credentials, signature, encoding, envelope, job states. */
export interface Provider {
  name: string;
  product: string;
  jobs: Jobs;
  /** The request as it goes over the wire. */
  sign(request: ApiRequest): Promise<HttpRequest>;
  /**
   * The provider's fields without its envelope. Throws a `ProviderError` for every refusal and for what is no answer.
   */
  unwrap(response: HttpResponse): Values;
  /** Drops the token that this refused request carried; false when there is nothing that could be renewed. */
  invalidateToken(refused: HttpRequest): boolean;
  /** Everything that may never be shown: keys, and the token of the moment. */
  secrets(): readonly string[];
}

export type ProviderErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'no_such_path'
  | 'too_fast'
  | 'unavailable'
  | 'unreadable'
  | 'refused';

/**
 * Thrown when a provider, or a gateway before it, answers but does not do what it was asked. Not thrown when no answer
 * came: that is a `WireError`.
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  /** The provider's own code, as it came. */
  readonly code: string;
  readonly status: number;
  /** False only where the answer is of the kind that follows on no action at all. */
  readonly mayHaveActed: boolean;
  /** Seconds after which the provider wants to be asked again. */
  readonly retryAfterSeconds?: number;

  constructor(
    readonly kind: ProviderErrorKind,
    message: string,
    facts: { code?: string | number; status: number; mayHaveActed: boolean; retryAfterSeconds?: number },
  ) {
    super(message);
    this.code = String(facts.code ?? facts.status);
    this.status = facts.status;
    this.mayHaveActed = facts.mayHaveActed;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}

/** What a provider is made with. */
export interface ProviderOptions {
  send: Send;
  /** Epoch milliseconds. */
  now: () => number;
  /** Told of each token that the provider gave, the first one too. */
  onRenewed?: () => void;
}
