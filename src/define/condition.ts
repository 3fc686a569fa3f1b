/** Facts about a call's arguments. Paths are dotted; `[]` after a name means every item of that list. */
export type Condition =
  /** Every path has the value given with it. */
  | { when: Readonly<Record<string, string | number | boolean>> }
  /** The argument is there, whatever its value. */
  | { given: string };

/** A call with arguments like these is more dangerous than the tool's own risk says. */
export type Raise = Condition & { risk: 'disruptive' | 'exposing' | 'destructive'; warning: string; undo: string };

/** A call with arguments like these is harmless: nobody needs to be asked. */
export type Lower = (
  | { when: Readonly<Record<string, string | number | boolean>> }
  | { onlyGiven: readonly string[] }
) & {
  risk: 'write';
};

/**
 * A rule across arguments, checked before anything is sent. `in` names a list whose items each have to follow it;
 * the other paths are then relative to the item.
 */
export type InputRule = { in?: string } & (
  | { if: Readonly<Record<string, Value | Value[]>>; needs: readonly string[] }
  | { unless: Readonly<Record<string, Value>>; needs: readonly string[] }
  | { ifGiven: string; needs: readonly string[] }
  | { if: Readonly<Record<string, Value>>; forbids: readonly string[] }
  | { if: Readonly<Record<string, Value>>; requires: Readonly<Record<string, Value>> }
  /** At least one of them. */
  | { anyOf: readonly string[] }
  /** Exactly one of them. */
  | { oneOf: readonly string[] }
  | { if?: Readonly<Record<string, Value>>; atLeast: number; of: string }
  | { if?: Readonly<Record<string, Value>>; atMost: number; of: string }
  | { if?: Readonly<Record<string, Value>>; equal: readonly [string, string] }
  | { if?: Readonly<Record<string, Value>>; ascending: readonly [string, string] }
  /** The text of the first must not contain the text of the second. */
  | { excludes: readonly [string, string] }
);

type Value = string | number | boolean;
