import type { InstanceList, Touches } from '../../define/index.js';
import { textAt } from '../../values/json-path.js';
import { mapLimit } from '../../values/map-limit.js';
import { type Values } from '../../values/values.js';
import type { StateReader } from '../effect/state-reader.js';
import { instancesListed } from '../effect/touched.js';
import type { ReadRights } from '../guard/read-rights.js';

export interface Narrowed {
  answer: Values;
  /** Says how many items were left out. */
  notes: readonly string[];
}

interface Reading {
  touches: Touches;
  input: Values;
  account: { name: string; provider: string };
  read: StateReader;
}

/** Leaves out of lists what is of instances that the policy denies to the caller, and counts it. */
export async function leaveOutDenied(
  given: Values,
  { lists, mayRead }: { lists: InstanceList | readonly InstanceList[]; mayRead: ReadRights },
  reading: Reading,
): Promise<Narrowed> {
  const narrowed: { answer: Values; notes: string[] } = { answer: given, notes: [] };
  for (const list of [lists].flat()) {
    const { answer, notes } = await narrowedIn(narrowed.answer, { list, mayRead }, reading);
    narrowed.answer = answer;
    narrowed.notes.push(...notes);
  }
  return narrowed;
}

async function narrowedIn(
  answer: Values,
  { list, mayRead }: { list: InstanceList; mayRead: ReadRights },
  { touches, input, account, read }: Reading,
): Promise<Narrowed> {
  const held = answer[list.at];
  if (held === undefined || held === null || held === '') return { answer, notes: [] };
  const items: unknown[] = [held].flat();
  const textIn = (item: unknown, path?: string) => (path === undefined ? undefined : textAt(item, path));
  const ownName = (item: unknown) => textIn(item, list.name);
  const idOf = (item: unknown) => textIn(item, list.id);
  const ids = items.flatMap((item: unknown) => (ownName(item) ? [] : (idOf(item) ?? [])));
  let listed: Promise<ReadonlyMap<string, Values>> | undefined;
  const nameOf = async (item: unknown): Promise<string | undefined> => {
    const id = ownName(item) ? undefined : idOf(item);
    if (id === undefined) return ownName(item);
    // No rule may want instances at all, so nothing is read before one does.
    listed ??= instancesListed([...new Set(ids)], { touches, input, read });
    return textAt((await listed).get(id), touches.instance.name);
  };
  const instances = (item: unknown) => async () => {
    const name = await nameOf(item);
    return { names: name === undefined ? [] : [name], isUnknown: name === undefined };
  };
  const { provider, name: of } = account;
  const refusals = await mapLimit(items, decisionsAtOnce, (item: unknown) =>
    mayRead({ provider, account: of, instances: instances(item) }),
  );
  const kept = items.filter((_, index) => refusals[index] === undefined);
  const count = items.length - kept.length;
  if (count === 0) return { answer, notes: [] };
  const note = `Left out: ${count} of ${list.at}, which the policy of this server does not let this caller read.`;
  return { answer: { ...answer, [list.at]: Array.isArray(held) ? kept : null }, notes: [note] };
}

const decisionsAtOnce = 24;
