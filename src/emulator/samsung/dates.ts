import { createHash } from 'node:crypto';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Backups start at an hour of Korean time, and are numbered by it. */
export const koreanOffset = 9 * hour;

/** As in the documented examples: UTC without milliseconds. */
export const utc = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** An id that is the same in every run: the seeded resources are known by their names. */
export const fixedId = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 32);
