import { type Risk, risks } from '../../define/index.js';
import { fitsInstances, type Known, misfitOf, patternsInWords, wantsInstances } from './conditions.js';
import { decisionOf } from './decide.js';
import type { Decision, PolicyInstances, RuleEffect } from './decision.js';
import { PolicyError, type RuleSet } from './read-policy.js';
import type { PolicyRule } from './rule.js';
import { either, quoted, unquoted } from './words.js';

/** A call that nobody has made. */
export interface HypotheticalCall {
  /** Taken as the name and as the id. */
  caller: string;
  groups: readonly string[];
  tool: string;
  /** Each danger of the call. When left out, it is the tool's own risk. */
  risks?: readonly string[];
  /** Whether nothing leads back from one of the dangers. */
  irreversible?: boolean;
  /** Needed only when the provider has several accounts. */
  account?: string;
  /** The names of the instances that it concerns, with `unknown` for one that could not be seen. */
  instances?: readonly string[];
  /** The name that an instance gets, when the call is a rename. */
  renamedTo?: string;
  /** Epoch milliseconds. */
  time: number;
  /** The same for people. */
  timeText: string;
}

type Fit = 'fits' | 'depends' | 'not reached' | { misfit: string };

/**
 * Says what the policy would decide about a call, rule by rule, and why. Throws a `PolicyError` for an impossible call.
 */
export function explain(ruleSet: RuleSet, call: HypotheticalCall): string {
  const question = questionOf(ruleSet, call);
  const { rules } = ruleSet;
  const fits: Fit[] = [];
  const instances = instancesOf(call);
  for (const rule of rules) fits.push(fits.includes('fits') ? 'not reached' : fitOf(rule, question, instances));
  const lines = rules.map((rule, index) => {
    const number = `rule ${index + 1}`.padEnd(`rule ${rules.length}`.length);
    return `${number}  ${rule.effect.padEnd(5)}  ${said(rule, fits[index] ?? 'not reached')}`;
  });
  const decision = decisionOf(ruleSet, fits.indexOf('fits'));
  const open = fits.flatMap((fit, index) => (fit === 'depends' ? [`${index + 1}`] : []));
  return [head(question, call), '', ...lines, '', ...verdict(decision, open)].join('\n');
}

function questionOf(ruleSet: RuleSet, call: HypotheticalCall): Known {
  const { caller, groups, tool: name, risks: given = [], time, irreversible, renamedTo } = call;
  const tool = ruleSet.tools.find((each) => each.name === name);
  const account = tool && accountOf(ruleSet, tool.provider, call.account);
  const known = given.flatMap((word): Risk[] => risks.filter((risk) => risk === word));
  const strange = given.filter((word) => !risks.some((risk) => risk === word));
  const isTime = !Number.isNaN(new Date(time).getTime());
  if (tool && strange.length === 0 && isTime && !account?.fault)
    return {
      caller: { id: caller, groups },
      tool: name,
      provider: tool.provider,
      account: account?.name,
      risks: known.length > 0 ? known : [tool.risk],
      isIrreversible: irreversible,
      isRename: renamedTo !== undefined,
      time,
    };
  const faults = account?.fault === undefined ? [] : [account.fault];
  if (!tool)
    faults.push(
      `There is no tool ${quoted(name)}. Write its name as tools/list shows it, such as nhn_delete_db_instance.`,
    );
  faults.push(...strange.map((word) => `There is no risk ${quoted(word)}. It has to be ${either(risks)}.`));
  if (!isTime) faults.push('The time is not one that exists. Write it such as 2026-11-22T03:00:00Z.');
  throw new PolicyError(faults);
}

/** Undefined when nothing is said about instances, so that a rule about them can fit or not. */
function instancesOf({ instances, renamedTo }: HypotheticalCall): PolicyInstances | undefined {
  if (!instances && renamedTo === undefined) return undefined;
  const names = (instances ?? []).filter((name) => name !== 'unknown');
  const isUnknown = instances?.includes('unknown') ?? true;
  return { names: renamedTo === undefined ? names : [...names, renamedTo], isUnknown };
}

/** The named account, or the only one. Built-in tools have none. */
function accountOf({ accounts }: RuleSet, provider: string, named?: string): { name?: string; fault?: string } {
  const names = accounts.filter((each) => each.provider === provider).map(({ name }) => name);
  if (named !== undefined && names.includes(named)) return { name: named };
  if (named !== undefined)
    return { fault: `There is no account ${quoted(named)} of ${provider}. There are: ${names.join(', ') || 'none'}.` };
  return names.length > 1
    ? { fault: `Name one of its accounts with --account: ${names.join(', ')}.` }
    : { name: names[0] };
}

function fitOf(rule: PolicyRule, question: Known, instances: PolicyInstances | undefined): Fit {
  const misfit = misfitOf(rule, question);
  if (misfit !== undefined) return { misfit };
  if (!wantsInstances(rule)) return 'fits';
  if (!instances) return 'depends';
  if (fitsInstances(rule, instances)) return 'fits';
  if (rule.touches && !instances.isUnknown) return { misfit: 'touches wants an unknown instance; all are known' };
  const own = [...instances.names.map(unquoted), ...(instances.isUnknown ? ['not all known'] : [])].join(', ');
  return { misfit: `instances wants ${patternsInWords(rule.instances)}; the call concerns ${own || 'none'}` };
}

function said({ instances, touches }: PolicyRule, fit: Fit): string {
  if (fit === 'depends' && instances)
    return `fits if the call is about ${patternsInWords(instances)}; name one with --instance`;
  if (fit === 'depends' && touches) return 'fits if an instance cannot be seen; say so with --instance unknown';
  return typeof fit === 'string' ? fit : `does not fit: ${fit.misfit}`;
}

function head(
  { risks: own, provider, account, isIrreversible }: Known,
  { caller, groups, tool, instances, renamedTo, timeText }: HypotheticalCall,
): string {
  const who = `${unquoted(caller)} (${groups.length > 0 ? `in ${groups.map(unquoted).join(', ')}` : 'in no group'})`;
  const place = account === undefined || account === provider ? `provider ${provider}` : `account ${account}`;
  const effect = [own.join(' and '), ...(isIrreversible ? ['nothing leads back'] : []), place].join(', ');
  const on = instances ? ` on ${instances.map(unquoted).join(', ')}` : '';
  const rename = renamedTo === undefined ? '' : ` and names it ${unquoted(renamedTo)}`;
  return `${who} calls ${tool} (${effect})${on}${rename} at ${timeText}.`;
}

const meanings: Readonly<Record<RuleEffect, string>> = {
  allow: 'It runs without a question.',
  ask: 'A person at the client is asked.',
  human: 'Only an approval outside the conversation counts.',
  deny: 'It is refused.',
};

function verdict({ effect, rule, reason, fourEyes }: Decision, open: readonly string[]): string[] {
  const unless = open.length > 0 ? `, unless rule ${either(open)} fits` : '';
  if (!effect) return [`Verdict: no rule fits${unless}; the server’s own mode of confirmation (--confirm) holds.`];
  const second = effect === 'human' && fourEyes ? ' The one who asks cannot give it.' : '';
  const line = `Verdict: ${effect}, by rule ${rule}${unless}. ${meanings[effect]}${second}`;
  return reason === undefined ? [line] : [line, `Reason: ${reason}`];
}
