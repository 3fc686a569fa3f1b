import { createHash } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Returns 32 hexadecimal digits that are the same in every run, made from the name of a seeded thing. */
export const fixedHex = (name: string): string => digest(name).toString('hex').slice(0, 32);

/** The same in the form of a UUID. */
export function fixedUuid(name: string): string {
  const hex = fixedHex(name);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** A whole number below `end` that is the same in every run. */
export const fixedNumber = (name: string, end: number): number => digest(name).readUInt32BE() % end;
