import * as z from 'zod';
import { secretRules, shapeOf, type Tool, unwrapOptional } from '../../define/index.js';
import { isRecord, type Values } from '../../values/values.js';

/** What of a tool decides how its arguments are understood. */
export type Understanding = Pick<Tool, 'input' | 'risk' | 'selects'>;

/**
 * The arguments as the caller meant them. Models and hosts write `"5"` for 5, a list as its JSON, or `null` for what
 * they leave out. A value is only changed where the check would refuse it, and only if nothing is lost by it, so that
 * everything after this step sees one spelling. What cannot be understood stays as it is, for the check to refuse.
 */
export function intendedArguments({ input, risk, selects = [] }: Understanding, args: unknown): unknown {
  if (!isRecord(args) || input.safeParse(args).success) return args;
  const mayBeEmpty = (name: string) => risk === 'read' && !selects.includes(name);
  return fieldsOf(input, args, mayBeEmpty);
}

type MayBeEmpty = (name: string) => boolean;

function fieldsOf(schema: z.ZodObject, values: Values, mayBeEmpty: MayBeEmpty): Values {
  const shape = shapeOf(schema) ?? {};
  const entries = Object.entries(values).flatMap(([name, value]) => {
    if (!Object.hasOwn(shape, name)) return [[name, value]];
    const isLeftOut = value === null || (value === '' && mayBeEmpty(name));
    if (isLeftOut && isRefused(shape[name], value) && !isRefused(shape[name], undefined)) return [];
    return [[name, intended(shape[name], value, mayBeEmpty)]];
  });
  return Object.fromEntries(entries);
}

function intended(schema: unknown, value: unknown, mayBeEmpty: MayBeEmpty): unknown {
  const inner = unwrapOptional(schema);
  if (!(inner instanceof z.ZodType) || secretRules.has(inner) || !isRefused(inner, value)) return value;
  const written = otherSpelling(value);
  const typed = written !== undefined && hasType(inner, written) ? written : value;
  if (inner instanceof z.ZodArray && Array.isArray(typed))
    return typed.map((item) => intended(inner.element, item, mayBeEmpty));
  return inner instanceof z.ZodObject && isRecord(typed) ? fieldsOf(inner, typed, mayBeEmpty) : typed;
}

const isRefused = (schema: unknown, value: unknown): boolean =>
  schema instanceof z.ZodType && !schema.safeParse(value).success;

/** Whether a value is of the wanted type, even if it is too large or contains something that is wrong. */
function hasType(schema: z.ZodType, value: unknown): boolean {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return !issues.some(({ path, code }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'));
}

/** A fraction has no other spelling, because the version 16.10 that is sent as a number is 16.1 from then on. */
function otherSpelling(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === 'string' ? parsedExactly(value) : undefined;
}

/** What a text is the JSON of. Undefined where reading it loses something, such as a repeated name or a digit. */
export function parsedExactly(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'number') return String(value) === text && !text.includes('e') ? value : undefined;
    const isWhole = typeof value === 'object' && value !== null && JSON.stringify(value) === plain(text);
    return isWhole ? value : undefined;
  } catch {
    return undefined;
  }
}

/** JSON without the spaces between its parts, and with each of its texts in the usual spelling. */
const plain = (json: string): string =>
  (json.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? [])
    .map((part) => (part.startsWith('"') ? JSON.stringify(JSON.parse(part)) : part))
    .join('');
