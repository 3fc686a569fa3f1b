import { isRecord } from './values.js';

/** Removes secrets from everything that is about to be shown or sent. */
export interface Redact {
  text: (text: string) => string;
  /** Redacts the keys and texts of any value. */
  value: <T>(value: T) => T;
}

/**
 * Shorter secrets are only removed when they are a whole text: removed from within words, they would spoil every
 * answer.
 */
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

/** As `redact`, for secrets that seldom change: it is made anew only when they have. */
export function redactor(secrets: () => readonly string[]): (more?: readonly string[]) => Redact {
  let known = secrets();
  let made = redact(known);
  return (more = []) => {
    const current = secrets();
    if (more.length > 0) return redact([...more, ...current]);
    if (current.length !== known.length || current.some((secret, i) => secret !== known[i])) {
      known = current;
      made = redact(current);
    }
    return made;
  };
}

/** The secret unchanged, in a URL, and in JSON. */
const spellings = (secret: string): string[] =>
  /^[\w.~-]+$/.test(secret)
    ? [secret]
    : [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])];
