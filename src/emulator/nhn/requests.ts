import type { Context } from 'hono';
import { z } from 'zod';
import { invalidArgument } from './replies.js';

/** One authorized request, its body already read: handlers run without a pause, so requests never interleave. */
export interface Call {
  /** What stands in the path where the route has `:name`. */
  path(name: string): string;
  body<T>(schema: z.ZodType<T>): T;
  query<T>(schema: z.ZodType<T>): T;
  /** Jobs that this request starts never end. */
  stuck: boolean;
}

/** One group of operations: `METHOD /path/:id` and what it answers beside the header. */
export type Routes = Record<string, (call: Call) => object>;

export async function readCall(context: Context): Promise<Call> {
  const text = await context.req.text();
  return {
    path: (name) => context.req.param(name) ?? '',
    body: (schema) => check(schema, parseJson(text)),
    query: (schema) => check(schema, single(context.req.queries())),
    stuck: context.get('stuckJob') === true,
  };
}

/** Where no field is documented: no body, or an empty object. */
export const nothing = z.strictObject({});

/** How a list is written in a query is not documented: a repeated key and commas are both taken. */
export const queryList = z
  .union([z.string(), z.array(z.string())], 'expected at least one value')
  .transform((value) => (typeof value === 'string' ? value.split(',') : value));

export const id = z.guid();
export const name = z.string().min(1).max(100);
/** Date and time with an offset, as epoch milliseconds. */
export const time = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));
export const clock = z.iso.time();
export const windowDuration = z.enum([
  'HALF_AN_HOUR',
  'ONE_HOUR',
  'ONE_HOUR_AND_HALF',
  'TWO_HOURS',
  'TWO_HOURS_AND_HALF',
  'THREE_HOURS',
]);
export const paging = { page: z.coerce.number().int().min(1), size: z.coerce.number().int().min(1).max(100) };

export const pageOf = <T>(rows: T[], { page, size }: { page: number; size: number }): T[] =>
  rows.slice((page - 1) * size, page * size);

function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw invalidArgument('The body is not JSON.');
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const reasons = result.error.issues.map(({ path, message }) =>
    path.length ? `${path.join('.')}: ${message}` : message,
  );
  throw invalidArgument(reasons.join('; '));
}

const single = (queries: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(queries).map(([key, values]) => [key, values.length === 1 ? values[0] : values]));
