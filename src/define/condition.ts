/** A condition on the arguments of a call. Paths are dotted, and `[]` after a name means every item of that list. */
export type Condition =
  /** Every path has the given value. */
  | { when: Readonly<Record<string, string | number | boolean>> }
  /** The argument is present, with any value. */
  | { given: string };

/** A call with such arguments is more dangerous than the tool's own risk says. */
export type Raise = Condition & { risk: 'disruptive' | 'exposing' | 'destructive'; warning: string; undo: string };

/** A call with such arguments is harmless, so nobody needs to be asked. */
export type Lower = (
  | { when: Readonly<Record<string, string | number | boolean>> }
  | { onlyGiven: readonly string[] }
) & {
  risk: 'write';
};

/**
 * A rule about several arguments, checked before anything is sent. When `in` names a list, each of its items has to
 * follow the rule, and the other paths are relative to the item.
 */
export type InputRule = { in?: string } & (
  | { if: Readonly<Record<string, Value | Value[]>>; needs: readonly string[] }
  | { if?: Readonly<Record<string, Value>>; unless: Readonly<Record<string, Value>>; needs: readonly string[] }
  | { ifGiven: string; needs: readonly string[] }
  | { if: Readonly<Record<string, Value>>; forbids: readonly string[] }
  | { if: Readonly<Record<string, Value>>; requires: Readonly<Record<string, Value>> }
  /** At least one of them has to be given. */
  | { anyOf: readonly string[] }
  /** Exactly one of them has to be given. */
  | { oneOf: readonly string[] }
  | { if?: Readonly<Record<string, Value>>; atLeast: number; of: string }
  | { if?: Readonly<Record<string, Value>>; atMost: number; of: string }
  | { if?: Readonly<Record<string, Value>>; equal: readonly [string, string] }
  | { if?: Readonly<Record<string, Value>>; ascending: readonly [string, string] }
  /** The text at a path has to have this form, which `as` says in words. */
  | { if: Readonly<Record<string, Value>>; at: string; matches: RegExp; as: string }
  /** The text of the first must not contain the text of the second. */
  | { excludes: readonly [string, string] }
);

type Value = string | number | boolean;
