import { textAt } from '../../values/json-path.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { isRecord } from '../../values/values.js';
import type { Read } from '../adapter.js';
import type { ProviderObservations } from '../instance.js';

const hasZone = /(Z|[+-]\d\d:?\d\d)$/;
const isWithoutZone = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/** A time at a path, as ISO 8601 in UTC. Absent when it names no zone, because a guess could be wrong by hours. */
export function momentAt(value: unknown, path: string): string | undefined {
  const text = textAt(value, path) ?? '';
  return hasZone.test(text) ? momentOf(text) : undefined;
}

/** The same for a provider whose times are in UTC where they name no zone. */
export function utcMomentAt(value: unknown, path: string): string | undefined {
  const text = textAt(value, path) ?? '';
  return isWithoutZone.test(text) ? momentOf(`${text.replace(' ', 'T')}Z`) : momentAt(value, path);
}

function momentOf(text: string): string | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

export const newest = (moments: readonly (string | undefined)[]): string | undefined =>
  moments
    .filter((moment) => moment !== undefined)
    .toSorted()
    .at(-1);

/** Absent also when one of them could not be read, because that one may be the oldest. */
export function oldest(moments: readonly (string | undefined)[]): string | undefined {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === moments.length ? known.toSorted()[0] : undefined;
}

export interface NotingRead {
  read: Read;
  /** The times that were in the answers and cannot be read, one for each field. */
  unreadable: () => ProviderObservations['unavailable'];
}

/** Reads, and notes the times of the answers that name no zone, so that what they tell is not taken for absent. */
export function notingTimes(read: Read): NotingRead {
  const noted = new Map<string, string>();
  return {
    read: async (tool, input) => {
      const answer = await read(tool, input);
      for (const [field, text] of timesIn(answer)) noted.set(field, text);
      return answer;
    },
    unreadable: () =>
      [...noted].map(([field, text]) => ({
        what: sanitizeText(field),
        why: `"${sanitizeText(text)}" could not be read, since it names no time zone`,
      })),
  };
}

/** One answer may be read for many instances. */
const known = new WeakMap<object, ReturnType<typeof timesWithoutZone>>();

function timesIn(answer: object): ReturnType<typeof timesWithoutZone> {
  const found = known.get(answer) ?? timesWithoutZone(answer);
  known.set(answer, found);
  return found;
}

/** The fields at any depth that hold such a time. */
export function timesWithoutZone(value: unknown, field = ''): [field: string, text: string][] {
  if (typeof value === 'string') return isWithoutZone.test(value) ? [[field, value]] : [];
  if (Array.isArray(value)) return value.flatMap((item) => timesWithoutZone(item, field));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => timesWithoutZone(item, key));
}
