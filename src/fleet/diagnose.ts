import type { Remedy, Step } from './adapter.js';
import { type Evidence, type Finding, type Rule, severities, topics } from './finding.js';
import type { Observations } from './instance.js';
import { rules as allRules } from './rules/index.js';

/** What the rules find in one instance, the worst first. `step` says with which call a remedy is done here. */
export function diagnose(
  seen: Observations,
  step: (remedy: Remedy) => Step | undefined,
  rules: readonly Rule[] = allRules,
): Finding[] {
  const { reference, name } = seen.instance;
  const findings = rules.flatMap((rule): Finding[] => {
    const found = rule.check(seen);
    if (!found) return [];
    const { id, topic, title, meaning } = rule;
    const { severity } = found;
    const evidence = shortened(found.evidence);
    const next = rule.remedies.map(step).find((each) => each !== undefined);
    return [{ rule: id, topic, severity, reference, name, title, evidence, meaning, ...(next && { next }) }];
  });
  return findings.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      topics.indexOf(a.topic) - topics.indexOf(b.topic),
  );
}

/** Hundreds of open context are one finding. */
const mostEvidence = 8;

function shortened(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length <= mostEvidence) return evidence;
  const left = evidence.length - mostEvidence;
  return [...evidence.slice(0, mostEvidence), { field: 'more', value: `${left} more of this kind` }];
}
