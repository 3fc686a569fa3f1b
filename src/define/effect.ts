import type { StateLook } from './plan-read.js';
import type { Danger } from './risk.js';

/**
 * How the present value of an argument is found, to be compared with the new one. Paths begin with the name of a look.
 *
 * - a path, such as `now.backupPeriod`: one value;
 * - `value` with `whole`: the same, and the operation replaces the whole, so that a value that is left out goes;
 * - `list`: values or records in any order. What is not in the new list goes. `says` has a record in words;
 * - `addsTo`, `takesFrom`: the argument has what is added to a present list, or taken from it;
 * - `items`: named values, such as parameters, each of which is a change of its own. Those that are not named stay.
 *   `nowName` is where the record has the name that people know, and `tells` what else of it helps to judge the change;
 * - `recordsOf`: one field of the records of a list, such as `users[].range`. `key` names the record, in the present
 *   state as `nowKey`. With `adds`, one that is not there yet has no value before, which is no gap in what is known;
 * - `becomes`: what the operation itself sets, without an argument. The rule has the name of the field;
 * - `derived`: a value that the answers have in another form. Undefined is unknown, and null is none;
 * - `resets`: named values that all get another value of their record, such as their default, without an argument;
 * - `rules`: rules that decide who gets in, as they are before the call and after it;
 * - `partOf`: the change of another field tells what the argument does;
 * - `action`: an argument that has something done, in words. It is a change unless it is false;
 * - `unreadable`: why the value cannot be read back, such as a password. It always counts as a change.
 */
export type ChangeRule =
  | string
  | { value: string; whole: true }
  | ({ list: string; whole?: true; says?: string } & Admitting)
  | ({ addsTo: string } & Admitting)
  | ({ takesFrom: string } & Admitting)
  | ItemsRule
  | RecordRule
  | ({ resets: string; key: string; value: string; to: string } & Noted)
  | { rules: (facts: Pick<EffectFacts, 'args' | 'seen'>) => RuleChange }
  | { partOf: string }
  | { value: string; becomes: Value | null }
  | { derived: (at: StateValues) => unknown }
  | { action: string }
  | { unreadable: string };

/**
 * The values at a path that begins with the name of a look, with lists opened. Undefined when the look failed, and
 * empty when the answer does not tell.
 */
export type StateValues = (path: string) => readonly unknown[] | undefined;

export interface ItemsRule extends Noted {
  items: string;
  key: string;
  value: string;
  nowKey?: string;
  nowValue?: string;
  nowName?: string;
  tells?: readonly string[];
}

type RecordRule = { recordsOf: string; key: string; nowKey?: string; adds?: true } & (
  | { nowValue?: string; admits?: 'itself' }
  | { unreadable: string }
);

/**
 * For lists that decide who gets in: the values are ranges of addresses themselves, or the ranges that they stand for
 * are at the paths of looks.
 */
export interface Admitting {
  admits?: 'itself' | { before: string; after: string };
}

