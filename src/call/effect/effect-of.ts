import {
  type Danger,
  type Effect,
  type EffectFacts,
  type FieldChange,
  isGuarded,
  type PossibleDanger,
  type Risk,
  type Seen,
  type StateLook,
  severity,
  type Tool,
  type Toolset,
} from '../../define/index.js';
import { fillTemplate, mapValues, recordsAt, textAt, textsAt } from '../../values/json-path.js';
import { quoteText } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import type { PolicyInstances } from '../policy/decision.js';
import { changesOf } from './changes.js';
import { holds } from './conditions.js';
import { recordsOf, type StateReader, whyUnread } from './state-reader.js';
import { statesAt } from './states.js';
import { type Touched, touchedBy, withConcerned } from './touched.js';
import { wordsOfChanges } from './words.js';

/** What one call does: to which instances, what it changes, and which dangers that has. */
export interface CallEffect {
  touched: Touched;
  changes: readonly FieldChange[];
  /** The worst comes first. Nobody has to be asked about a call without any. */
  dangers: readonly Danger[];
  /** The call would change nothing, as far as the present state is known. */
  isUnchanged: boolean;
  /** Why it cannot work, and what would. */
  impossible?: string;
  /** What the call does without any danger, and the way back. */
  ordinary?: Pick<Danger, 'warning' | 'undo'>;
  /** What to do after it. */
  next?: string;
  /** What could not be seen, as sentences. */
  unknown: readonly string[];
  /** What the plan shows in addition, and moves by itself. */
  measures: readonly { label: string; values: Readonly<Record<string, string>> }[];
  /** The names that the call gives to new instances, or to a present one. */
  givesNames: readonly string[];
  isRename: boolean;
  /** The name of something new that is no instance. */
  makes?: string;
  /** The call makes something that is billed from then on. */
  isBilled: boolean;
}

/** What a call is in one word: its worst danger, or what it is without any. */
export const riskOf = (tool: Pick<Tool, 'risk'>, dangers: readonly Danger[]): Risk =>
  dangers[0]?.risk ?? (tool.risk === 'read' ? 'read' : 'write');

/** The instances of a call as the rules of a policy know them. */
export const policyInstances = (
  { instances, unknown }: Touched,
  givesNames: readonly string[] = [],
): PolicyInstances => ({
  names: [...instances.flatMap(({ name }) => name ?? []), ...givesNames],
  isUnknown: unknown !== undefined || instances.some(({ name }) => name === undefined),
});

/** What a read does. */
export const withoutEffect: CallEffect = {
  touched: { instances: [] },
  changes: [],
  dangers: [],
  isUnchanged: false,
  unknown: [],
  givesNames: [],
  measures: [],
  isRename: false,
  isBilled: false,
};

interface Question {
  resolved: { tool: Tool; toolset: Pick<Toolset, 'touches'>; effect?: Effect };
  input: Values;
  /** The arguments with secrets masked, for sentences. */
  shown: Values;
  account: string;
  /** Epoch milliseconds. */
  now: number;
}

/** Reads the present state and judges the call by it. A look that fails makes what it decides unknown. */
export async function effectOf(question: Question, read: StateReader): Promise<CallEffect> {
  const { input, shown, account, now, resolved } = question;
  const { tool, toolset, effect = {} } = resolved;
  const [named, seen] = await Promise.all([
    touchedBy({ tool, input, account }, toolset.touches, read),
    look(effect, input, read),
  ]);
  const touched = effect.concerns
    ? withConcerned(named, seen[effect.concerns], { instance: toolset.touches.instance, account })
    : named;
  const changes = changesOf(effect.changes ?? {}, input, seen);
  const facts: EffectFacts = { args: input, seen, changes, now };
  const isUnchanged = effect.changes !== undefined && changes.length === 0;
  const measured = Object.entries(effect.measures ?? {}).flatMap(([name, { label, of }]) => {
    const values = of({ args: input, seen, now, at: statesAt(seen) });
    return values ? [{ name, label, values }] : [];
  });
  const states = {
    ...statesIn(seen, effect),
    ...Object.fromEntries(measured.map(({ name, values }) => [name, values])),
  };
  const words = { ...quotedTexts(shown), ...states, ...wordsOfChanges(changes) };
  const failed = Object.values(seen).flatMap(({ unread }) => unread ?? []);
  const [renamed = [], created = []] = [effect.renames, effect.creates].map((path) =>
    path === undefined ? [] : textsAt(input, path).filter(Boolean),
  );
  const [impossible, next] = [
    effect.impossible?.find((each) => holds(each.if, facts) === true),
    effect.next?.find((each) => holds(each.if, facts) === true),
  ];
  return {
    touched,
    changes,
    dangers: isUnchanged ? [] : dangersOf(question, facts, states),
    isUnchanged,
    unknown: [...new Set([...failed, ...(touched.unknown ? [touched.unknown] : [])])],
    measures: measured.map(({ label, values }) => ({ label, values })),
    ...(effect.ordinary && {
      ordinary: { warning: sentence(effect.ordinary.warning, words), undo: sentence(effect.ordinary.undo, words) },
    }),
    ...(next && { next: sentence(next.say, words) }),
    ...(impossible && { impossible: sentence(`${impossible.because} ${impossible.instead}`, words) }),
    givesNames: [...renamed, ...created],
    isRename: renamed.length > 0,
    isBilled: effect.isBilled ?? created.length > 0,
    ...(effect.makes !== undefined && { makes: textAt(shown, effect.makes) }),
  };
}

