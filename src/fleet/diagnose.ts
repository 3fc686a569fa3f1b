import type { Remedy, Step } from './adapter.js';
import { type Evidence, type Finding, type Rule, severities, topics } from './finding.js';
import type { Observations } from './instance.js';

/** What the rules find in one instance, the worst first. `step` returns the call that carries out a remedy here. */
export function diagnose(
  seen: Observations,
  step: (remedy: Remedy) => Step | undefined,
  rules: readonly Rule[],
): Finding[] {
  const { reference, name } = seen.instance;
  const found = rules.flatMap((rule) => {
    const result = rule.check(seen);
    return result ? [{ rule, ...result }] : [];
  });
  const explained = new Set(found.flatMap(({ rule }) => rule.explains ?? []));
  const unexplained = found.filter(({ rule }) => !explained.has(rule.id));
  const findings = unexplained.map(({ rule, severity, evidence: all }): Finding => {
    const { id, topic, title, meaning } = rule;
    const evidence = shortened(all);
    const next = rule.remedies.map(step).find((each) => each !== undefined);
    return { rule: id, topic, severity, reference, name, title, evidence, meaning, ...(next && { next }) };
  });
  return findings.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      topics.indexOf(a.topic) - topics.indexOf(b.topic),
  );
}

/** Hundreds of open addresses are one finding, so it shows only some of them. */
const mostEvidence = 8;

function shortened(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length <= mostEvidence) return evidence;
  const left = evidence.length - mostEvidence;
  return [...evidence.slice(0, mostEvidence), { field: 'more', value: `${left} more of this kind` }];
}