/** Words about a named value, by a field of its present record and the value there: `{ type: { FILE: '…' } }`. */
interface Noted {
  notes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A rule about those who come from an address. Of several, the first one that fits decides. */
export interface AccessRule {
  /** The rule in words. Rules of the same words are the same. Absent where another change tells the rule. */
  words?: string;
  /** A range, or the name of a host. Absent in a rule that is not about who comes in. */
  from?: string;
  admits: boolean;
  /** What it is limited to, such as databases and users: a list for each. An empty list is no limit. */
  only?: readonly (readonly string[])[];
}

/** What a call does to rules, or why that is not known. */
export interface RuleChange {
  before: readonly AccessRule[];
  after: readonly AccessRule[];
  unknown?: string;
}

/** What differs between the present state and the state after the call. */
export interface FieldChange {
  /** The argument, or the name of the item, such as that of a parameter. */
  field: string;
  /** The argument, where the change is that of a record in it. */
  argument?: string;
  /** What is done, where nothing is set. */
  action?: string;
  /** Absent when it is not known, or when there is none. */
  before?: unknown;
  after?: unknown;
  /** Of a list. */
  added?: readonly unknown[];
  removed?: readonly unknown[];
  /** Why the present value is not known. */
  unknown?: string;
  /** What the present record of a named value tells besides, such as whether it takes a restart. */
  told?: Readonly<Record<string, string>>;
  /** What there is to say besides, such as that it takes a restart. */
  note?: string;
  /** Of ranges of addresses: who gets in that did not before, and who no longer does. */
  admits?: {
    gained: Ranges;
    lost: Ranges;
    isWide: boolean;
    /** Of rules: all who then get in, and those about whom no rule decided before. */
    admitted?: Ranges;
    decided?: Ranges;
  };
}

/** Ranges of addresses, and what is no range, such as the name of a host, of which nobody can say whom it lets in. */
interface Ranges {
  ranges: readonly string[];
  unjudged: readonly string[];
}

/** The records that a look found, or why there are none to see. */
export interface Seen {
  records: readonly Readonly<Record<string, unknown>>[];
  unread?: string;
  /** Why the records can be older than the state itself. */
  lags?: string;
}

/** What is known about a call when its dangers are judged. */
export interface EffectFacts {
  args: Readonly<Record<string, unknown>>;
  seen: Readonly<Record<string, Seen>>;
  changes: readonly FieldChange[];
  /** Epoch milliseconds. */
  now: number;
}

type Value = string | number | boolean;
type Wanted = Readonly<Record<string, Value | readonly Value[]>>;

/**
 * A condition on what a call does. It is true, false, or unknown. A danger whose condition is unknown counts, and a
 * call is only refused as impossible when its condition is certain.
 */
export type EffectCondition =
  /** A number becomes smaller, or larger. */
  | { falls: string }
  | { rises: string }
  /** A field differs in any way. */
  | { changes: string }
  /** Each field differs, and its new value is this. */
  | { becomes: Wanted }
  /** A list gets something new, or something goes from it. */
  | { gains: string }
  | { loses: string }
  /** Nothing is left in a field that had something. */
  | { empties: string }
  /** Somebody gets in that did not before, or does so from a wide range or a host; or somebody no longer does. */
  | { admits: string }
  | { admitsWide: string }
  | { excludes: string }
  /** Of something that is made: the ranges at this path, of the arguments or of a look, are wide or hold a host. */
  | { opensWide: string }
  /** The argument is given, with any value, or with this value. */
  | { given: string }
  | { when: Wanted }
  /** The present state has one of these values at each path. */
  | { is: Wanted }
  /** The present state has a record or a value at this path. */
  | { has: string }
  /** The present state has a number at each path that is below this one. */
  | { isBelow: Readonly<Record<string, number>> }
  /** Every value of each argument is among those that the present state has at this path. */
  | { isAmong: Readonly<Record<string, string>> }
  | { all: readonly EffectCondition[] }
  | { any: readonly EffectCondition[] }
  | { not: EffectCondition }
  /** Anything else. Undefined is unknown. */
  | { test: (facts: EffectFacts & { at: StateValues }) => boolean | undefined };

/**
 * Something dangerous that a call can do. `{argument}` and `{look.path}` are replaced by their values, and
 * `{list[].name}` by all names in a list. Of a change there are `{before.field}`, `{after.field}`, `{removed.field}`,
 * and who gets in or no longer does as `{gained.field}` and `{lost.field}`.
 */
export interface PossibleDanger extends Danger {
  /** When left out, every call has it. */
  if?: EffectCondition;
  /** A list among the arguments. Each of its records is judged, and said, as if it were alone in the call. */
  each?: string;
}

/** Facts that follow from the present state and move by themselves, such as the span that a restore can reach. */
export interface Measure {
  /** What the plan calls them. */
  label: string;
  /** Undefined when the present state does not tell. */
  of: (facts: Omit<EffectFacts, 'changes'> & { at: StateValues }) => Readonly<Record<string, string>> | undefined;
}

/** What the server knows cannot work. */
export interface Impossibility {
  if: EffectCondition;
  /** Why it cannot work, as a sentence. */
  because: string;
  /** What would work, as a sentence. */
  instead: string;
}

/**
 * How a call is prepared from an instance as it is, beside what `changes` knows of it: by argument, or by the path in
 * one such as `replicas[].name`, where its present value is. `instance` is a look that there always is.
 */
export interface Preparation {
  looks?: Readonly<Record<string, StateLook>>;
  fills: Readonly<Record<string, string | Extract<ChangeRule, { list: string } | { derived: unknown }>>>;
  /** The argument that the instance stands for, where it is not the usual one: the source rather than the target. */
  source?: string;
  /** The argument, or a path of a look, with the ranges that get in by what is filled, or the network of it. */
  reachableFrom?: string;
}

/** What a call of one tool does to the present state. */
export interface Effect {
  looks?: Readonly<Record<string, StateLook>>;
  /** By argument. Every argument that is no name of a target has its rule here, once there is one. */
  changes?: Readonly<Record<string, ChangeRule>>;
  /** All dangers that a call of the tool can have. When left out, it is the one that the tool itself states. */
  dangers?: readonly PossibleDanger[];
  impossible?: readonly Impossibility[];
  /** What a call without any danger does, and the way back: for a person who is asked all the same, or billed. */
  ordinary?: Pick<Danger, 'warning' | 'undo'>;
  /** What to do after it, in place of what the tool says: the first that certainly holds is said. */
  next?: readonly { if: EffectCondition; say: string }[];
  /** What the plan shows in addition. Sentences know it as `{measure.field}`. */
  measures?: Readonly<Record<string, Measure>>;
  /** The look that finds instances which the call concerns although no argument names them, such as replicas. */
  concerns?: string;
  prepares?: Preparation;
  /** The argument with the name of the instance that is made, or a path such as `replicas[].name`. */
  creates?: string;
  /** The argument with the name of something else that is made, such as a security group. */
  makes?: string;
  /** What is made is billed, and has no name of its own yet. */
  isBilled?: true;
  /** The argument with the name that a present instance gets. */
  renames?: string;
}

/** How an instance is read, and where its answer has what people and rules know it by. */
export interface InstanceRead extends StateLook {
  /** The argument that names an instance, in the read too. */
  argument: string;
  id: string;
  name: string;
  state: string;
  role?: string;
}

/**
 * How something that arguments name leads to the instances that it concerns. The records that are read are instances,
 * or hold their ids at `id`; `{named}` stands for the value of the argument. None found is an answer only with
 * `orNone`: a group may be used by no instance, but a backup is of one. With `through`, another argument of the
 * same call leads there. `none` says why no instance is concerned, and `unknown` why nobody can say which.
 */
export type Way = { arguments: readonly string[] } & (
  | (StateLook & { id: string; orNone?: true })
  | { through: readonly string[] }
  | { none: string }
  | { unknown: string }
);

/** Which instances calls concern, for the tools of one provider. */
export interface Touches {
  instance: InstanceRead;
  /** A read that tells the name of every instance at once, where the provider answers it whole. */
  inventory?: StateLook;
  ways: readonly Way[];
  /** Other arguments that name something. The call uses these things and changes nothing of them. */
  uses: readonly string[];
  /** Reads whose answer has a list of instances, or of things that are each of one, by the name of the tool. */
  lists: Readonly<Record<string, InstanceList | readonly InstanceList[]>>;
}

/**
 * Where the list is in the answer, or the only one, and where each item has the name of its instance, or else the id.
 * The path of an item that is the id itself is `''`.
 */
export interface InstanceList {
  at: string;
  name?: string;
  id?: string;
}
