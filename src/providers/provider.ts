import type { Values } from '../values/values.js';
import type { HttpRequest, HttpResponse, Send } from './wire/http.js';

/** A call to a provider before it is signed and encoded. */
export interface ApiRequest {
  method: string;
  /** The path without the base URL. Its values are already escaped. */
  path: string;
  query: Values;
  body?: Values;
  contentType: string;
  /** Whether it is a read, which may be sent again because it changes nothing. */
  repeatable: boolean;
}

/** `running` continues, `succeeded` and `failed` are final, and `unknown` is for an undocumented word. */
export interface JobState {
  state: 'running' | 'succeeded' | 'failed' | 'unknown';
  /** The provider's own word. */
  word: string;
  /** What to do next, when the state alone does not say it. */
  hint?: string;
  /** What of the other reads explains the state. */
  details?: Values;
  /** The work was seen going on. A state from before it is then no longer possible. */
  hasBegun?: boolean;
}

/** What is known about work when its state is read. */
export interface Look {
  id: string;
  /** Undefined when it is not known when the work began. Then it is old enough for everything. */
  ageSeconds?: number;
  /** An earlier look of the same wait saw it going on. */
  hasBegun?: boolean;
}

/** For how long a provider may still show the state from before a change. */
const lagSeconds = 10;

/** Whether a state that looks final may be the one from before the work. */
export const mayLag = ({ ageSeconds = lagSeconds, hasBegun = false }: Look): boolean =>
  !hasBegun && ageSeconds < lagSeconds;

/** How one provider reports work that continues after the answer. */
export interface Jobs {
  /**
   * The provider's own id of the work that a call has started, with what is needed to recognize its end. Undefined when
   * the answer has none.
   */
  idOf(started: { tool: string; input: Values; answer: Values }): string | undefined;
  /** The reads that show its state. Some of their answers may be enough. */
  reads(id: string): readonly { tool: string; input: Values }[];
  /** The state of the work according to those answers. A read that the provider refused is given as its error. */
  stateOf(answers: readonly (Values | ProviderError)[], look: Look): JobState;
}

/** One provider's API dialect: base URL, credentials, signature, encoding, envelope, job states. */
export interface Provider {
  name: string;
  product: string;
  jobs: Jobs;
  /** Gets the token that requests are signed with, if there is none. Absent where keys alone sign. */
  signIn?(): Promise<unknown>;
  /** Signs and encodes a request. */
  sign(request: ApiRequest): Promise<HttpRequest>;
  /**
   * Returns the provider's fields without its envelope. Throws a `ProviderError` for every error and for what is not a
   * valid answer.
   */
  unwrap(response: HttpResponse): Values;
  /** Drops the token of this refused request. Returns false when there is no token to renew. */
  invalidateToken(refused: HttpRequest): boolean;
  /** Everything that must never be shown: keys, and the current token. */
  secrets(): readonly string[];
}

export type ProviderErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'no_such_path'
  | 'gateway'
  | 'busy'
  | 'too_fast'
  | 'unavailable'
  | 'unreadable'
  | 'refused';

/**
 * Thrown when a provider, or a gateway before it, answers but does not do what it was asked. It is not thrown when no
 * answer came: that is a `WireError`.
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  /** The provider's own code, unchanged. */
  readonly code: string;
  readonly status: number;
  /** Only false for answers that certainly mean that nothing was done. */
  readonly mayHaveActed: boolean;
  /** The number of seconds after which the provider wants to be asked again. */
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

/** The options that every provider is created with. */
export interface ProviderOptions {
  send: Send;
  /** Epoch milliseconds. */
  now: () => number;
  /** Called with each token that the provider gave, including the first one. */
  onRenewed?: () => void;
}
