import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import type { Danger, Risk, Target, Tool } from '../../define/index.js';
import { fillTemplate, mapValues, textAt, textsAt } from '../../values/json-path.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import { type PlanReadSources, performPlanRead, pick, planReader, readTarget, type Shown } from './plan-reads.js';

/** What a person is asked about. A policy may have them asked about harmless calls too. */
export type PlanRisk = Omit<Danger, 'risk'> & { risk: Risk };

/** What a person decides on: what will be called, on what, as the provider knows it now, and what the effects are. */
export interface Plan {
  tool: string;
  title: string;
  /** The name of the account. */
  account: string;
  /** The product, and the account if that has a name of its own. */
  provider: string;
  risk: Risk;
  warning: string;
  undo: string;
  /** The arguments, with secrets masked. */
  arguments: Values;
  /** What was read of the target and around it, in the order of reading. */
  shown: readonly Shown[];
  /** The name to type before something is lost. */
  name: string;
  /** The hash of everything above. A consent holds only for this. */
  hash: string;
}

export interface PlanSources extends PlanReadSources {
  account: string;
  product: string;
  /** What the call is about. */
  targets: readonly Target[];
}

/** Reads the target again and writes the plan. Throws when there is no such target, or when it cannot be read. */
export async function planOf(
  tool: Tool,
  danger: PlanRisk,
  input: Values,
  args: Values,
  sources: PlanSources,
): Promise<Plan> {
  const shown: Shown[] = [];
  const named: string[] = [];
  const targets = sources.targets.filter(({ argument }) => textsAt(input, argument).length > 0);
  const read = planReader(sources);
  let about: Values = {};
  for (const target of targets) {
    const records = await readTarget(target, input, read);
    shown.push({ label: target.label, records: records.map((record) => pick(record, [target.name, ...target.shows])) });
    const [only] = records.length === 1 ? records : [];
    const name = only && textAt(only, target.name);
    if (name) named.push(name);
    about = { ...about, ...only, ...input };
    for (const planRead of target.also ?? []) shown.push(await performPlanRead(planRead, about, read));
  }
  for (const planRead of tool.planReads ?? [])
    shown.push(await performPlanRead(planRead, { ...about, ...input }, read));

  const plan = {
    tool: tool.name,
    title: tool.title,
    account: sources.account,
    provider: sources.product,
    risk: danger.risk,
    warning: fillTemplate(danger.warning, plainTexts(args)),
    undo: fillTemplate(danger.undo, plainTexts(args)),
    arguments: args,
    shown,
    name: sanitizeText(named.at(-1) ?? '') || sanitizeText(nameGiven(tool, args)),
  };
  return { ...plan, hash: hashOf(plan) };
}

/** The names of what a call is about, as the provider knows them, for a policy with a rule about instances. */
export async function targetNames(input: Values, sources: PlanSources): Promise<string[]> {
  const read = planReader(sources);
  const targets = sources.targets.filter(({ argument }) => textsAt(input, argument).length > 0);
  const records = await Promise.all(
    targets.map(async (target) => (await readTarget(target, input, read)).map((record) => textAt(record, target.name))),
  );
  return records.flat().filter((name) => name !== undefined);
}

export const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(stringify(value) ?? '')
    .digest('base64url');

/** Without a named target, it is the last value of the path, or the tool itself. */
function nameGiven(tool: Tool, args: Values): string {
  const last = [...tool.route.matchAll(/\{(\w+)\}/g)].at(-1)?.[1];
  return (last && textAt(args, last)) || tool.name;
}

const plainTexts = (values: Values): Values =>
  mapValues(values, (leaf) => (typeof leaf === 'string' ? sanitizeText(leaf) : leaf));
