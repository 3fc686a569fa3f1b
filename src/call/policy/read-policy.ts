import * as z from 'zod';
import {
  type AccountFact,
  contradictions,
  isLast,
  type PolicyFacts,
  type PolicyRule,
  ruleForm,
  strict,
  type ToolFact,
} from './rule.js';
import { quoted } from './words.js';

/** The rules of a policy, checked and in their order. */
export interface RuleSet {
  /** The default for rules that do not set it. */
  fourEyes: boolean;
  rules: readonly PolicyRule[];
  /** Every tool that the rules were checked against. */
  tools: readonly ToolFact[];
  /** Every account that exists. */
  accounts: readonly AccountFact[];
}

/**
 * Thrown when a policy, or a question about it, cannot be used. Each fault is one sentence that says how to correct it.
 */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/** Checks everything at once. `where` names the file in faults. */
export function readPolicy(text: string, where: string, facts: PolicyFacts): RuleSet {
  const { fourEyes = false, rules: written } = readFrame(text, where);
  const form = ruleForm(facts);
  const faults: string[] = [];
  const rules: PolicyRule[] = [];
  let last = 0;
  written.forEach((each, index) => {
    const rule = form.safeParse(each, { reportInput: true });
    const own = rule.success ? contradictions(rule.data, facts) : rule.error.issues.flatMap(sentences);
    if (last > 0) own.push(`it is never reached; rule ${last} has no conditions and decides on every call`);
    faults.push(...own.map((fault) => `${where}, rule ${index + 1}: ${fault}.`));
    if (!rule.success) return;
    rules.push(rule.data);
    if (last === 0 && isLast(rule.data)) last = index + 1;
  });
  if (faults.length > 0) throw new PolicyError(faults);
  return { fourEyes, rules, tools: facts.tools, accounts: facts.accounts };
}

const frame = strict({
  fourEyes: z.boolean('it has to be true or false').optional(),
  rules: z.array(z.unknown(), 'it has to be a list of rules').min(1, 'a policy without rules decides nothing'),
});

function readFrame(text: string, where: string): z.output<typeof frame> {
  const parsed = frame.safeParse(parse(text, where), { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new PolicyError(parsed.error.issues.flatMap(sentences).map((fault) => `${where}: ${fault}.`));
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PolicyError([`${where} is not JSON (${reason.replace(/\s+/g, ' ')}).`]);
  }
}

function sentences(issue: z.core.$ZodIssue): string[] {
  const path = keyOf(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${path && `${path}.`}${quoted(key)} is not known; ${issue.message}`);
  const key = path || 'it';
  if (issue.input === undefined) return [`${key} is missing; ${issue.message}`];
  return [`${key} is ${quoted(issue.input)}; ${issue.message}`];
}

/** Writes a path such as `times[0].zone`. Lists are counted from 0, as in JSON. */
const keyOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (before, key) => (typeof key === 'number' ? `${before}[${key}]` : `${before && `${before}.`}${String(key)}`),
    '',
  );
