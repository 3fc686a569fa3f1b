import { bounded, longestFact, longestMessage, mask } from './mask.js';

export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;
export type Log = (message: string, facts?: Facts) => void;

export interface LogOptions {
  /** These are masked in every text. */
  secrets: readonly string[];
  /** Takes a line with its end. It goes to stderr, because stdout belongs to the protocol. */
  write: (line: string) => void;
  /** The id of the trace that the current work belongs to. */
  trace?: () => string | undefined;
}

/** Writes lines such as `pgfleet: message key=value`. */
export function textLog({ secrets, write, trace = () => undefined }: LogOptions): Log {
  const masked = mask(secrets);
  return (message, facts = {}) => {
    const all: Facts = { ...facts, trace: facts['trace'] ?? trace() };
    const pairs = Object.entries(all).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${valueText(bounded(masked(String(value)), longestFact))}`],
    );
    write(`pgfleet: ${[indented(bounded(masked(message), longestMessage)), ...pairs].join(' ')}\n`);
  };
}

/** Text from outside must neither look like a line of this log nor control a terminal. */
const indented = (text: string): string =>
  text
    .split(/\r\n|[\r\n\p{Zl}\p{Zp}]/u)
    .map((line) => line.replace(invisible, ' '))
    .join('\n    ');

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

const valueText = (value: string): string =>
  /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value.replace(invisible, ' '));