/** All looks of an effect. One whose arguments need the record of another waits for it. */
export async function look(
  { looks = {} }: Pick<Effect, 'looks'>,
  input: Values,
  read: StateReader,
): Promise<Record<string, Seen>> {
  const begun: Record<string, Promise<Seen>> = {};
  for (const [name, each] of Object.entries(looks)) {
    const text = JSON.stringify(each);
    const earlier = Object.entries(begun).filter(([other]) => text.includes(`{${other}.`));
    begun[name] = (async () => {
      const found = await Promise.all(earlier.map(async ([other, work]) => [other, await work] as const));
      const failed = found.find(([, { unread }]) => unread !== undefined);
      if (failed) return failed[1];
      const values = Object.fromEntries(found.map(([other, { records }]) => [other, records]));
      return see(each, { ...input, call: input, ...values }, read);
    })();
  }
  const entries = Object.entries(begun).map(async ([name, work]) => [name, await work] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function see(each: StateLook, values: Values, read: StateReader): Promise<Seen> {
  try {
    const { records, isComplete, isTold } = await recordsOf(each, values, read);
    if (!isTold) return { records, unread: `The answer of ${each.read} does not tell.` };
    if (isComplete) return { records, ...(each.lags !== undefined && { lags: each.lags }) };
    return { records, unread: `${each.read} has more than was read.` };
  } catch (error) {
    const reason = whyUnread(error);
    if (reason === undefined) throw error;
    return { records: [], unread: `${each.read} could not be read (${reason}).` };
  }
}

/** Who gets in by a call that is not complete yet, in words. */
export function openingsOf(question: Omit<Question, 'account'>, seen: Readonly<Record<string, Seen>>): string[] {
  const { resolved, input, now } = question;
  const { effect = {} } = resolved;
  const dangers = effect.dangers?.filter(({ risk, if: condition }) => risk === 'exposing' && condition !== undefined);
  const changes = changesOf(effect.changes ?? {}, input, seen);
  const opening = { ...question, resolved: { ...resolved, effect: { ...effect, dangers: dangers ?? [] } } };
  return dangersOf(opening, { args: input, seen, changes, now }, statesIn(seen, effect)).map(({ warning }) => warning);
}

/** All dangers that the call can have, in words, from the worst on. */
function dangersOf(
  { resolved, shown }: Pick<Question, 'resolved' | 'shown'>,
  facts: EffectFacts,
  states: Values,
): Danger[] {
  const { tool, effect = {} } = resolved;
  const inCall = (danger: Danger, args: Values, changes: readonly FieldChange[]) =>
    inWords(danger, { ...quotedTexts(args), ...states, ...wordsOfChanges(changes) });
  const possible =
    effect.dangers?.flatMap((danger) =>
      partsOf(danger, facts, { shown, rules: effect.changes ?? {} })
        .filter((part) => danger.if === undefined || holds(danger.if, part.facts) !== false)
        .map((part) => inCall(danger, part.shown, part.facts.changes)),
    ) ?? ownDanger(tool).map((danger) => inCall(danger, shown, facts.changes));
  return possible.toSorted((a, b) => severity(b.risk) - severity(a.risk));
}

/** The danger of an ordinary call, where none depends on the present state. */
function ownDanger({ risk, warning, undo, irreversible }: Tool): Danger[] {
  return isGuarded(risk) && warning !== undefined && undo !== undefined ? [{ risk, warning, undo, irreversible }] : [];
}

interface Part {
  facts: EffectFacts;
  shown: Values;
}

/** The call as a whole, or as if each record of a list were alone in it. */
function partsOf(
  { each }: PossibleDanger,
  facts: EffectFacts,
  { shown, rules }: { shown: Values; rules: NonNullable<Effect['changes']> },
): Part[] {
  if (each === undefined) return [{ facts, shown }];
  const said = recordsAt(shown, each);
  return recordsAt(facts.args, each).map((item, index) => {
    const args = { ...facts.args, [each]: [item] };
    const changes = changesOf(rules, args, facts.seen);
    return { facts: { ...facts, args, changes }, shown: { ...shown, [each]: [said[index]] } };
  });
}

const inWords = ({ risk, warning, undo, irreversible = false }: Danger, words: Values): Danger => ({
  risk,
  warning: sentence(warning, words),
  undo: sentence(undo, words),
  irreversible,
});

/** A sentence that names a value of the present state which is not known says so. */
const sentence = (text: string, words: Values): string => fillTemplate(text, words, 'unknown');

/** The first record of each look, and what all its records say, for sentences. */
const statesIn = (seen: Readonly<Record<string, Seen>>, { looks = {} }: Effect): Values =>
  Object.fromEntries(
    Object.entries(seen).map(([name, { records, unread }]) => {
      const plain = records.map(quotedTexts);
      const says = looks[name]?.says;
      const isSaid = says !== undefined && unread === undefined;
      const said = isSaid && (plain.map((record) => sentence(says, record)).join('; ') || 'none');
      return [name, { ...plain[0], ...(said && { said }) }];
    }),
  );

const quotedTexts = (values: Values): Values =>
  mapValues(values, (leaf) => (typeof leaf === 'string' ? quoteText(leaf) : leaf));
