import type { Principal, Risk } from '../../define/index.js';

/**
 * `allow` runs the call without a question. `ask` asks a person at the client. With `human`, only an approval outside
 * the conversation counts. `deny` refuses the call.
 */
export const effects = ['allow', 'ask', 'human', 'deny'] as const;
export type RuleEffect = (typeof effects)[number];

/** The instances that a call concerns, as rules know them. */
export interface PolicyInstances {
  /** The names as they are now, and the name that the call gives to one. */
  names: readonly string[];
  /** Whether there can be others, or one whose name is not known. */
  isUnknown: boolean;
}

/** A call, with the facts that rules use. */
export interface PolicyQuestion {
  caller: Pick<Principal, 'id' | 'groups'>;
  tool: string;
  /** The tool that ran it by its name. */
  through?: string;
  /** What the call can do, each danger by itself; or the one word of a call without any. */
  risks: readonly Risk[];
  /** Whether nothing leads back from one of the dangers. */
  isIrreversible?: boolean;
  /** Whether the call gives a present instance another name. */
  isRename?: boolean;
  provider: string;
  /** The name of the account. Absent for the built-in tools. */
  account?: string;
  /** The instances that the call concerns. They are read from the provider only when a rule needs them. */
  instances: () => Promise<PolicyInstances>;
  /** Epoch milliseconds. */
  time: number;
}

export interface Decision {
  /** Undefined when no rule matches. Then the server's own mode of confirmation counts. */
  effect?: RuleEffect;
  /** Which rule decided, counted from 1. */
  rule?: number;
  /** The reason for the caller, who is refused or has to wait. */
  reason?: string;
  /** Whether the caller who asked cannot approve. */
  fourEyes: boolean;
}

export type Policy = (question: PolicyQuestion) => Promise<Decision>;
