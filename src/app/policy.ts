import { policyOf } from '../call/policy/decide.js';
import type { Policy } from '../call/policy/decision.js';
import type { RuleSet } from '../call/policy/read-policy.js';
import type { PolicyFacts } from '../call/policy/rule.js';
import { readPolicyFile } from '../config/policy-file.js';

export interface OpenedPolicy {
  ruleSet: RuleSet;
  /** Decides by these rules. */
  policy: Policy;
}

/** Reads the rules from a file. Loaded late, because most servers have no policy, and its forms take time to build. */
export function openPolicy(file: string, facts: PolicyFacts): OpenedPolicy {
  const ruleSet = readPolicyFile(file, facts);
  return { ruleSet, policy: policyOf(ruleSet) };
}
