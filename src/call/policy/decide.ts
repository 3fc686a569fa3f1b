import { fitsInstances, fitsSoFar, wantsInstances } from './conditions.js';
import type { Decision, Policy, PolicyInstances } from './decision.js';
import type { RuleSet } from './read-policy.js';

/**
 * The first rule that matches decides. The instances are read once, and only when a rule that otherwise matches needs
 * them.
 */
export const policyOf =
  (ruleSet: RuleSet): Policy =>
  async (question) => {
    let instances: PolicyInstances | undefined;
    for (const [index, rule] of ruleSet.rules.entries()) {
      if (!fitsSoFar(rule, question)) continue;
      if (wantsInstances(rule)) instances ??= await question.instances();
      if (fitsInstances(rule, instances ?? { names: [], isUnknown: false })) return decisionOf(ruleSet, index);
    }
    return decisionOf(ruleSet);
  };

/** What a rule decides, or what the file says when no rule matches. */
export function decisionOf({ rules, fourEyes }: RuleSet, index = -1): Decision {
  const rule = rules[index];
  if (!rule) return { fourEyes };
  return { effect: rule.effect, rule: index + 1, reason: rule.reason, fourEyes: rule.fourEyes ?? fourEyes };
}
