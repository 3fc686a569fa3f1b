import { fitsInstances, fitsSoFar } from './conditions.js';
import type { Decision, Policy } from './decision.js';
import type { RuleSet } from './read-policy.js';

/**
 * The first rule that fits decides. Names of instances are asked for once, and only when a rule that otherwise fits
 * looks at them; when they cannot be had, the answer is that failure and no decision.
 */
export const policyOf =
  (ruleSet: RuleSet): Policy =>
  async (question) => {
    let names: readonly string[] | undefined;
    for (const [index, rule] of ruleSet.rules.entries()) {
      if (!fitsSoFar(rule, question)) continue;
      if (rule.instances) names ??= await question.instances();
      if (fitsInstances(rule, names ?? [])) return decisionOf(ruleSet, index);
    }
    return decisionOf(ruleSet);
  };

/** What a rule says, or the file where none fits. */
export function decisionOf({ rules, fourEyes }: RuleSet, index = -1): Decision {
  const rule = rules[index];
  if (!rule) return { fourEyes };
  return { effect: rule.effect, rule: index + 1, reason: rule.reason, fourEyes: rule.fourEyes ?? fourEyes };
}
