import type { FieldChange } from '../../define/index.js';
import { fillTemplate, mapValues } from '../../values/json-path.js';
import { quoteText, sanitizeText } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import { effectFields, whoMoves } from '../effect/effect-fields.js';
import { resolvedText } from '../effect/resolved-name.js';
import type { TouchedInstance } from '../effect/touched.js';
import type { Plan } from './plan.js';
import type { Shown } from './plan-reads.js';

/** What a client can show as a whole. What is decided on is never cut: with more of it, there has to be more room. */
export const longestPlan = 4_000;

/** How much of what is around the target is shown. */
interface Room {
  records: number;
  /** Of a value. */
  characters: number;
}

/** Longer than the body of a request can be. */
const longestValue = 10_000_000;

const everything: Room = { records: Number.POSITIVE_INFINITY, characters: longestValue };

/** More than this of what nobody decides on is in the way in a plan that is long already. */
const some: Room = { records: 10, characters: 100 };

/** More instances than this are named further down, where all are. */
const mostNamed = 3;

/** Everything of a plan that a text shows. */
export type PlanToShow = Omit<Plan, 'account' | 'hash' | 'isTouchedUnknown'>;

/**
 * The plan as text for a person. Programs that show it cut it after some lines, so the first three say what is done to
 * what, what happens, and the way back. Some join the lines, so each ends with a full stop.
 */
export const planText = (plan: PlanToShow): string => fitted(plan).text;

/** The text, and what it says of each look: all, or what there is room for beside what is decided on. */
function fitted(plan: PlanToShow): { text: string; looks: string[] } {
  const within = (room: Room) => {
    const looks = plan.shown.map((each) => shownText(each, plan.provider, each.isWhole ? everything : room));
    return { text: textWith(looks, plan), looks };
  };
  const all = within(everything);
  return all.text.length <= longestPlan ? all : within(some);
}

function textWith(looks: readonly string[], plan: PlanToShow): string {
  const { touches, changes, unknown, provider, named = [] } = plan;
  const args = Object.entries(plan.arguments).map(([name, value]) => `${name}=${valueText(value)}`);
  const risks = [...new Set(plan.dangers.map(({ risk }) => risk))].join(', ');
  return [
    `${plan.title}: ${subject(plan)} at ${provider}`,
    `What happens${risks && ` (${risks})`}: ${plan.warning}`,
    `Way back: ${plan.undo}`,
    ...(changes.length > 0 ? [`Changes: ${changes.map(changeText).join('; ')}`] : []),
    ...(touches.length > 0 ? [`Concerns: ${touches.map((each) => instanceText(each, 'reference')).join('; ')}`] : []),
    ...(unknown.length > 0 ? [`Not seen: ${unknown.join(' ')}`] : []),
    ...looks,
    ...(named.length > 0 ? [`Named: ${named.map(resolvedText).join(', ')}`] : []),
    `Call: ${plan.tool} ${args.join(', ')}`,
  ]
    .map((line) => (/[.!?]$/.test(line) ? line : `${line}.`))
    .join('\n');
}

/**
 * The plan for programs, in reading order. What the call does stands beside it, as in every answer. What was looked at
 * is told in words, as in the text: some hosts show nothing but these fields.
 */
export const planFields = (plan: Plan) => ({
  tool: plan.tool,
  risk: plan.risk,
  warning: plan.warning,
  undo: plan.undo,
  ...(plan.unknown.length > 0 && { unknown: plan.unknown }),
  arguments: plan.arguments,
  ...(plan.named && { named: plan.named.map(resolvedText) }),
  ...(plan.shown.length > 0 && { shown: fitted(plan).looks }),
  name: plan.name,
});

/** What a planned call does, for programs. What happens by each danger, and the way back, stand in the plan. */
export const plannedEffect = ({ touches, changes, dangers, isTouchedUnknown }: Plan) => ({
  ...effectFields({ touches, changes, dangers: [], isUnknown: isTouchedUnknown }),
  ...(dangers.length > 0 && {
    dangers: distinct(dangers.map(({ risk, irreversible }) => ({ risk, ...(irreversible && { irreversible }) }))),
  }),
});

const distinct = <Danger extends object>(dangers: readonly Danger[]): Danger[] => [
  ...new Map(dangers.map((danger) => [JSON.stringify(danger), danger])).values(),
];

