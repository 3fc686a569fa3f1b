import type { AccessRule } from '../../define/index.js';
import { intervalsOf } from '../../values/address-range.js';
import { type AddressList, type Admission, admission } from '../../values/admission.js';

export interface RuleAdmission extends Admission {
  /** All who get in by the rules after. */
  admitted: AddressList;
  /** Those about whom a rule decides, and none did before. */
  decided: AddressList;
}

/** Who gets in by rules, of which the first one that fits decides, and did not by those before, and the other way. */
export function admissionOf(before: readonly AccessRule[], after: readonly AccessRule[]): RuleAdmission {
  const parts = cellsOf([...before, ...after]).map((cell) => {
    const fits = (rule: AccessRule) => isFor(rule, cell);
    const [old, now] = [before.filter(fits), after.filter(fits)];
    const { gained, lost, isWide } = admission(rangesIn(old), rangesIn(now));
    const [oldNames, nowNames] = [namesIn(old), namesIn(now)];
    return {
      gained: { ranges: gained.ranges, unjudged: movedTo(true, oldNames, nowNames) },
      lost: { ranges: lost.ranges, unjudged: movedTo(false, oldNames, nowNames) },
      isWide,
      decided: admission(addressesIn(old), addressesIn(now)).gained,
      admitted: { ranges: rangesIn(now), unjudged: [...nowNames].flatMap(([name, isIn]) => (isIn ? [name] : [])) },
    };
  });
  return {
    gained: together(parts.map(({ gained }) => gained)),
    lost: together(parts.map(({ lost }) => lost)),
    isWide: parts.some(({ isWide }) => isWide),
    decided: together(parts.map(({ decided }) => decided)),
    admitted: together(parts.map(({ admitted }) => admitted)),
  };
}

/** One value of each limit, such as a database and a user. Undefined stands for those that no rule names. */
type Cell = readonly (string | undefined)[];

/** Every combination for which other rules count than for those before it. */
function cellsOf(rules: readonly AccessRule[]): Cell[] {
  const size = Math.max(0, ...rules.map(({ only = [] }) => only.length));
  let cells: Cell[] = [[]];
  for (let index = 0; index < size; index += 1) {
    const named = [...new Set(rules.flatMap(({ only = [] }) => only[index] ?? []))];
    cells = distinct(
      cells.flatMap((cell) => [undefined, ...named].map((value) => [...cell, value])),
      rules,
    );
  }
  return cells;
}

function distinct(cells: Cell[], rules: readonly AccessRule[]): Cell[] {
  const byRules = new Map(cells.map((cell) => [rules.map((rule) => Number(isFor(rule, cell))).join(''), cell]));
  return [...byRules.values()];
}

const isFor = ({ only = [] }: AccessRule, cell: Cell): boolean =>
  cell.every((value, index) => {
    const limit = only[index] ?? [];
    return limit.length === 0 || (value !== undefined && limit.includes(value));
  });

function rangesIn(rules: readonly AccessRule[]): string[] {
  const decided: string[] = [];
  return rules.flatMap(({ from, admits }) => {
    if (from === undefined || isName(from)) return [];
    const open = admits ? admission(decided, [from]).gained.ranges : [];
    decided.push(from);
    return open;
  });
}

const addressesIn = (rules: readonly AccessRule[]): string[] => rules.flatMap(({ from }) => from ?? []);

const isName = (from: string): boolean => intervalsOf(from).length === 0;

/** Of each name, whether it is let in. Nobody can say which addresses have it, so ranges decide nothing about it. */
function namesIn(rules: readonly AccessRule[]): ReadonlyMap<string, boolean> {
  const names = rules.flatMap(({ from, admits }): [string, boolean][] =>
    from !== undefined && isName(from) ? [[from, admits]] : [],
  );
  return new Map(names.toReversed());
}

/** Names that are now let in or kept out, and those of which the opposite was so and that no rule names any more. */
const movedTo = (isIn: boolean, old: ReadonlyMap<string, boolean>, now: ReadonlyMap<string, boolean>): string[] =>
  [...new Set([...old.keys(), ...now.keys()])].filter((name) =>
    now.has(name) ? now.get(name) === isIn && old.get(name) !== isIn : old.get(name) === !isIn,
  );

const together = (lists: readonly AddressList[]): AddressList => ({
  ranges: admission(
    [],
    lists.flatMap(({ ranges }) => ranges),
  ).gained.ranges,
  unjudged: [...new Set(lists.flatMap(({ unjudged }) => unjudged))],
});
