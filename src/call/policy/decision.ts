import type { Principal, Risk } from '../../define/index.js';

/**
 * `allow`: runs without a question; `ask`: a person at the client is asked; `human`: only an approval outside the
 * conversation counts; `deny`: refused.
 */
export const effects = ['allow', 'ask', 'human', 'deny'] as const;
export type Effect = (typeof effects)[number];

/** One call, as far as rules look at it. */
export interface PolicyQuestion {
  caller: Pick<Principal, 'id' | 'groups'>;
  tool: string;
  /** With the arguments taken into account. */
  risk: Risk;
  provider: string;
  /** The name of the account; absent for the tools of the product itself. */
  account?: string;
  /** Names of what the call is about; read from the provider, and only when a rule looks at them. */
  instances: () => Promise<readonly string[]>;
  /** Epoch milliseconds. */
  time: number;
}

export interface Decision {
  /** Undefined when no rule fits: then the server's own mode of confirmation holds. */
  effect?: Effect;
  /** Which rule decided, counted from 1. */
  rule?: number;
  /** For the caller who is refused or has to wait. */
  reason?: string;
  /** Whoever asked cannot approve. */
  fourEyes: boolean;
}

export type Policy = (question: PolicyQuestion) => Promise<Decision>;
