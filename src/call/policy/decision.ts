import type { Principal, Risk } from '../../define/index.js';

/**
 * `allow` runs the call without a question. `ask` asks a person at the client. With `human`, only an approval outside
 * the conversation counts. `deny` refuses the call.
 */
export const effects = ['allow', 'ask', 'human', 'deny'] as const;
export type Effect = (typeof effects)[number];

/** A call, with the facts that rules use. */
export interface PolicyQuestion {
  caller: Pick<Principal, 'id' | 'groups'>;
  tool: string;
  /** The risk with these arguments. */
  risk: Risk;
  provider: string;
  /** The name of the account. Absent for the built-in tools. */
  account?: string;
  /** The names of what the call is about. They are read from the provider only when a rule needs them. */
  instances: () => Promise<readonly string[]>;
  /** Epoch milliseconds. */
  time: number;
}

export interface Decision {
  /** Undefined when no rule matches. Then the server's own mode of confirmation counts. */
  effect?: Effect;
  /** Which rule decided, counted from 1. */
  rule?: number;
  /** The reason for the caller, who is refused or has to wait. */
  reason?: string;
  /** Whether the caller who asked cannot approve. */
  fourEyes: boolean;
}

export type Policy = (question: PolicyQuestion) => Promise<Decision>;
