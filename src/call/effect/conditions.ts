import type { EffectCondition, EffectFacts, FieldChange } from '../../define/index.js';
import { admission } from '../../values/admission.js';
import { textsAt, valuesAt } from '../../values/json-path.js';
import { compareAmounts } from './amounts.js';
import { foundAt, statesAt } from './states.js';

/** Whether a condition holds. Undefined when a look that decides failed, or when its answer does not tell. */
export function holds(condition: EffectCondition, facts: EffectFacts): boolean | undefined {
  if ('all' in condition) return all(condition.all.map((each) => holds(each, facts)));
  if ('any' in condition) return any(condition.any.map((each) => holds(each, facts)));
  if ('not' in condition) return not(holds(condition.not, facts));
  if ('test' in condition) return condition.test({ ...facts, at: statesAt(facts.seen) });
  if ('given' in condition) return valuesAt(facts.args, condition.given).some((value) => value !== undefined);
  if ('when' in condition) return all(entriesOf(condition.when).map(([path, wanted]) => has(facts.args, path, wanted)));
  if ('is' in condition) return all(entriesOf(condition.is).map(([path, wanted]) => isNow(path, wanted, facts)));
  if ('has' in condition) return foundAt(facts.seen, condition.has)?.some((value) => value !== null && value !== '');
  if ('opensWide' in condition) return opensWide(valuesOf(condition.opensWide, facts));
  if ('becomes' in condition)
    return all(entriesOf(condition.becomes).map(([field, wanted]) => changesOf(field, facts).some(becoming(wanted))));
  if ('isBelow' in condition)
    return all(Object.entries(condition.isBelow).map(([path, bound]) => isBelow(foundAt(facts.seen, path), bound)));
  if ('isAmong' in condition)
    return all(Object.entries(condition.isAmong).map(([path, at]) => areAmong(textsAt(facts.args, path), at, facts)));
  const on = (field: string, judge: (change: FieldChange) => boolean | undefined): boolean | undefined =>
    any(changesOf(field, facts).map(judge));
  if ('falls' in condition) return on(condition.falls, (change) => compared(change, (difference) => difference < 0));
  if ('rises' in condition) return on(condition.rises, (change) => compared(change, (difference) => difference > 0));
  if ('gains' in condition) return on(condition.gains, ({ added = [], unknown }) => known(unknown, added.length > 0));
  if ('loses' in condition)
    return on(condition.loses, ({ removed = [], unknown }) => known(unknown, removed.length > 0));
  if ('empties' in condition) return on(condition.empties, ({ after }) => isEmpty(after));
  if ('admits' in condition) return on(condition.admits, ({ admits }) => admits && isAny(admits.gained));
  if ('admitsWide' in condition)
    return on(condition.admitsWide, ({ admits }) => admits && (admits.isWide || admits.gained.unjudged.length > 0));
  if ('excludes' in condition)
    return on(condition.excludes, ({ admits, unknown }) => known(unknown, admits !== undefined && isAny(admits.lost)));
  return on(condition.changes, () => true);
}

const known = (unknown: string | undefined, judged: boolean): boolean | undefined =>
  unknown === undefined ? judged : undefined;

const isAny = ({ ranges, unjudged }: NonNullable<FieldChange['admits']>['gained']): boolean =>
  ranges.length + unjudged.length > 0;

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The change of an argument, or those of the records in it. */
const changesOf = (field: string, { changes }: EffectFacts): readonly FieldChange[] =>
  changes.filter((change) => change.field === field || change.argument === field);

function compared({ before, after, unknown }: FieldChange, judge: (difference: number) => boolean) {
  const difference = unknown === undefined ? compareAmounts(after, before) : undefined;
  return difference === undefined ? undefined : judge(difference);
}

const becoming =
  (wanted: Wanted) =>
  ({ after }: FieldChange): boolean =>
    [wanted].flat().map(String).includes(String(after));

function isBelow(values: readonly unknown[] | undefined, bound: number): boolean | undefined {
  const [number = Number.NaN] = (values ?? []).map((value) => Number.parseFloat(String(value)));
  return Number.isNaN(number) ? undefined : number < bound;
}

function areAmong(given: readonly string[], path: string, facts: EffectFacts): boolean | undefined {
  const known = foundAt(facts.seen, path)?.flat().map(String) ?? [];
  return known.length === 0 ? undefined : given.every((text) => known.includes(text));
}

type Wanted = string | number | boolean | readonly (string | number | boolean)[];

const entriesOf = (wanted: Readonly<Record<string, Wanted>>): [string, Wanted][] => Object.entries(wanted);

const has = (values: unknown, path: string, wanted: Wanted): boolean =>
  textsAt(values, path).some((text) => [wanted].flat().map(String).includes(text));

/** The values at a path that begins with the name of a look, or else with that of an argument. */
const valuesOf = (path: string, facts: EffectFacts): unknown[] | undefined =>
  (path.split('.')[0] ?? '') in facts.seen ? foundAt(facts.seen, path) : valuesAt(facts.args, path);

function opensWide(values: unknown[] | undefined): boolean | undefined {
  if (values === undefined) return undefined;
  const { isWide, gained } = admission([], values.flat().filter(isNotNull).map(String));
  return isWide || gained.unjudged.length > 0;
}

const isNotNull = (value: unknown): boolean => value !== null && value !== undefined;

function isNow(path: string, wanted: Wanted, facts: EffectFacts): boolean | undefined {
  const values = foundAt(facts.seen, path);
  if (!values || values.length === 0) return undefined;
  return has({ values }, 'values', wanted);
}

function all(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

const any = (parts: readonly (boolean | undefined)[]): boolean | undefined => not(all(parts.map(not)));

const not = (part: boolean | undefined): boolean | undefined => (part === undefined ? undefined : !part);
