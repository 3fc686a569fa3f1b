import { isRecord, type Values } from '../../values/values.js';
import { jsonText } from './json-text.js';
import { plainName } from './plain-name.js';

/**
 * No answer is larger than this, so that none has more than 25,000 tokens. Identifiers take about 0.6 tokens for each
 * byte, and random punctuation, the densest ASCII text, about 0.71.
 */
export const mostBytes = 33_000;

export interface LimitedAnswer {
  answer: Values;
  /** How many items of which list were left out. A list has the name that its provider gave it, where that is one. */
  leftOut: Readonly<Record<string, number>>;
}

/** Cuts lists from their end, the largest first, until the whole is small enough. What remains is valid JSON. */
export function limitSize(answer: Values, limit = mostBytes): LimitedAnswer {
  const leftOut: Record<string, number> = {};
  let limited = answer;
  for (;;) {
    const size = bytes(limited);
    if (size <= limit) return { answer: limited, leftOut: named(leftOut) };
    const largest = largestOf(lists(limited));
    if (!largest) return { answer: shortened(limited, limit), leftOut: named(leftOut) };
    const rest = Math.floor(largest.length * Math.max(0, 1 - (size - limit) / largest.bytes));
    const keep = Math.max(1, Math.min(largest.length - 1, rest));
    leftOut[largest.path] = (leftOut[largest.path] ?? 0) + largest.length - keep;
    limited = replaced(limited, largest.path, keep) as Values;
  }
}

function named(leftOut: Readonly<Record<string, number>>): Record<string, number> {
  const told: Record<string, number> = {};
  for (const [path, count] of Object.entries(leftOut)) told[plainName(path)] = (told[plainName(path)] ?? 0) + count;
  return told;
}

/**
 * Counts bytes as they stand in the text of an answer, with what is escaped there. Each byte of a rare character can be
 * a token, so such bytes count for more.
 */
function bytes(value: unknown): number {
  const text = jsonText(value);
  const all = Buffer.byteLength(text);
  return all + 0.4 * (all - text.replace(/\P{ASCII}+/gu, '').length);
}

interface List {
  path: string;
  length: number;
  bytes: number;
}

/** Finds every list of the answer, including lists within others. */
function lists(value: unknown, path = ''): List[] {
  if (Array.isArray(value)) {
    const own = value.length > 1 ? [{ path, length: value.length, bytes: bytes(value) }] : [];
    return [...own, ...value.flatMap((item, index) => lists(item, `${path}[${index}]`))];
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => lists(item, path ? `${path}.${key}` : key));
}

/** Finds the largest list. When a single list within it takes most of the space, that inner list is returned. */
function largestOf(all: readonly List[]): List | undefined {
  const bySize = all.toSorted((a, b) => b.bytes - a.bytes);
  let [largest] = bySize;
  for (const list of bySize)
    if (largest && list.path.startsWith(`${largest.path}[`) && list.bytes > largest.bytes / 2) largest = list;
  return largest;
}

function replaced(value: unknown, target: string, keep: number, path = ''): unknown {
  if (Array.isArray(value)) {
    const kept = path === target ? value.slice(0, keep) : value;
    return kept.map((item, index) => replaced(item, target, keep, `${path}[${index}]`));
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    replaced(item, target, keep, path ? `${path}.${key}` : key),
  ]);
  return Object.fromEntries(entries);
}

/** Shortens long texts and names of fields, each to the same length, when no list is left to cut. */
function shortened(value: Values, limit: number): Values {
  for (let longest = 4_000; longest > 10; longest = Math.floor(longest / 2)) {
    const cut = shorten(value, longest) as Values;
    if (bytes(cut) <= limit) return cut;
  }
  return { notice: 'The answer has too many fields to be shown.' };
}

function shorten(value: unknown, longest: number): unknown {
  if (typeof value === 'string') return cutAt(value, longest);
  if (Array.isArray(value)) return value.map((item) => shorten(item, longest));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cutAt(key, longest), shorten(item, longest)]));
}

const cutAt = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest)}… (cut)` : text;
