import {
  type InstanceRead,
  namingArguments,
  type Seen,
  type Tool,
  type Touches,
  type Way,
} from '../../define/index.js';
import { textAt, textsAt, valuesAt } from '../../values/json-path.js';
import { mapLimit } from '../../values/map-limit.js';
import { type Values } from '../../values/values.js';
import { isNotFound, recordsOf, type StateReader, whyUnread } from './state-reader.js';

/** An instance that a call concerns, as the provider knows it now. */
export interface TouchedInstance {
  /** `account:id`. */
  reference: string;
  /** Absent for an instance that is gone, or whose record could not be read. */
  name?: string;
  state?: string;
  role?: string;
}

/** All instances that a call concerns. None, when the list is empty and nothing is unknown. */
export interface Touched {
  instances: readonly TouchedInstance[];
  /** Why there can be others. */
  unknown?: string;
}

interface Question {
  tool: Tool;
  input: Values;
  account: string;
}

/** Finds the instances that a call concerns, whichever of its arguments names them. Never rejects for a failed read. */
export async function touchedBy(
  { tool, input, account }: Question,
  touches: Touches,
  read: StateReader,
): Promise<Touched> {
  const given = [...namingArguments(tool), ...(tool.selects ?? [])].filter((name) => textsAt(input, name).length > 0);
  const parts = await Promise.all(given.map((argument) => partOf(argument, { given, input, touches, read })));
  const records = new Map(parts.flatMap(({ records }) => [...records]));
  const { instance } = touches;
  // A plan shows the state too. A read is judged by names alone.
  const needed = tool.risk === 'read' ? [instance.name] : [instance.name, instance.state];
  const isKnown = (record: Values) => needed.every((path) => textAt(record, path) !== undefined);
  const unknownIds = [...records].flatMap(([id, record]) => (isKnown(record) ? [] : [id]));
  const isListed = tool.risk === 'read' && tool.name !== instance.read;
  const looked = await (isListed ? instancesListed : instancesRead)(unknownIds, { touches, input, read });
  const instances = [...records].map(([id, record]) => instanceOf(id, looked.get(id) ?? record, { instance, account }));
  const unknown = [...new Set(parts.flatMap((part) => part.unknown ?? []))].join(' ');
  return { instances, ...(unknown && { unknown }) };
}

/** Adds the instances that a call concerns although none of its arguments names them. */
export function withConcerned(named: Touched, found: Seen | undefined, where: Where): Touched {
  const others = (found?.records ?? []).flatMap((record) => {
    const id = textAt(record, where.instance.id);
    return id === undefined ? [] : [instanceOf(id, record, where)];
  });
  const known = new Set(named.instances.map(({ reference }) => reference));
  const unknown = [named.unknown, found?.unread].filter(Boolean).join(' ');
  return {
    instances: [...named.instances, ...others.filter(({ reference }) => !known.has(reference))],
    ...(unknown && { unknown }),
  };
}

interface Where {
  instance: InstanceRead;
  account: string;
}

function instanceOf(id: string, record: Values, { instance, account }: Where): TouchedInstance {
  const { name, state, role = '' } = instance;
  const first = (path: string) => (path === '' ? undefined : textAt(record, path));
  return { reference: `${account}:${id}`, name: first(name), state: first(state), role: first(role) };
}

const readsAtOnce = 24;

interface Part {
  /** The record of each instance by its id. It is empty where only the id is known. */
  records: ReadonlyMap<string, Values>;
  unknown?: string;
}

interface Lead {
  given: readonly string[];
  input: Values;
  touches: Touches;
  read: StateReader;
}

async function partOf(argument: string, { given, input, touches, read }: Lead): Promise<Part> {
  const { instance, ways } = touches;
  if (argument === instance.argument) return { records: new Map(textsAt(input, argument).map((id) => [id, {}])) };
  const way = ways.find((each) => each.arguments.includes(argument));
  if (!way) return { records: new Map(), unknown: `What ${argument} leads to is not known.` };
  if ('none' in way) return none;
  if ('unknown' in way) return { records: new Map(), unknown: way.unknown };
  if ('through' in way) {
    if (way.through.some((other) => given.includes(other))) return none;
    return {
      records: new Map(),
      unknown: `Without ${way.through.join(' or ')} it is not known what ${argument} is of.`,
    };
  }
  try {
    // The ways of several arguments are the same for each, so they know its value by a name of their own.
    const found = await Promise.all(textsAt(input, argument).map((named) => recordsOf(way, { ...input, named }, read)));
    const records = idsIn(
      found.flatMap((each) => each.records),
      way,
    );
    if (found.some(({ isComplete }) => !isComplete))
      return { records, unknown: `There is more than was read to find what ${argument} concerns.` };
    const isMissing = records.size === 0 && !(way.orNone && found.every(({ isTold }) => isTold));
    return { records, ...(isMissing && { unknown: `Which instance ${argument} belongs to was not found.` }) };
  } catch (error) {
    const reason = whyUnread(error);
    if (reason === undefined) throw error;
    return { records: new Map(), unknown: `Which instances it concerns could not be read (${reason}).` };
  }
}

const none: Part = { records: new Map() };

/** A record that holds one id is that of the instance; one that holds several only names them. */
function idsIn(records: readonly Values[], way: Extract<Way, { id: string }>): ReadonlyMap<string, Values> {
  return new Map(
    records.flatMap((record) => {
      const ids = textsAt(record, way.id);
      return ids.map((id): [string, Values] => [
        id,
        ids.length === 1 && valuesAt(record, way.id).length === 1 ? record : {},
      ]);
    }),
  );
}

interface Reading {
  touches: Pick<Touches, 'instance' | 'inventory'>;
  input: Values;
  read: StateReader;
}

/** The record of each instance by its id. It is empty when there is none, or when it cannot be read. */
type Records = ReadonlyMap<string, Values>;

/** The records as the list of all instances has them, which is one request however many are asked for. */
export async function instancesListed(ids: readonly string[], { touches, input, read }: Reading): Promise<Records> {
  const { inventory, instance } = touches;
  if (!inventory) return instancesRead(ids, { touches, input, read });
  if (ids.length === 0) return new Map();
  const records = await unlessUnread(async () => (await recordsOf(inventory, input, read)).records);
  return new Map(ids.map((id) => [id, records.find((record) => textAt(record, instance.id) === id) ?? {}]));
}

/** The records as each instance's own read has them. */
async function instancesRead(ids: readonly string[], { touches, input, read }: Reading): Promise<Records> {
  const { instance } = touches;
  const found = await mapLimit(ids, readsAtOnce, async (id): Promise<[string, Values]> => {
    const values = { ...input, [instance.argument]: id };
    const records = await unlessUnread(async () => (await recordsOf(instance, values, read)).records);
    return [id, records.find((record) => textAt(record, instance.id) === id) ?? {}];
  });
  return new Map(found);
}

/** Nothing, where what is read does not exist or cannot be read. */
async function unlessUnread(read: () => Promise<Values[]>): Promise<Values[]> {
  try {
    return await read();
  } catch (error) {
    if (isNotFound(error) || whyUnread(error) !== undefined) return [];
    throw error;
  }
}
