import { isRecord } from './values.js';

/** Takes secrets out of whatever is about to leave, wherever in it they stand. */
export interface Redact {
  text: (text: string) => string;
  /** Keys and texts of any value. */
  value: <T>(value: T) => T;
}

/** Shorter secrets are only taken out where they are a whole text: cut out of words they would spoil every answer. */
const shortestWithin = 4;

export function redact(secrets: readonly (string | undefined)[]): Redact {
  const known = [...new Set(secrets)].flatMap((secret) => (secret ? [secret] : []));
  const within = known.filter(({ length }) => length >= shortestWithin).flatMap(spellings);
  within.sort((a, b) => b.length - a.length);
  const text = (given: string) =>
    known.includes(given) ? '***' : within.reduce((left, secret) => left.replaceAll(secret, '***'), given);
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(clean);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), clean(item)]));
  };
  return { text, value: <T>(value: T) => clean(value) as T };
}

/** As it is, in a URL, in JSON. */
const spellings = (secret: string): string[] =>
  /^[\w.~-]+$/.test(secret)
    ? [secret]
    : [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])];
