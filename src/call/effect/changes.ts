import { stringify } from 'safe-stable-stringify';
import type { Admitting, ChangeRule, FieldChange, ItemsRule, Seen } from '../../define/index.js';
import { admission } from '../../values/admission.js';
import { recordsAt, textAt, textsAt, valueAt, valuesAt } from '../../values/json-path.js';
import { isRecord, type Values } from '../../values/values.js';

/** What a call changes, by the rules of its effect: what differs between the present state and the arguments. */
export const changesOf = (rules: Readonly<Record<string, ChangeRule>>, input: Values, seen: States): FieldChange[] =>
  Object.entries(rules).flatMap(([field, rule]) => changesBy(rule, field, valueAt(input, field), seen));

type States = Readonly<Record<string, Seen>>;

function changesBy(rule: ChangeRule, field: string, after: unknown, seen: States): FieldChange[] {
  if (typeof rule === 'string') return after === undefined ? [] : ofValue(field, after, presentAt(rule, seen));
  if ('becomes' in rule) return ofValue(field, rule.becomes, presentAt(rule.value, seen));
  if ('whole' in rule && 'value' in rule) return ofValue(field, after ?? null, presentAt(rule.value, seen));
  if ('list' in rule && rule.whole) return ofList(field, { after: [after ?? []].flat(), at: rule.list }, rule, seen);
  if (after === undefined) return [];
  if ('action' in rule) return after === false ? [] : [{ field, after: rule.action }];
  if ('derived' in rule) return ofValue(field, after, presentBy(rule.derived(seen)));
  if ('unreadable' in rule) return [{ field, unknown: rule.unreadable }];
  if ('items' in rule) return recordsAt(after).flatMap((item) => ofItem(rule, item, seen));
  const given = [after].flat();
  if ('list' in rule) return ofList(field, { after: given, at: rule.list }, rule, seen);
  const at = 'addsTo' in rule ? rule.addsTo : rule.takesFrom;
  const present = presentAt(at, seen);
  const before = 'values' in present ? present.values.flat() : [];
  const rest = before.filter((each) => !given.some((item) => isSame(each, item)));
  return ofList(field, { after: 'addsTo' in rule ? [...rest, ...given] : rest, at }, rule, seen);
}

/** The present values at a path that begins with the name of a look, or why they are not known. */
type Present = { values: readonly unknown[]; lags?: string } | { unknown: string };

const untold = 'the answer does not tell it';

const presentBy = (value: unknown): Present => (value === undefined ? { unknown: untold } : { values: [value] });

function presentAt(path: string, seen: States): Present {
  const [look = '', ...rest] = path.split('.');
  const state = seen[look];
  if (!state) return { unknown: 'it was not read' };
  if (state.unread !== undefined) return { unknown: state.unread };
  const { records, lags } = state;
  const values = rest.length === 0 ? records : records.flatMap((record) => toldAt(record, rest));
  return values.length > 0 ? { values, ...(lags && { lags }) } : { unknown: untold };
}

/** The values at a path. Below something that is told to be none, such as settings that are off, there is none. */
function toldAt(record: Values, path: readonly string[]): unknown[] {
  const values = valuesAt(record, path.join('.'));
  const isNone = path.some((_, index) => valueAt(record, path.slice(0, index).join('.')) === null);
  return values.length === 0 && isNone ? [null] : values;
}

function ofValue(field: string, after: unknown, present: Present): FieldChange[] {
  if ('unknown' in present) return [{ field, after, unknown: present.unknown }];
  const { values, lags } = present;
  const [before] = values;
  if (!isSame(before, after)) return [{ field, before, after }];
  return lags === undefined ? [] : [{ field, before, after, unknown: lags }];
}

function ofList(
  field: string,
  { after, at }: { after: readonly unknown[]; at: string },
  { admits }: Admitting,
  seen: States,
): FieldChange[] {
  const present = presentAt(at, seen);
  const before = 'values' in present ? present.values.flat() : [];
  const added = after.filter((item) => !before.some((each) => isSame(each, item)));
  const removed = before.filter((each) => !after.some((item) => isSame(each, item)));
  if (!('unknown' in present) && added.length + removed.length === 0) return [];
  const unknown = 'unknown' in present && { unknown: present.unknown };
  return [{ field, before, after, added, removed, ...unknown, ...(admits && admitted(admits, before, after, seen)) }];
}

/** Who gets in that did not before. What could not be read lets in nobody before, and anybody after. */
function admitted(
  by: NonNullable<Admitting['admits']>,
  before: readonly unknown[],
  after: readonly unknown[],
  seen: States,
) {
  if (by === 'itself') return { admits: admission(before.map(String), after.map(String)) };
  const [old, now] = [presentAt(by.before, seen), presentAt(by.after, seen)];
  const rangesOf = (present: Present) => ('values' in present ? present.values.flat().map(String) : []);
  if ('unknown' in now && after.length > 0) return {};
  return { admits: admission(rangesOf(old), after.length > 0 ? rangesOf(now) : []) };
}

function ofItem(rule: ItemsRule, item: Values, seen: States): FieldChange[] {
  const { items, key, value, nowKey = key, nowValue = value, nowName = nowKey, tells = [] } = rule;
  const named = textAt(item, key) ?? '';
  const present = presentAt(items, seen);
  if ('unknown' in present) return ofValue(named, valueAt(item, value), present);
  const record = present.values.flat().find((each) => textAt(each, nowKey) === named);
  const values = record === undefined ? [] : valuesAt(record, nowValue);
  const now: Present =
    values.length > 0 ? { ...present, values } : { unknown: 'it is not among those that the answer lists' };
  const told = Object.fromEntries(tells.flatMap((path) => textsAt(record, path).map((text) => [path, text])));
  return ofValue(textAt(record, nowName) ?? named, valueAt(item, value), now).map((change) => ({
    ...change,
    ...(Object.keys(told).length > 0 && { told }),
  }));
}

/**
 * Whether two values mean the same: a number and its text do, and a record that has the fields of the other. A value
 * that is empty means the same as one that is missing.
 */
function isSame(before: unknown, after: unknown): boolean {
  if (isRecord(before) && isRecord(after))
    return Object.entries(after).every(([name, value]) => isSame(before[name], value));
  if (Array.isArray(before) || Array.isArray(after)) return stringify(before) === stringify(after);
  return textOf(before) === textOf(after);
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
