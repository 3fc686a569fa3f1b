import * as z from 'zod';
import { type Risk, risks } from '../../define/index.js';
import { effects } from './decision.js';
import { patternFault, patternOf } from './pattern.js';
import { clockOf, days } from './window.js';
import { either, quoted } from './words.js';

/** The facts about a tool that a policy uses. */
export interface ToolFact {
  name: string;
  /** `pgfleet` for the built-in tools. */
  provider: string;
  risk: Risk;
}

/** What exists. A rule about anything else can never match, and is a fault. */
export interface PolicyFacts {
  tools: readonly ToolFact[];
  providers: readonly string[];
  /** The names of the accounts that exist. */
  accounts: readonly AccountFact[];
}

/** The facts about an account that a policy uses. */
export interface AccountFact {
  name: string;
  provider: string;
}

/** A rule of the file. Every message continues the text `key is value; `. A condition that is left out always holds. */
export function ruleForm({ tools, providers, accounts }: PolicyFacts) {
  const known = [...new Set([...providers, ...tools.map(({ provider }) => provider)])];
  const toolPattern = pattern.superRefine(({ text, fits }, context) => {
    const none = 'it fits no tool. Write the name of a tool, or a pattern such as nhn_delete_*';
    if (!tools.some(({ name }) => fits(name))) context.addIssue({ code: 'custom', message: none, input: text });
  });
  return strict({
    effect: oneOf(effects),
    caller: strict({ subjects: listOf(pattern).optional(), groups: listOf(pattern).optional() })
      .superRefine(({ subjects, groups }, context) => {
        const message = 'it has to hold subjects or groups. Leave it out for any caller';
        if (context.issues.length === 0 && !(subjects ?? groups)) context.addIssue({ code: 'custom', message });
      })
      .optional(),
    tools: listOf(toolPattern).optional(),
    risks: listOf(oneOf(risks)).optional(),
    providers: listOf(oneOf(known)).optional(),
    accounts: listOf(accounts.length > 0 ? oneOf(accounts.map(({ name }) => name)) : text(31)).optional(),
    instances: listOf(pattern).optional(),
    touches: z.literal('unknown', 'it has to be unknown').optional(),
    irreversible: z.literal(true, 'it has to be true').optional(),
    times: listOf(window).optional(),
    fourEyes: z.boolean('it has to be true or false').optional(),
    reason: text(500).optional(),
  });
}

export type PolicyRule = z.output<ReturnType<typeof ruleForm>>;

const text = (longest: number) => {
  const wanted = `it has to be a text of 1 to ${longest} characters in one line`;
  return z
    .string(wanted)
    .trim()
    .min(1, wanted)
    .max(longest, wanted)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, wanted);
};

const oneOf = <Word extends string>(words: readonly Word[]) => z.enum(words, `it has to be ${either(words)}`);

const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item, 'it has to be a list').min(1, 'an empty list fits nothing. Leave it out for any');

/** An object that allows no other keys than these. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  const error: z.core.$ZodErrorMap = ({ code }) =>
    code === 'unrecognized_keys' ? `known are ${Object.keys(shape).join(', ')}` : 'it has to be an object';
  return z.strictObject(shape, { error });
}

const pattern = text(200)
  .superRefine((written, context) => {
    const message = patternFault(written);
    if (message !== undefined) context.addIssue({ code: 'custom', message, input: written });
  })
  .transform(patternOf);

const hour = (form: RegExp, latest: string) => {
  const wanted = `it has to be a time from 00:00 to ${latest}, such as 06:30`;
  return z.string(wanted).regex(form, wanted).optional();
};

const window = strict({
  days: listOf(oneOf(days)).optional(),
  from: hour(/^([01]\d|2[0-3]):[0-5]\d$/, '23:59'),
  to: hour(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, '24:00'),
  zone: z
    .string('it has to be the name of a time zone, such as Asia/Seoul')
    .refine(isZone, 'there is no such time zone. Write one such as Asia/Seoul, Europe/Paris or UTC')
    .optional(),
})
  .superRefine(({ days: on, from, to }, context) => {
    const fault = (message: string) => context.addIssue({ code: 'custom', message });
    if (context.issues.length > 0) return;
    if ((from === undefined) !== (to === undefined)) fault('it has to have both from and to, or neither');
    else if (from !== undefined && from === to) fault('from and to are the same. Leave both out for the whole day');
    else if (!on && from === undefined) fault('it has to have days, or from and to, or both');
  })
  .transform(({ days: on, from, to, zone = 'UTC' }) => ({
    days: on,
    zone,
    clock: clockOf(zone),
    hours: from !== undefined && to !== undefined ? { from, to } : undefined,
  }));

function isZone(zone: string): boolean {
  try {
    return clockOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** Finds contradictions between keys that are valid on their own. */
export function contradictions(rule: PolicyRule, { tools, accounts }: PolicyFacts): string[] {
  const { effect, fourEyes, tools: patterns, providers, accounts: named } = rule;
  const faults: string[] = [];
  if (fourEyes !== undefined && effect !== 'human')
    faults.push(`fourEyes is ${quoted(fourEyes)}; it belongs to rules whose effect is human. Leave it out`);
  const isMeant = ({ name, provider }: ToolFact) =>
    patterns?.some(({ fits }) => fits(name)) && providers?.includes(provider);
  if (patterns && providers && !tools.some(isMeant))
    faults.push('tools and providers exclude each other; no tool that fits belongs to these providers');
  if (
    named &&
    providers &&
    !accounts.some(({ name, provider }) => named.includes(name) && providers.includes(provider))
  )
    faults.push('accounts and providers exclude each other; none of these accounts is one of these providers');
  return faults;
}

/** Whether it decides on every call. `allow` does not, because it leaves out guarded risks unless it names them. */
export function isLast(rule: PolicyRule): boolean {
  const isCondition = (key: string) => !['effect', 'fourEyes', 'reason'].includes(key);
  return (
    rule.effect !== 'allow' && !Object.entries(rule).some(([key, value]) => isCondition(key) && value !== undefined)
  );
}
