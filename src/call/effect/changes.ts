import { stringify } from 'safe-stable-stringify';
import type { Admitting, ChangeRule, FieldChange, ItemsRule, RuleChange } from '../../define/index.js';
import { admission } from '../../values/admission.js';
import { fillTemplate, recordsAt, textAt, textsAt, valueAt, valuesAt } from '../../values/json-path.js';
import { isRecord, type Values } from '../../values/values.js';
import { admissionOf } from './first-match.js';
import { type States, statesAt } from './states.js';

/** What a call changes, by the rules of its effect: what differs between the present state and the arguments. */
export const changesOf = (rules: Readonly<Record<string, ChangeRule>>, input: Values, seen: States): FieldChange[] =>
  Object.entries(rules).flatMap(([field, rule]) => changesBy(rule, field, input, seen));

/** The present value that a rule compares with, in the form of the argument. Undefined where none can be told. */
export function presentValue(rule: ChangeRule, seen: States): unknown {
  if (typeof rule === 'string') return firstOf(presentAt(rule, seen));
  if ('derived' in rule) return rule.derived(statesAt(seen)) ?? undefined;
  if ('list' in rule) return valuesOf(presentAt(rule.list, seen))?.flat();
  return 'value' in rule && 'whole' in rule ? firstOf(presentAt(rule.value, seen)) : undefined;
}

const valuesOf = (present: Present) => ('values' in present ? present.values : undefined);
const firstOf = (present: Present): unknown => valuesOf(present)?.[0] ?? undefined;

type RecordRule = Extract<ChangeRule, { recordsOf: string }>;

function changesBy(rule: ChangeRule, field: string, input: Values, seen: States): FieldChange[] {
  if (typeof rule === 'object' && 'recordsOf' in rule) return ofRecords(rule, field, input, seen);
  if (typeof rule === 'object' && 'rules' in rule) return ofRules(field, rule.rules({ args: input, seen }));
  const after = givenAt(input, field);
  if (typeof rule === 'string') return after === undefined ? [] : ofValue(field, after, presentAt(rule, seen));
  if ('becomes' in rule) return ofValue(field, rule.becomes, presentAt(rule.value, seen));
  if ('partOf' in rule) return [];
  if ('resets' in rule) return ofReset(field, rule, seen);
  if ('whole' in rule && 'value' in rule) return ofValue(field, after ?? null, presentAt(rule.value, seen));
  if ('list' in rule && rule.whole) return ofList(field, { after: [after ?? []].flat(), at: rule.list }, rule, seen);
  if (after === undefined) return [];
  if ('action' in rule) return after === false ? [] : [{ field, action: rule.action }];
  if ('derived' in rule) return ofValue(field, after, presentBy(rule.derived(statesAt(seen))));
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

/** The value of an argument, or all values at a path such as `extensions[].name`. */
function givenAt(input: Values, path: string): unknown {
  if (!path.includes('[]')) return valueAt(input, path);
  const values = valuesAt(input, path);
  return values.length > 0 ? values : undefined;
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
  // A look that reads records has been told that there are none.
  const isKnown = rest.length === 0 || values.length > 0 || records.some((record) => hasEmptyList(record, rest));
  return isKnown ? { values, ...(lags && { lags }) } : { unknown: untold };
}

/** The values at a path. Below something that is told to be none, such as settings that are off, there is none. */
function toldAt(record: Values, path: readonly string[]): unknown[] {
  const values = valuesAt(record, path.join('.'));
  const isNone = path.some((_, index) => valueAt(record, path.slice(0, index).join('.')) === null);
  return values.length === 0 && isNone ? [null] : values;
}

/** Whether there are no values at a path because a list on the way is empty. */
const hasEmptyList = (record: Values, path: readonly string[]): boolean =>
  path.some((_, index) =>
    valuesAt(record, path.slice(0, index + 1).join('.')).some((value) => Array.isArray(value) && value.length === 0),
  );

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
  { admits, says }: Admitting & { says?: string },
  seen: States,
): FieldChange[] {
  const present = presentAt(at, seen);
  const before = 'values' in present ? present.values.flat() : [];
  const added = after.filter((item) => !before.some((each) => isSame(each, item)));
  const removed = before.filter((each) => !after.some((item) => isSame(each, item)));
  if (!('unknown' in present) && added.length + removed.length === 0) return [];
  const unknown = 'unknown' in present && { unknown: present.unknown };
  const inWords = (items: readonly unknown[]) =>
    says ? items.map((item) => (isRecord(item) ? fillTemplate(says, item) : item)) : items;
  const [was, becomes, more, less] = [before, after, added, removed].map(inWords);
  const lists = { before: was, after: becomes, added: more, removed: less };
  return [{ field, ...lists, ...unknown, ...(admits && admitted(admits, before, after, seen)) }];
}

/**
 * Who gets in that did not before. What could not be read lets in nobody before, and anybody after; who is kept out is
 * then not known.
 */
