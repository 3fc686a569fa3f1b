import * as z from 'zod';
import { namingArguments, secretFields, shapeOf, type Tool, unwrapOptional } from '../../define/index.js';
import { recordsAt, textsAt, valueAt } from '../../values/json-path.js';
import { isRecord, type Values } from '../../values/values.js';
import type { ResolvedTool } from '../call-context.js';
import { presentValue } from './changes.js';
import { look, openingsOf } from './effect-of.js';
import type { StateReader } from './state-reader.js';
import type { States } from './states.js';

/** A call of an operation as an instance is now. It is no consent to anything. */
export interface PreparedCall {
  arguments: Values;
  /** Required arguments that the instance does not tell. */
  missing: readonly string[];
  /** Optional arguments that are left out. */
  leftOut: readonly string[];
  /** Secret arguments, which are never filled. */
  secret: readonly string[];
  /** Who gets in by what is filled, in words. */
  opens: readonly string[];
}

interface Question {
  resolved: ResolvedTool;
  /** The provider's id of the instance. */
  id: string;
  /** Epoch milliseconds. */
  now: number;
}

/** Fills the arguments of an operation with what the present state of an instance tells. */
export async function prepareCall({ resolved, id, now }: Question, read: StateReader): Promise<PreparedCall> {
  const { tool, toolset, effect = {} } = resolved;
  const { instance } = toolset.touches;
  const { prepares } = effect;
  const own = { [instance.argument]: id };
  const known = await look({ looks: { instance } }, own, read);
  const record = known['instance']?.records[0] ?? {};
  const named = {
    ...idsIn(tool, record, [effect.creates, prepares?.source && instance.argument]),
    ...(prepares?.source === undefined && instance.argument in tool.input.shape && own),
  };
  const looks = { ...effect.looks, ...prepares?.looks };
  const seen = { ...(await look({ looks }, { ...record, ...own, ...named }, read)), ...known };
  const found: [string, unknown][] = [
    ...Object.entries(named),
    ...Object.entries(effect.changes ?? {}).map(([path, rule]): [string, unknown] => [path, presentValue(rule, seen)]),
    ...Object.entries(prepares?.fills ?? {}).map(([path, rule]): [string, unknown] => [path, presentValue(rule, seen)]),
    ...(prepares?.source === undefined ? [] : [[prepares.source, id] satisfies [string, unknown]]),
  ];
  const secret = [...secretFields(tool.input).keys()];
  const args = fitting(
    tool,
    found.filter(([path, value]) => value !== undefined && !secret.includes(path)),
  );
  const { required, optional } = fieldsOf(tool.input, new Set(found.map(([path]) => path)));
  const isGiven = (path: string) => valueAt(args, path) !== undefined;
  return {
    arguments: args,
    missing: required.filter((path) => !isGiven(path) && !secret.includes(path)),
    leftOut: optional.filter((path) => !isGiven(path) && !secret.includes(path)),
    secret,
    opens: [
      ...reachability(prepares?.reachableFrom, args, seen),
      ...openingsOf({ resolved, input: args, shown: { ...unnamed(required), ...args }, now }, seen),
    ],
  };
}

/** Who gets in by what is filled, whether that is many or few. */
function reachability(path: string | undefined, args: Values, seen: States): string[] {
  if (path === undefined) return [];
  const filled = textsAt(args, path);
  const ranges = filled.length > 0 ? filled : (presentValue({ list: path }, seen) as unknown[] | undefined);
  if (ranges === undefined) return ['reachable as the source, from where could not be read.'];
  return ranges.length === 0 ? [] : [`reachable as the source: ${[...new Set(ranges.map(String))].join(', ')}.`];
}

/** Sentences about what is made have something to call it, while nobody has given it a name. */
const unnamed = (required: readonly string[]): Values =>
  Object.fromEntries(required.map((name) => [name, '(to be named)']));

/**
 * The arguments that name something of the instance, where its record has the id under the same name. Not so those that
 * name something else: what is made, or what the instance is the source of.
 */
const idsIn = (tool: Tool, record: Values, others: readonly (string | undefined)[]): Values =>
  Object.fromEntries(
    [...namingArguments(tool)].flatMap((name) => {
      const value = others.includes(name) ? undefined : record[name];
      return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
    }),
  );

/** Sets each value at its path, where the argument takes it. */
function fitting({ input }: Tool, found: readonly [string, unknown][]): Values {
  let values: Values = {};
  for (const [path, value] of found) {
    const schema = schemaAt(input, path);
    const taken = [value, String(value), Number(value)].find((each) => schema?.safeParse(each).success);
    if (taken !== undefined) values = withValue(values, path.split('.'), taken);
  }
  return values;
}

function schemaAt(schema: unknown, path: string): z.ZodType | undefined {
  const found = path.split('.').reduce<unknown>((inner, key) => shapeOf(inner)?.[key.replace('[]', '')], schema);
  return found instanceof z.ZodType ? found : undefined;
}

function withValue(values: Values, [key = '', ...rest]: readonly string[], value: unknown): Values {
  if (key.endsWith('[]')) {
    const name = key.slice(0, -2);
    const [only] = recordsAt(values[name]);
    return { ...values, [name]: [withValue(only ?? {}, rest, value)] };
  }
  const inner = values[key];
  return { ...values, [key]: rest.length === 0 ? value : withValue(isRecord(inner) ? inner : {}, rest, value) };
}

interface Fields {
  required: readonly string[];
  optional: readonly string[];
}

/** The paths of all arguments: those within an object each by itself, and those of a record that is filled in part. */
function fieldsOf(schema: z.ZodObject, filled: ReadonlySet<string>, prefix = ''): Fields {
  const fields = Object.entries(schema.shape).map(([name, field]): Fields => {
    const path = `${prefix}${name}`;
    const inner = unwrapOptional(field);
    const isOptional = field instanceof z.ZodOptional;
    if (inner instanceof z.ZodObject && !isOptional) return fieldsOf(inner, filled, `${path}.`);
    const isFilledInPart = [...filled].some((each) => each.startsWith(`${path}[].`));
    if (inner instanceof z.ZodArray && inner.element instanceof z.ZodObject && isFilledInPart)
      return fieldsOf(inner.element, filled, `${path}[].`);
    return isOptional ? { required: [], optional: [path] } : { required: [path], optional: [] };
  });
  return {
    required: fields.flatMap(({ required }) => required),
    optional: fields.flatMap(({ optional }) => optional),
  };
}