/** What the call is about: the thing that it names, and the instances that are concerned. */
function subject({ name, touches }: Pick<Plan, 'name' | 'touches'>): string {
  const target = touches.find((each) => each.name === name);
  const others = touches.filter((each) => each !== target);
  const some = others.slice(0, mostNamed).map((each) => instanceText(each));
  const more = others.length > mostNamed ? [`${others.length - mostNamed} more`] : [];
  const instances = [...some, ...more].join(', ');
  const named = target ? instanceText(target) : quoteText(name);
  return others.length === 0 ? named : `${named}, which ${target ? 'also ' : ''}concerns ${instances}`;
}

/** The name and what is known: `orders-primary (MASTER, AVAILABLE)`. */
export function instanceText({ reference, name, state, role }: TouchedInstance, first?: 'reference'): string {
  const known = [...(first || name === undefined ? [reference] : []), role, state].filter((text) => text !== undefined);
  const title = name === undefined ? 'an instance without a known name' : quoteText(name);
  return known.length > 0 ? `${title} (${known.map((text) => quoteText(text)).join(', ')})` : title;
}

/** `backupPeriod 7 → 3`, and for lists what is added and what goes. Nothing of it is cut. */
export function changeText(change: FieldChange): string {
  const { field, action, before, after, added, removed, unknown, told, note, admits } = change;
  const name = sanitizeText(field);
  if (action !== undefined) return `${name} ${sanitizeText(action)}`;
  const parts = added || removed ? [listText('+', added), listText('−', removed)].filter(Boolean).join(', ') : '';
  const valued =
    parts ||
    (after === undefined || [before, after].every(isNothing)
      ? 'changes'
      : `${unknown === undefined || before !== undefined ? `${orderText(before)} → ` : '→ '}${orderText(after)}`);
  const notes = [
    ...Object.entries(told ?? {}).map(([path, text]) => `${split(path).join(' ')} ${sanitizeText(text)}`),
    ...(unknown === undefined ? [] : [`not known now: ${sanitizeText(unknown)}`]),
    ...(note === undefined ? [] : [sanitizeText(note)]),
    ...(admits ? whoMoves(admits) : []),
  ];
  return `${name} ${valued}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
}

const listText = (sign: string, items: readonly unknown[] = []): string =>
  items.map((item) => `${sign} ${valueText(item)}`).join(', ');

const isNothing = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** A list of which only the order differs. */
const orderText = (value: unknown): string =>
  Array.isArray(value) && value.length > 0
    ? value.map((item, index) => `${index + 1}. ${valueText(item)}`).join(', ')
    : valueText(value);

const valueText = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return 'none';
  if (typeof value === 'string') return quoteText(value, longestValue);
  return sanitizeText(JSON.stringify(value) ?? '', longestValue);
};

function shownText({ label, records, says, unreadable }: Shown, provider: string, room: Room): string {
  if (unreadable) return `${capital(label)}: could not be read (${unreadable})`;
  const said = new Set(wordsIn(`${provider} ${label}`).map(singular));
  const told = records
    .slice(0, room.records)
    .map((record) => (says ? saidText(record, says, room) : recordText(record, said, room)));
  const more = records.length > room.records ? [`and ${records.length - room.records} more`] : [];
  return `${capital(label)}: ${[...told, ...more].join('; ') || 'none'}`;
}

const saidText = (record: Values, says: string, { characters }: Room): string =>
  fillTemplate(
    says,
    mapValues(record, (value) => quoteText(String(value), characters)),
  );

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The name comes first, then what else is known: `orders-primary (type MASTER, status AVAILABLE)`. */
function recordText(record: Values, said: ReadonlySet<string>, { characters }: Room): string {
  const fields = Object.entries(record).map(([path, value]) => ({
    words: wordsOf(path, said),
    value: sanitizeText(String(value), characters),
  }));
  const name = fields.find(({ words }, index) => words === 'name' || (index === 0 && words.endsWith(' name')));
  const rest = fields.filter((field) => field !== name).map(({ words, value }) => `${words} ${value}`.trim());
  if (!name) return rest.join(', ');
  return rest.length > 0 ? `${name.value} (${rest.join(', ')})` : name.value;
}

/** The fields of a value that is a code with its name. What it is is said by the field that they are in. */
const codeNames: ReadonlySet<string> = new Set(['code', 'codeName']);

/** A field's name without its first words when they were said already: `dbInstanceType` becomes `type`. */
function wordsOf(path: string, said: ReadonlySet<string>): string {
  const words = split(path.split('.').findLast((part) => !codeNames.has(part)) ?? path);
  const first = words.findIndex((word) => !said.has(singular(word)));
  return words.slice(Math.max(0, first)).join(' ');
}

const split = (name: string): string[] => wordsIn(name.replace(/([a-z\d])([A-Z])/g, '$1 $2'));

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);

const singular = (word: string): string => word.replace(/s$/, '');
