import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { TimeText } from '../../../values/time-text.js';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/**
 * A text from outside, unchanged but limited in length. Characters that are invisible, or that change the direction of
 * text, are made visible. The template escapes HTML.
 */
export function shown(text: string, longest = 200): string {
  const clear = text
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
  return text.length > longest ? `${clear}…` : clear;
}

/** The text of an argument or a field of a record. */
export const valueText = (value: unknown, longest = 500): string =>
  shown(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), longest);

/** For what a person decides on, which is never cut. */
export const whole = Number.POSITIVE_INFINITY;

/** Short words that are written in capitals. */
const initials = new Set(['id', 'ip', 'db', 'ha', 'vpc', 'cpu', 'url']);

/** Names a field of a `DB instance`: `dbInstances[].dbInstanceType` is its `Type`. */
export function fieldName(path: string, label: string): string {
  const words = wordsIn((path.split('.').at(-1) ?? path).replace(/([a-z\d])([A-Z])/g, '$1 $2'));
  const said = new Set(wordsIn(label).map(singular));
  const first = words.findIndex((word) => !said.has(singular(word)));
  const rest = words.slice(Math.max(0, first)).map((word) => (initials.has(word) ? word.toUpperCase() : word));
  return shown(capital(rest.join(' ') || path), 80);
}

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);
const singular = (word: string): string => word.replace(/s$/, '');

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** Writes a distance such as `in 42 minutes` or `3 hours ago`. */
export function distance(time: number, now: number, lang = 'en'): string {
  const away = time - now;
  // A unit is used from two of it on, because `in 90 minutes` says more than `in 1 hour`.
  const [unit, length] = units.find(([, each]) => Math.abs(away) >= 2 * each) ?? (['second', 1_000] as const);
  if (Math.abs(away) < 1_000) return lang === 'ko' ? '방금' : 'just now';
  return new Intl.RelativeTimeFormat(lang).format(Math.trunc(away / length), unit);
}

/** The time now, and how times are written for people. */
export interface Moment {
  /** Epoch milliseconds. */
  now: number;
  timeText: TimeText;
  /** English when left out. */
  lang?: string;
}

/** Writes a time such as `in 42 minutes (2026-11-22T17:40:00+09:00)`, for people and for their browsers. */
export function when(time: number, { now, timeText, lang }: Moment): Html {
  const text = toSecond(time, timeText);
  return html`${distance(time, now, lang)} <time datetime="${text}">(${text})</time>`;
}

/** Writes a time without parts of a second. */
export const toSecond = (time: number, timeText: TimeText): string => timeText(Math.floor(time / 1_000) * 1_000);
