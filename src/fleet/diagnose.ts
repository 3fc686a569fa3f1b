import { type Evidence, severities } from '../define/finding.js';
import { actions, type Remedy, type Step } from './adapter.js';
import { type Finding, type Rule, type Topic, topics } from './finding.js';
import { allFacts, type FactSet, type FleetEvent, type FleetInstance, type Observations } from './instance.js';

export interface Diagnosis {
  instance: FleetInstance;
  findings: readonly Finding[];
  unavailable: Observations['unavailable'];
  /** Those of the last day, newest first. */
  events: readonly FleetEvent[];
  storageUsedPercent?: number;
}

/** The call that carries out a remedy for the instance at hand. */
type ToStep = (remedy: Remedy) => Step | undefined;
/** Whether the provider has an operation for a remedy, for this instance or for others. */
type Can = (remedy: Remedy) => boolean;

/** The facts that the rules of a topic look at, and the rules that explain what those find. All without a topic. */
export function factsFor(topic: Topic | undefined, rules: readonly Rule[]): FactSet {
  if (topic === undefined) return allFacts;
  const own = rules.filter((rule) => rule.topic === topic);
  const explaining = rules.filter(({ explains = [] }) => own.some(({ id }) => explains.includes(id)));
  return new Set([...own, ...explaining].flatMap(({ reads }) => reads));
}

/** What the rules find in one instance, the worst first, each with what to do next. */
export function diagnose(seen: Observations, step: ToStep, rules: readonly Rule[], can: Can = () => true): Finding[] {
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
    return {
      rule: id,
      topic,
      severity,
      reference,
      name,
      title,
      evidence,
      meaning,
      ...waysOut(rule.remedies, step, can),
    };
  });
  return findings.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      topics.indexOf(a.topic) - topics.indexOf(b.topic),
  );
}

/**
 * The first call that helps. Where the provider has an operation for none of the actions, only its console helps, and
 * reading the same instance again leads nowhere.
 */
function waysOut(own: readonly Remedy[], step: ToStep, can: Can): Pick<Finding, 'next' | 'notByApi'> {
  const wanted = own.filter((remedy) => actions[remedy] !== undefined);
  const [action] = wanted.some(can) ? [] : wanted;
  const useful = action ? own.filter((remedy) => remedy !== 'readDetails') : own;
  const next = useful.map(step).find((each) => each !== undefined);
  return { ...(next && { next }), ...(action && { notByApi: actions[action] }) };
}

/** Hundreds of open addresses are one finding, so it shows only some of them. */
const mostEvidence = 8;

function shortened(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length <= mostEvidence) return evidence;
  const left = evidence.length - mostEvidence;
  return [...evidence.slice(0, mostEvidence), { field: 'more', value: `${left} more of this kind` }];
}
