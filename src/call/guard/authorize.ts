import { mayUse, type Risk, scopeOf } from '../../define/index.js';
import type { Clock } from '../../values/clock.js';
import type { Caller } from '../caller.js';
import { RefusedError } from '../errors.js';
import type { Decision, Policy } from '../policy/decision.js';

export interface Subject {
  tool: string;
  /** The risk with these arguments. */
  risk: Risk;
  provider: string;
  /** Absent for the built-in tools. */
  account?: string;
}

export interface AuthorizationRequest {
  caller: Caller;
  /** The names of what the call is about. */
  instances: () => Promise<readonly string[]>;
}

/**
 * Decides whether this caller may make this call at all, and returns the decision of the policy. Throws a
 * `RefusedError` if the call is not allowed.
 */
export async function authorize(
  { tool, risk, provider, account }: Subject,
  { caller, instances }: AuthorizationRequest,
  { policy, clock }: { policy?: Policy; clock: Clock },
): Promise<Decision | undefined> {
  const scope = scopeOf(risk);
  if (!mayUse(caller, scope)) {
    const why = `${tool} is ${risk} with these arguments, which needs the scope ${scope}.`;
    throw new RefusedError('denied', `${why} ${caller.name} does not have it. Nothing was sent.`);
  }
  const decision = await policy?.({ caller, tool, risk, provider, account, instances, time: clock.now() });
  if (decision?.effect !== 'deny') return decision;
  const reason = decision.reason ? `: ${decision.reason}` : '.';
  throw new RefusedError('denied', `The policy of this server denies ${tool} here${reason} Nothing was sent.`);
}
