import { isGuarded, subjectOf } from '../../define/index.js';
import type { PolicyInstances, PolicyQuestion } from './decision.js';
import type { Pattern } from './pattern.js';
import type { PolicyRule } from './rule.js';
import { isWithin, type Window } from './window.js';
import { either, unquoted } from './words.js';

/** The part of a question that can be checked without asking the provider. */
export type Known = Omit<PolicyQuestion, 'instances'>;

interface Condition {
  holds: (rule: PolicyRule, question: Known) => boolean;
  /** Why it does not hold. */
  misfit: (rule: PolicyRule, question: Known) => string;
}

/** Every condition except that on instances. Their names cost a request, so they are checked last. */
const conditions: readonly Condition[] = [
  {
    holds: ({ caller: wanted }, { caller }) =>
      wanted?.subjects?.some(({ fits }) => fits(caller.id) || fits(subjectOf(caller))) ?? true,
    misfit: ({ caller: wanted }, { caller }) =>
      `caller.subjects wants ${patternsInWords(wanted?.subjects)}; the caller is ${unquoted(subjectOf(caller))}`,
  },
  {
    holds: ({ caller }, { caller: { groups } }) =>
      caller?.groups?.some(({ fitsInAnyCase }) => groups.some(fitsInAnyCase)) ?? true,
    misfit: ({ caller }, { caller: { groups } }) =>
      `caller.groups wants ${patternsInWords(caller?.groups)}; ` +
      `the caller is in ${groups.map(unquoted).join(', ') || 'no group'}`,
  },
  {
    holds: ({ tools }, { tool, through }) =>
      tools?.some(({ fits }) => fits(tool) || (through !== undefined && fits(through))) ?? true,
    misfit: ({ tools }, { tool, through }) =>
      `tools wants ${patternsInWords(tools)}; the tool is ${tool}${through === undefined ? '' : ` by ${through}`}`,
  },
  {
    holds: ({ accounts }, { account }) => accounts?.some((name) => name === account) ?? true,
    misfit: ({ accounts }, { account = 'none' }) =>
      `accounts wants ${either(accounts ?? [])}; the account is ${account}`,
  },
  {
    holds: ({ providers }, { provider }) => providers?.includes(provider) ?? true,
    misfit: ({ providers }, { provider }) => `providers wants ${either(providers ?? [])}; the provider is ${provider}`,
  },
  {
    holds: fitsRisks,
    misfit: ({ risks }, { risks: own }) =>
      risks
        ? `risks wants ${either(risks)}; the call is ${own.join(' and ')}`
        : `allow without risks is for read and write only; the call is ${own.join(' and ')}`,
  },
  {
    holds: ({ irreversible }, { isIrreversible = false }) => irreversible === undefined || isIrreversible,
    misfit: () => 'irreversible wants a call from which nothing leads back; something leads back from this one',
  },
  {
    holds: ({ times }, { time }) => times?.some((window) => isWithin(window, time)) ?? true,
    misfit: ({ times }, { time }) => `times wants ${either((times ?? []).map((window) => hours(window, time)))}`,
  },
];

export const fitsSoFar = (rule: PolicyRule, question: Known): boolean =>
  conditions.every(({ holds }) => holds(rule, question));

/** Why a rule does not match. Undefined when only its instances have to be checked. */
export const misfitOf = (rule: PolicyRule, question: Known): string | undefined =>
  conditions.find(({ holds }) => !holds(rule, question))?.misfit(rule, question);

/**
 * A rule that allows has to name every danger of a call, because otherwise a second one could hide behind the first;
 * without `risks` it is for calls without any, so that it cannot switch the guard off by accident. For any other effect
 * one danger is enough, and a rule about the name of an instance also holds for a call that takes that name away.
 */
function fitsRisks({ effect, risks, instances }: PolicyRule, { risks: own, isRename = false }: Known): boolean {
  if (effect === 'allow') return own.every((risk) => risks?.includes(risk) ?? !isGuarded(risk));
  return own.some((risk) => risks?.includes(risk) ?? true) || (isRename && instances !== undefined);
}

/** Whether a rule can only be decided on with the instances of the call. */
export const wantsInstances = ({ instances, touches }: PolicyRule): boolean =>
  instances !== undefined || touches !== undefined;

/**
 * A rule that allows has to match all of the instances, and they have to be known. For any other effect, one match is
 * enough, and an instance that is not known could be any.
 */
export function fitsInstances(
  { effect, instances, touches }: PolicyRule,
  { names, isUnknown }: PolicyInstances,
): boolean {
  if (touches === 'unknown' && !isUnknown) return false;
  if (!instances) return true;
  const isMeant = (name: string) => instances.some(({ fits }) => fits(name));
  if (effect === 'allow') return !isUnknown && names.length > 0 && names.every(isMeant);
  return isUnknown || names.some(isMeant);
}

export const patternsInWords = (patterns: readonly Pattern[] = []): string =>
  either(patterns.map(({ text }) => unquoted(text)));

function hours({ days = [], hours: part, zone, clock }: Window, time: number): string {
  const wanted = [days.join(' '), part && `${part.from} to ${part.to}`].filter(Boolean).join(' ');
  const { day, hour } = clock(time);
  return `${wanted} in ${zone} (where it is ${day} ${hour})`;
}
