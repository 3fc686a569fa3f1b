import type { Values } from '../../values/values.js';
import { type Accounts, readWith } from '../call-context.js';
import type { Caller } from '../caller.js';
import { questionKey } from './state-reader.js';

/**
 * What one call reads before it is made. Names, rules and the effect ask some of the same, and so may the call itself,
 * so each question is sent once. What the policy denies to the caller is in the answers.
 */
export interface CallReads {
  ask(account: string, tool: string, input: Values): Promise<Values>;
  /** The answer, where the same was asked before and there was one. */
  answerTo(account: string, tool: string, input: Values): Promise<Values | undefined>;
}

export function callReads(caller: Caller, accounts: Accounts): CallReads {
  const answers = new Map<string, Promise<Values>>();
  const keyOf = (account: string, tool: string, input: Values) => `${account} ${questionKey(tool, input)}`;
  return {
    ask(account, tool, input) {
      const key = keyOf(account, tool, input);
      const answer = answers.get(key) ?? readWith(tool, input, account, accounts, caller);
      answers.set(key, answer);
      return answer;
    },
    answerTo: async (account, tool, input) => answers.get(keyOf(account, tool, input))?.catch(() => undefined),
  };
}
