import { textAt, textsAt } from '../../values/json-path.js';
import type { Values } from '../../values/values.js';
import type { Accounts, ResolvedTool } from '../call-context.js';
import type { ResolvedName } from '../effect/resolved-name.js';
import { isNotFound, type StateReader } from '../effect/state-reader.js';
import { RefusedError } from '../errors.js';
import { thingsOf } from './given-names.js';
import { alsoNamed, answerableList, recordsIn } from './name-lists.js';

/** Whether what a call is about was not found. */
export const isMissing = (error: unknown): boolean =>
  isNotFound(error) || (error instanceof RefusedError && error.outcome === 'not found');

/**
 * Finds instances whose name is the id of the instance that a call is about, so that a person who is asked can tell
 * them apart, and so that a name in the form of an id is not lost. It is looked for beside what the plan reads, and
 * where nothing has the id. None are found where they cannot be read.
 */
export async function namesakesOf(
  { toolset }: Pick<ResolvedTool, 'toolset'>,
  input: Values,
  read: StateReader,
  accounts: Accounts,
): Promise<readonly ResolvedName[]> {
  const { argument } = toolset.touches.instance;
  const thing = thingsOf(toolset).get(argument);
  const ids = textsAt(input, argument);
  if (!thing || ids.length === 0) return [];
  try {
    const { list } = await answerableList(thing, input, accounts);
    const found = list && (await recordsIn(list, input, read));
    if (!list || !found || 'unread' in found) return [];
    return ids.flatMap((id) => {
      const others = found.records.filter(
        (record) => textAt(record, list.name) === id && textAt(record, list.id) !== id,
      );
      return others.length > 0 ? [{ at: argument, given: id, id, besides: alsoNamed(id, others, list) }] : [];
    });
  } catch (error) {
    if (error instanceof RefusedError) return [];
    throw error;
  }
}
