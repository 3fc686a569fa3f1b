import type { z } from 'zod';
import { isSecretReference, secretFields, shapeOf, type Tool } from '../../define/index.js';
import { mapLeaves } from '../../values/json-path.js';
import { nearestTo } from '../../values/nearest.js';
import { isRecord, type Values } from '../../values/values.js';
import { InputError } from '../errors.js';
import { brokenRules } from './check-rules.js';

/** Checks the arguments against everything that is documented. Throws an `InputError` that names each fault. */
export function checkInput(tool: Pick<Tool, 'input' | 'rules'>, args: unknown): Values {
  const given = args ?? {};
  if (!isRecord(given)) throw new InputError(['The arguments have to be an object.']);
  const strange = [...unknownFields(tool.input, given), ...strayReferences(tool.input, given)];
  if (strange.length > 0) throw new InputError(strange);
  const parsed = tool.input.safeParse(given);
  if (!parsed.success) throw new InputError(faultsOf(parsed.error.issues, given));
  const broken = brokenRules(tool.rules ?? [], parsed.data);
  if (broken.length > 0) throw new InputError(broken);
  return parsed.data;
}

/**
 * Checks arguments in which names stand in place of ids, so that nothing is looked up for a call that cannot work. The
 * places of the names are not judged: the ids that they lead to are.
 */
export function checkAround(tool: Pick<Tool, 'input'>, args: unknown, names: ReadonlySet<string>): Values {
  if (!isRecord(args)) throw new InputError(['The arguments have to be an object.']);
  const strange = [...unknownFields(tool.input, args), ...strayReferences(tool.input, args)];
  const faults = issuesOf(tool.input, args).filter(({ path }) => !names.has(fieldAt(path)));
  const found = strange.length > 0 ? strange : faultsOf(faults, args);
  if (found.length > 0) throw new InputError(found);
  return args;
}

/** Why the operation does not take the value at a place as it is. Undefined where it does. */
export const faultAt = (tool: Pick<Tool, 'input'>, args: unknown, at: string): string | undefined =>
  issuesOf(tool.input, args).find(({ path }) => fieldAt(path) === at)?.message;

const issuesOf = (input: z.ZodObject, args: unknown): readonly z.core.$ZodIssue[] =>
  input.safeParse(args).error?.issues ?? [];

/**
 * A value of the wrong type has no other fault: zod also finds the text of a list too long to be a list. Of two bounds
 * that a number is above, the one of the field comes last, after that of all whole numbers.
 */
function faultsOf(issues: readonly z.core.$ZodIssue[], given: Values): string[] {
  const mistyped = new Set(issues.flatMap(({ path, code }) => (code === 'invalid_type' ? [fieldAt(path)] : [])));
  const bounds = new Map(issues.flatMap((issue) => (issue.code === 'too_big' ? [[fieldAt(issue.path), issue]] : [])));
  const telling = issues.filter((issue) => {
    const at = fieldAt(issue.path);
    if (mistyped.has(at)) return issue.code === 'invalid_type';
    return issue.code !== 'too_big' || bounds.get(at) === issue;
  });
  return [...new Set(telling.map((issue) => faultOf(issue, given)))];
}

function faultOf({ path, message, code }: z.core.$ZodIssue, given: Values): string {
  const value = path.reduce<unknown>(itemOf, given);
  const what = value === '' && code !== 'custom' ? 'must not be empty' : message.replace(/^Invalid input: /, '');
  return `${fieldAt(path) || 'arguments'}: ${what}.`;
}

const itemOf = (found: unknown, key: PropertyKey): unknown =>
  Array.isArray(found) ? found[Number(key)] : isRecord(found) ? found[String(key)] : undefined;

const fieldAt = (path: readonly PropertyKey[]): string =>
  path
    .reduce<string>((text, key) => text + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), '')
    .replace(/^\./, '');

/**
 * Finds unknown names at every level. zod would silently drop nested ones, and a typing error must not change what is
 * sent.
 */
function unknownFields(schema: unknown, value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownFields(schema, item, `${path}[${index}]`));
  const shape = shapeOf(schema);
  if (!shape || !isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const at = path ? `${path}.${name}` : name;
    return Object.hasOwn(shape, name)
      ? unknownFields(shape[name], item, at)
      : [unknownField(at, name, Object.keys(shape))];
  });
}

function unknownField(at: string, name: string, known: readonly string[]): string {
  if (known.length === 0) return `${at} is not an argument: there are none.`;
  const nearest = nearestTo(name, known);
  return nearest
    ? `${at} is not an argument; did you mean ${nearest}?`
    : `${at} is not an argument. There are: ${known.join(', ')}.`;
}

/** Finds references outside secret fields, which would be sent as they are. */
function strayReferences(schema: z.ZodObject, given: Values): string[] {
  const secret = secretFields(schema);
  const stray: string[] = [];
  mapLeaves(given, (leaf, path) => {
    if (typeof leaf === 'string' && isSecretReference(leaf) && !secret.has(path))
      stray.push(`${path}: secret:// references work in secret fields only.`);
    return leaf;
  });
  return stray;
}
