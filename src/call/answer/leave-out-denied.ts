import type { InstanceList, Touches } from '../../define/index.js';
import { textAt } from '../../values/json-path.js';
import { mapLimit } from '../../values/map-limit.js';
import { isRecord, type Values } from '../../values/values.js';
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

/** Leaves out of a list what is of instances that the policy denies to the caller, and counts it. */
export async function leaveOutDenied(
  answer: Values,
  { list, mayRead }: { list: InstanceList; mayRead: ReadRights },
  { touches, input, account, read }: Reading,
): Promise<Narrowed> {
  const items = answer[list.at];
  if (!Array.isArray(items)) return { answer, notes: [] };
  const ownName = (item: unknown) => (list.name ? textAt(item, list.name) : undefined);
  const idOf = (item: unknown) => (list.id ? textAt(item, list.id) : undefined);
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
    const name = isRecord(item) ? await nameOf(item) : undefined;
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
  return { answer: { ...answer, [list.at]: kept }, notes: [note] };
}

const decisionsAtOnce = 24;
