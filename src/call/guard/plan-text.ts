import { sanitizeText } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import type { Plan } from './plan.js';
import type { Shown } from './plan-reads.js';

/** More records than this do not help a person to decide. */
const mostRecords = 10;

/** The plan as text for a person: what, on what, what happens, and how to undo it. */
export function planText(plan: Omit<Plan, 'account' | 'hash'>): string {
  const args = Object.entries(plan.arguments).map(([name, value]) => `${name}=${valueText(value)}`);
  return [
    `${plan.title} (${plan.risk}) at ${plan.provider}`,
    ...plan.shown.map((shown) => shownText(shown, plan.provider)),
    `What happens: ${plan.warning}`,
    `Way back: ${plan.undo}`,
    `Call: ${plan.tool} ${args.join(', ')}`,
  ].join('\n');
}

/** The plan for programs, in reading order. */
export const planFields = ({ tool, title, risk, warning, undo, arguments: args, shown, name }: Plan) => ({
  tool,
  title,
  risk,
  warning,
  undo,
  arguments: args,
  shown,
  name,
});

const valueText = (value: unknown): string =>
  sanitizeText(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 300);

function shownText({ label, records, unreadable }: Shown, provider: string): string {
  if (unreadable) return `${capital(label)}: could not be read (${unreadable})`;
  const said = new Set(wordsIn(`${provider} ${label}`).map(singular));
  const some = records.slice(0, mostRecords).map((record) => recordText(record, said));
  const more = records.length > mostRecords ? [`and ${records.length - mostRecords} more`] : [];
  return `${capital(label)}: ${[...some, ...more].join('; ') || 'none'}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The name comes first, then what else is known: `orders-primary (type MASTER, status AVAILABLE)`. */
function recordText(record: Values, said: ReadonlySet<string>): string {
  const fields = Object.entries(record).map(([path, value]) => ({
    words: wordsOf(path, said),
    value: sanitizeText(String(value)),
  }));
  const name = fields.find(({ words }, index) => words === 'name' || (index === 0 && words.endsWith(' name')));
  const rest = fields.filter((field) => field !== name).map(({ words, value }) => `${words} ${value}`.trim());
  if (!name) return rest.join(', ');
  return rest.length > 0 ? `${name.value} (${rest.join(', ')})` : name.value;
}

/** A field's name without its first words when they were said already: `dbInstanceType` becomes `type`. */
function wordsOf(path: string, said: ReadonlySet<string>): string {
  const words = split(path.split('.').at(-1) ?? path);
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
