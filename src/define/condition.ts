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
