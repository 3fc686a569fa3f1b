import { type Danger, mayUse, type Risk, type Scope, scopeOf } from '../../define/index.js';
import type { Clock } from '../../values/clock.js';
import type { Caller } from '../caller.js';
import { InsufficientScopeError, RefusedError } from '../errors.js';
import type { Decision, Policy, PolicyInstances } from '../policy/decision.js';

export interface Subject {
  tool: string;
  /** The tool that ran it by its name. Rules about either are about the call. */
  through?: string;
  /** What the call is without a danger. */
  risk: Risk;
  /** What this call can do. Each danger counts by itself. */
  dangers?: readonly Danger[];
  /** The scope that it needs besides those of its risks. */
  scope?: Scope;
  provider: string;
  /** Absent for the built-in tools. */
  account?: string;
}

export interface AuthorizationRequest {
  caller: Caller;
  /** The instances that the call concerns. */
  instances: () => Promise<PolicyInstances>;
  /** Whether it gives a present instance another name. */
  isRename?: boolean;
}

/**
 * Decides whether this caller may make this call at all, and returns the decision of the policy. Throws a
 * `RefusedError` if the call is not allowed.
 */
export async function authorize(
  { tool, through, risk, dangers = [], scope, provider, account }: Subject,
  { caller, instances, isRename }: AuthorizationRequest,
  { policy, clock }: { policy?: Policy; clock: Clock },
): Promise<Decision | undefined> {
  const risks = dangers.length > 0 ? [...new Set(dangers.map((danger) => danger.risk))] : [risk];
  const scopes = [...risks.map(scopeOf), ...(scope ? [scope] : [])].filter((each) => !mayUse(caller, each));
  if (scopes.length > 0) {
    const needs = `which needs the scope ${scopes.join(' and ')}`;
    const why = `${tool} is ${risks.join(' and ')} with these arguments, ${needs}.`;
    throw new InsufficientScopeError(scopes, `${why} ${caller.name} does not have it. Nothing was sent.`);
  }
  const isIrreversible = dangers.some(({ irreversible }) => irreversible);
  const question = {
    caller,
    tool,
    through,
    risks,
    isIrreversible,
    isRename,
    provider,
    account,
    instances,
    time: clock.now(),
  };
  const decision = await policy?.(question);
  if (decision?.effect !== 'deny') return decision;
  const reason = decision.reason ? `: ${decision.reason}` : '.';
  throw new RefusedError('denied', `The policy of this server denies ${tool} here${reason} Nothing was sent.`);
}
