import * as z from 'zod';
import { invalidParameter } from './replies.js';

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
export const integer = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'has to be a whole number').transform(Number).pipe(z.number().min(min).max(max));
export const number = z.string().regex(/^\d+$/, 'has to be a number in digits');
export const clientCidr = z.cidrv4('has to be a range such as 192.168.1.0/24');

/** Names that PostgreSQL reserves: words of its grammar, and names that exist before the first login. */
const reserved = new Set(
  (
    'analyse analyze array asymmetric both case cast check collate column concurrently constraint create cross ' +
    'current_catalog current_date current_role current_schema current_time current_user default deferrable desc ' +
    'distinct else except false fetch foreign freeze from full grant group having ilike initially inner intersect ' +
    'into isnull join lateral leading left like limit localtime localtimestamp natural notnull null offset only ' +
    'order outer overlaps placing postgres primary public references returning right select session_user similar ' +
    'some symmetric system_user table tablesample template0 template1 then trailing true union unique user using ' +
    'variadic verbose when where window with'
  ).split(' '),
);

export const userName = z.string().regex(/^[a-z][a-z0-9_]{3,15}$/, 'has to be 4 to 16 of a-z, 0-9 and _');
export const databaseName = z.string().regex(/^[a-z][a-z0-9_]{0,29}$/, 'has to be 1 to 30 of a-z, 0-9 and _');

export const password = z
  .string()
  .min(8)
  .max(20)
  .regex(/[A-Za-z]/, 'needs a letter')
  .regex(/[0-9]/, 'needs a digit')
  .regex(/[~!@#$%^*()\-_=[\]{};:,.<>?]/, 'needs a special character')
  .regex(/^[A-Za-z0-9~!@#$%^*()\-_=[\]{};:,.<>?]*$/, 'has a character that is not allowed');

export function refuseReservedName(name: string): void {
  if (reserved.has(name) || name.startsWith('pg_')) throw invalidParameter(`${name} is a reserved name.`);
}

export function refusePasswordWithName(name: string, secret: string | undefined): void {
  if (secret?.includes(name)) throw invalidParameter(`The password of ${name} contains the user name.`);
}

/** Refuses a request that names the same thing twice. */
export function refuseTwins(names: string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin) throw invalidParameter(`${twin} is named more than once.`);
}