function admitted(
  by: NonNullable<Admitting['admits']>,
  before: readonly unknown[],
  after: readonly unknown[],
  seen: States,
): Pick<FieldChange, 'admits' | 'unknown'> {
  if (by === 'itself') return { admits: admission(before.map(String), after.map(String)) };
  const [old, now] = [presentAt(by.before, seen), presentAt(by.after, seen)];
  const rangesOf = (present: Present) => ('values' in present ? present.values.flat().map(String) : []);
  if ('unknown' in now && after.length > 0) return { unknown: now.unknown };
  const admits = admission(rangesOf(old), after.length > 0 ? rangesOf(now) : []);
  // Without any record nobody gets in before, which is known.
  const { records = [], unread } = seen[by.before.split('.')[0] ?? ''] ?? {};
  const isUntold = 'unknown' in old && before.length > 0 && (unread !== undefined || records.length > 0);
  return { admits, ...(isUntold && { unknown: old.unknown }) };
}

function ofRules(field: string, { before, after, unknown }: RuleChange): FieldChange[] {
  const [old, now] = [before, after].map((rules) => rules.flatMap(({ words }) => words ?? []));
  if (unknown !== undefined) return [{ field, before: old, after: now, ...difference(old, now), unknown }];
  const admits = admissionOf(before, after);
  const isMoved = [admits.gained, admits.lost].some(({ ranges, unjudged }) => ranges.length + unjudged.length > 0);
  if (!isMoved && isSame(old, now)) return [];
  return [{ field, before: old, after: now, ...difference(old, now), admits }];
}

const difference = (before: readonly string[] = [], after: readonly string[] = []) => ({
  added: after.filter((words) => !before.includes(words)),
  removed: before.filter((words) => !after.includes(words)),
});

function ofItem(rule: ItemsRule, item: Values, seen: States): FieldChange[] {
  const { items, key, value, nowKey = key, nowValue = value, nowName = nowKey, tells = [] } = rule;
  const named = textAt(item, key) ?? '';
  const { record, present } = recordNamed(named, { at: items, nowKey, nowValue }, seen);
  const told = Object.fromEntries(tells.flatMap((path) => textsAt(record, path).map((text) => [path, text])));
  return ofValue(textAt(record, nowName) ?? named, valueAt(item, value), present).map((change) => ({
    ...change,
    ...(Object.keys(told).length > 0 && { told }),
    ...noteOn(record, rule),
  }));
}

/** The field of each record in a list of the arguments, as that of a record of the same name. */
function ofRecords(rule: RecordRule, argument: string, input: Values, seen: States): FieldChange[] {
  const [list = '', name = ''] = argument.split('[].');
  return recordsAt(input, list).flatMap((item): FieldChange[] => {
    const after = valueAt(item, name);
    if (after === undefined) return [];
    const key = textAt(item, rule.key) ?? '';
    const field = `${key} ${name}`;
    if ('unreadable' in rule) return [{ field, argument, unknown: rule.unreadable }];
    const { recordsOf: at, nowKey = rule.key, nowValue = name } = rule;
    const { present, isMissing } = recordNamed(key, { at, nowKey, nowValue }, seen);
    const changes = ofValue(field, after, rule.adds && isMissing ? { values: [undefined] } : present);
    const admits = (before: unknown) =>
      rule.admits && { admits: admission(before === undefined ? [] : [textOf(before)], [textOf(after)]) };
    return changes.map((change) => ({ ...change, argument, ...admits(change.before) }));
  });
}

interface NamedValue {
  at: string;
  nowKey: string;
  nowValue: string;
}

/** The present record of a name, and what it has as the value. */
function recordNamed(name: string, { at, nowKey, nowValue }: NamedValue, seen: States) {
  const present = presentAt(at, seen);
  if ('unknown' in present) return { record: undefined, present, isMissing: false };
  const record = present.values.flat().find((each) => textAt(each, nowKey) === name);
  const values = record === undefined ? [] : valuesAt(record, nowValue);
  const unlisted: Present = { unknown: 'it is not among those that the answer lists' };
  return {
    record,
    present: values.length > 0 ? { ...present, values } : unlisted,
    isMissing: record === undefined,
  };
}

function ofReset(field: string, rule: Extract<ChangeRule, { resets: string }>, seen: States): FieldChange[] {
  const present = presentAt(rule.resets, seen);
  if ('unknown' in present) return [{ field, ...present }];
  return present.values.flat().flatMap((record) => {
    const [before, after] = [valueAt(record, rule.value), valueAt(record, rule.to)];
    if (isSame(before, after)) return [];
    return [{ field: textAt(record, rule.key) ?? '', before, after: after ?? null, ...noteOn(record, rule) }];
  });
}

function noteOn(record: unknown, { notes = {} }: { notes?: Notes }): { note?: string } {
  const said = Object.entries(notes).flatMap(([path, words]) => words[textAt(record, path) ?? ''] ?? []);
  return said.length > 0 ? { note: said.join(', ') } : {};
}

type Notes = Readonly<Record<string, Readonly<Record<string, string>>>>;

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
