import type { Values } from '../../providers/provider.js';
import { plain } from '../plain.js';
import type { Plan, Shown } from './plan.js';

/** More records than this do not help anybody to decide. */
const mostRecords = 10;

/** The plan as a person reads it, at night too: what, on what, what happens, the way back. */
export function planText(plan: Plan): string {
  const args = Object.entries(plan.arguments).map(([name, value]) => `${name}=${valueText(value)}`);
  return [
    `${plan.title} (${plan.risk}) at ${plan.provider}`,
    ...plan.shown.map(shownText),
    `What happens: ${plan.warning}`,
    `Way back: ${plan.undo}`,
    `Call: ${plan.tool} ${args.join(', ')}`,
  ].join('\n');
}

const valueText = (value: unknown): string =>
  plain(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 300);

function shownText({ label, records, unreadable }: Shown): string {
  if (unreadable) return `${capital(label)}: could not be read (${unreadable})`;
  const some = records.slice(0, mostRecords).map((record) => recordText(record, label));
  const more = records.length > mostRecords ? [`and ${records.length - mostRecords} more`] : [];
  return `${capital(label)}: ${[...some, ...more].join('; ') || 'none'}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `orders-primary (type MASTER, status AVAILABLE)`: the name first, then what else is known. */
function recordText(record: Values, label: string): string {
  const fields = Object.entries(record).map(([path, value]) => ({
    words: wordsOf(path, label),
    value: plain(String(value)),
  }));
  const name = fields.find(({ words }) => words === 'name');
  const rest = fields.filter((field) => field !== name).map(({ words, value }) => `${words} ${value}`.trim());
  if (!name) return rest.join(', ');
  return rest.length > 0 ? `${name.value} (${rest.join(', ')})` : name.value;
}

/** The words of a field's name, without those that the label has said already: `dbInstanceType` is the `type`. */
function wordsOf(path: string, label: string): string {
  const said = new Set(split(label).map(singular));
  const words = split(path.split('.').at(-1) ?? path);
  const left = words.filter((word) => !said.has(singular(word)));
  return (left.length > 0 ? left : words).join(' ');
}

const split = (text: string): string[] =>
  text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);

const singular = (word: string): string => word.replace(/s$/, '');
