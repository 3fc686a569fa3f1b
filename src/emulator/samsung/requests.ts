import type { Context } from 'hono';
import { z } from 'zod';
import { invalid } from './replies.js';

/** One signed request, its body already read: handlers run without a pause, so requests never interleave. */
export interface Call {
  /** What stands in the path where the route has `:name`. */
  path(name: string): string;
  body<T>(schema: z.ZodType<T>): T;
  query<T>(schema: z.ZodType<T>): T;
  /** Without the header the newest version of the API answers. */
  apiVersion: string;
  /** Work that this request starts never ends. */
  stuck: boolean;
}

/** One group of operations: `METHOD /path/:id` and what it answers. */
export type Routes = Record<string, (call: Call) => object>;

const newestApiVersion = 'postgresql 1.1';

export async function readCall(context: Context): Promise<Call> {
  const text = await context.req.text();
  return {
    path: (name) => context.req.param(name) ?? '',
    body: (schema) => check(schema, parseJson(text)),
    query: (schema) => check(schema, context.req.query()),
    apiVersion: context.req.header('scp-api-version') ?? newestApiVersion,
    stuck: context.get('stuckJob') === true,
  };
}

/** Where no field is documented: no body, or an empty object. */
export const nothing = z.strictObject({});

const wholeNumber = z.coerce.number().int().min(0);
export const paging = { size: wholeNumber.default(20), page: wholeNumber.default(0) };
export const sorting = (fields: readonly string[]) =>
  z
    .string()
    .regex(new RegExp(`^(${fields.join('|')}):(asc|desc)$`))
    .default('name:asc');

/** The first page is 0. */
export const pageOf = <T>(rows: T[], { page, size }: { page: number; size: number }): T[] =>
  rows.slice(page * size, (page + 1) * size);

/** `order` is `field:asc` or `field:desc`; the fields are those of the answer. */
export function sorted<T extends object>(rows: T[], order: string): T[] {
  const [field = '', direction] = order.split(':');
  const sign = direction === 'desc' ? -1 : 1;
  const keyOf = (row: T) => String(new Map(Object.entries(row)).get(field) ?? '');
  return rows.toSorted((a, b) => sign * keyOf(a).localeCompare(keyOf(b)));
}

export function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // As the real service: how many values are wrong, but not which.
  throw invalid(result.error.issues.map(() => 'value_error'));
}

function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The body is not JSON.');
  }
}
