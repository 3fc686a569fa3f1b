import type { Context } from 'hono';
import * as z from 'zod';
import { type BaseCall, isStuck, isUnclear, parsed, parseJson } from '../core/requests.js';
import { FaultyFields, invalid } from './replies.js';

export interface Call extends BaseCall {
  /** The text in the path at the place of `:name`. */
  path(name: string): string;
  body<T>(schema: z.ZodType<T>): T;
  query<T>(schema: z.ZodType<T>): T;
  /** Without the header, the newest version of the API answers. */
  apiVersion: string;
}

/** One group of operations: `METHOD /path/:id` and the answer of each. */
export type Routes = Record<string, (call: Call) => object>;

const newestApiVersion = 'postgresql 1.1';

export async function readCall(context: Context): Promise<Call> {
  const text = await context.req.text();
  return {
    path: (name) => context.req.param(name) ?? '',
    body: (schema) => check(schema, text === '' ? {} : parseJson(text, () => invalid('The body is not JSON.')), 'body'),
    query: (schema) => check(schema, context.req.query(), 'query'),
    apiVersion: context.req.header('scp-api-version') ?? newestApiVersion,
    isStuck: isStuck(context),
    isUnclear: isUnclear(context),
  };
}

const wholeNumber = z.coerce.number().int().min(0);
export const paging = { size: wholeNumber.default(20), page: wholeNumber.default(0) };
export const sorting = (fields: readonly string[]) =>
  z
    .string()
    .regex(new RegExp(`^(${fields.join('|')}):(asc|desc)$`))
    .default('name:asc');

/** `order` is `field:asc` or `field:desc`. The fields are those of the answer. */
export function sorted<T extends object>(rows: T[], order: string): T[] {
  const [field = '', direction] = order.split(':');
  const sign = direction === 'desc' ? -1 : 1;
  const keyOf = (row: T) => String(new Map(Object.entries(row)).get(field) ?? '');
  return rows.toSorted((a, b) => sign * keyOf(a).localeCompare(keyOf(b)));
}

/** The faults of single values are told one by one, and each names its place. */
export const check = <T>(schema: z.ZodType<T>, value: unknown, part: 'path' | 'query' | 'body'): T =>
  parsed(schema, value, (issues) => {
    const faults = issues.map(({ path, message }) => {
      const loc = [part, ...path.map(String)];
      return { msg: message, loc, ctx: {}, type_: 'value_error' };
    });
    return new FaultyFields(faults);
  });
