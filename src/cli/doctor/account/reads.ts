import { failureOf } from '../../../app/accounts.js';
import { type Accounts, readWith } from '../../../call/call-context.js';
import { checkInput, faultAt } from '../../../call/input/check-input.js';
import type { FoundArgument, ReadFacts, Tool, Toolset } from '../../../define/index.js';
import { requiredFields } from '../../../define/schema.js';
import type { Account } from '../../../providers/account.js';
import { ProviderError } from '../../../providers/provider.js';
import { exactId } from '../../../values/exact-json.js';
import { recordsAt, textAt } from '../../../values/json-path.js';
import type { Values } from '../../../values/values.js';

/** How a read ended: with an answer, with an error, or unasked because nothing was found to read by. */
export type ReadOutcome = { tool: Tool } & (
  | { answer: Values; milliseconds: number }
  | { error: unknown }
  | { missing: readonly string[] }
);

export interface AskOptions {
  account: Account;
  accounts: Accounts;
  toolset: Toolset;
  facts: ReadFacts;
  now: () => number;
}

const hourMilliseconds = 3_600_000;

/** How many things one read is tried with, because a provider refuses some of them by their state. */
const mostCandidates = 4;

/** Errors that another id may not have. */
const aboutTheThing: ReadonlySet<string> = new Set(['not_found', 'refused', 'busy']);

/**
 * Makes every read that needs no id, and then each of the others once, by ids from the answers of the first ones. The
 * very first one goes alone: where it shows that the account cannot be used, nothing else is asked.
 */
export async function readAll(options: AskOptions, endsAll: (error: unknown) => boolean): Promise<ReadOutcome[]> {
  const { account, accounts, toolset, facts } = options;
  const reads = Object.values(toolset.groups)
    .flat()
    .filter((tool) => tool.risk === 'read' && accounts.takes(account, tool.name));
  const needs = (tool: Tool) => requiredFields(tool.input).filter((name) => !(name in (facts.given[tool.name] ?? {})));
  const free = reads.filter((tool) => needs(tool).length === 0);
  const [first, ...others] = free.toSorted((a, b) => Number(b.core ?? false) - Number(a.core ?? false));
  if (!first) return [];
  const begun = await readOnce(first, {}, options);
  if ('error' in begun && endsAll(begun.error)) return [begun];
  const listed = [begun, ...(await Promise.all(others.map((tool) => readOnce(tool, {}, options))))];
  const answers = new Map(listed.flatMap((each) => ('answer' in each ? [[each.tool.name, each.answer] as const] : [])));
  const byId = reads.filter((tool) => !free.includes(tool));
  const found = await Promise.all(byId.map((tool) => readFound(tool, needs(tool), answers, options)));
  return [...listed, ...found];
}

async function readFound(
  tool: Tool,
  needed: readonly string[],
  answers: ReadonlyMap<string, Values>,
  options: AskOptions,
): Promise<ReadOutcome> {
  const values = needed.map((name) =>
    valuesFor(name, answers, options).filter((value) => formOf(tool, name, value) !== undefined),
  );
  const missing = needed.filter((_, index) => values[index]?.length === 0);
  if (missing.length > 0) return { tool, missing };
  let outcome: ReadOutcome = { tool, missing };
  for (let turn = 0; turn < Math.max(...values.map(({ length }) => length)); turn += 1) {
    const input = Object.fromEntries(needed.map((name, i) => [name, values[i]?.[turn] ?? values[i]?.at(-1)]));
    outcome = await readOnce(tool, input, options);
    if (!('error' in outcome && outcome.error instanceof ProviderError && aboutTheThing.has(outcome.error.kind))) break;
  }
  return outcome;
}

/** The first values of an argument that the answers have. */
function valuesFor(name: string, answers: ReadonlyMap<string, Values>, { toolset, facts }: AskOptions): string[] {
  const named = [
    ...toolset.targets.flatMap(({ argument, named: lists }) => (argument === name ? (lists?.lists ?? []) : [])),
    ...toolset.things.flatMap(({ argument, lists }) => (argument === name ? lists : [])),
  ].flatMap(({ read, at = '', where, id, each }): FoundArgument[] =>
    each ? [] : [{ read, at: [at].flat()[0] ?? '', where, id }],
  );
  const values = [...(facts.found[name] ?? []), ...named].flatMap(({ read, at, where = {}, id }) =>
    recordsAt(answers.get(read), at)
      .filter((record) => Object.entries(where).every(([path, wanted]) => isAny(textAt(record, path), wanted)))
      .flatMap((record) => textAt(record, id) || [])
      .slice(0, 2),
  );
  return [...new Set(values)].slice(0, mostCandidates);
}

const isAny = (text: string | undefined, wanted: string | readonly string[]): boolean =>
  [wanted].flat().some((each) => each.toLowerCase() === text?.toLowerCase());

async function readOnce(tool: Tool, found: Values, options: AskOptions): Promise<ReadOutcome> {
  const { account, accounts, now } = options;
  const { reads } = await accounts.connection(account.name);
  try {
    return await reads.run(async () => {
      const input = inputOf(tool, found, options);
      const begun = now();
      const answer = await readWith(tool.name, input, account.name, accounts);
      return { tool, answer, milliseconds: now() - begun };
    });
  } catch (error) {
    if (failureOf(error).isBusy) reads.lower();
    return { tool, error };
  }
}

/** The arguments in the form that the operation takes: of ids that are digits some are numbers, and some texts. */
function inputOf(tool: Tool, found: Values, { facts, now }: AskOptions): Values {
  const times: Record<string, string> = {
    '{now}': new Date(now()).toISOString(),
    '{hourAgo}': new Date(now() - hourMilliseconds).toISOString(),
  };
  const given = Object.entries(facts.given[tool.name] ?? {}).map(([name, value]) => [
    name,
    times[String(value)] ?? value,
  ]);
  const values = Object.entries(found).map(([name, value]) => [name, formOf(tool, name, String(value))]);
  return checkInput(tool, Object.fromEntries([...given, ...values]));
}

/** The value in the first form that fits. Undefined for what is no value of the argument, as an empty text. */
function formOf(tool: Tool, name: string, text: string): unknown {
  const forms = [text, exactId(text), [text]];
  return forms.find((value) => faultAt(tool, { [name]: value }, name) === undefined);
}
