import type { PlanRead, Target } from '../../define/index.js';
import { textsAt } from '../../values/json-path.js';
import { type Values } from '../../values/values.js';
import { isNotFound, recordsOf, type StateReader, whyUnread } from '../effect/state-reader.js';
import { RefusedError } from '../errors.js';

/** What a plan read found. */
export interface Shown {
  label: string;
  records: readonly Values[];
  /** Each record in words. */
  says?: string;
  /** Shown fields that change by themselves. They are no part of what a person decides on. */
  moves?: readonly string[];
  /** It is decided on all of it. */
  isWhole?: true;
  /** Why there is nothing to show. */
  unreadable?: string;
}

/** Reads the records of what a call is about. Throws when there are none, or when they cannot be read. */
export async function readTarget(target: Target, input: Values, read: StateReader): Promise<Values[]> {
  const listed = target.listedBy ?? target.read;
  const ids = textsAt(input, target.argument);
  const id = ids.join(', ');
  try {
    const { records } = await recordsOf(target, input, read);
    if (records.length >= ids.length) return records;
  } catch (error) {
    const reason = whyUnread(error);
    if (reason === undefined) throw error;
    if (!isNotFound(error)) {
      const message = `The ${target.label} ${id} could not be read before asking (${reason}).`;
      throw new RefusedError('unreadable target', `${message} Nothing was sent. ${target.read} has to work first.`);
    }
  }
  throw new RefusedError(
    'not found',
    `There is no ${target.label} ${id}. Nothing was sent. ${listed} shows which there are.`,
  );
}

/** Reads what helps to decide about the target. When it cannot be read, the plan says so. */
export async function performPlanRead(planRead: PlanRead, values: Values, read: StateReader): Promise<Shown> {
  const { label, shows, says, moves, isWhole } = planRead;
  try {
    const { records } = await recordsOf(planRead, values, read);
    return {
      label,
      records: records.map((record) => pick(record, shows)),
      ...(says && { says }),
      ...(moves && { moves }),
      ...(isWhole && { isWhole }),
    };
  } catch (error) {
    const reason = whyUnread(error);
    if (reason === undefined) throw error;
    return { label, records: [], unreadable: reason };
  }
}

/** The fields to show, as text. */
export const pick = (record: Values, paths: readonly string[]): Values =>
  Object.fromEntries(paths.map((path) => [path, textsAt(record, path).join(', ')]).filter(([, text]) => text !== ''));
