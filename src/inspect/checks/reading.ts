import { duration, type Evidence } from '../../define/finding.js';
import { type FaultFacts, type Hidden, rowsAsked } from '../check.js';
import type { Row } from '../open-look.js';

/** What the end of a statement that may find many says, so that more than is looked at can be told. */
export const limited = `LIMIT ${rowsAsked + 1}`;

/** The driver gives numbers of eight bytes as text. */
export function numberOf(row: Row | undefined, name: string): number | undefined {
  const value = row?.[name];
  if (value === null || value === undefined) return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

export function textOf(row: Row | undefined, name: string): string | undefined {
  const value = row?.[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A time as epoch milliseconds. */
export function timeOf(row: Row | undefined, name: string): number | undefined {
  const value = row?.[name];
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.getTime() : undefined;
}

export const numbersOf = (row: Row | undefined, name: string): number[] => {
  const value = row?.[name];
  return Array.isArray(value) ? value.map(Number) : [];
};

/** Of what is known. */
export const evidenceOf = (values: Readonly<Record<string, string | undefined>>): Evidence[] =>
  Object.entries(values).flatMap(([field, value]) => (value === undefined ? [] : [{ field, value }]));

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in the units of PostgreSQL, of 1,024 each. */
export function bytesText(bytes: number): string {
  const power = bytes < 1_024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1_024 ** power).toFixed(1))} ${units[power]}`;
}

export const megabyte = 1_024 ** 2;
export const gigabyte = 1_024 ** 3;

/** The start of a process to the microsecond, as text that the server reads again. */
export const backendStart = `to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Who is at work in a session, of the table `a`. A text that is longer than this is shown by its kind only. */
export const sessionColumns = `a.pid, ${backendStart} AS "backendStart", a.usename::text AS login,
  a.application_name AS application, a.datname::text AS database, left(a.query, 20000) AS query`;

export function sessionFacts(row: Row): FaultFacts {
  const [pid, start, login, application] = [
    numberOf(row, 'pid'),
    textOf(row, 'backendStart'),
    textOf(row, 'login'),
    textOf(row, 'application'),
  ];
  return {
    ...(pid !== undefined && { pid }),
    ...(start !== undefined && { backendStart: start }),
    ...(login !== undefined && { login }),
    ...(application && { application }),
  };
}

/** Ends a session, where it is known well enough that no other one is meant. */
export function endSession(row: Row, how: 'cancel' | 'terminate') {
  const { pid, backendStart } = sessionFacts(row);
  return pid === undefined || backendStart === undefined ? {} : { remedy: { endSession: { pid, backendStart, how } } };
}

export const whoIs = (row: Row) =>
  evidenceOf({
    pid: textOf(row, 'pid'),
    login: textOf(row, 'login'),
    application: textOf(row, 'application') || undefined,
    database: textOf(row, 'database'),
  });

/** What was counted for a short time says little. */
export function countedFor(since: number | undefined, now: number, least: number): Hidden | undefined {
  const counted = now - (since ?? now);
  if (counted >= least) return undefined;
  return { what: `It is counted only for ${duration(counted)}, and ${duration(least)} are needed to judge it.` };
}

/** Names what a fault is about, where it is known. */
export const objectOf = (row: Row | undefined) => {
  const object = textOf(row, 'object');
  return object === undefined ? {} : { object };
};

/** A statement that the server wrote, for an owner to run. */
export const statementRemedy = (row: Row | undefined) => {
  const statement = textOf(row, 'remedy');
  return statement === undefined ? {} : { remedy: { statement } };
};
