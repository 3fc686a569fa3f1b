import type { Context } from 'hono';
import * as z from 'zod';
import { type BaseCall, isStuck, isUnclear, parsed, parseJson, queryOf } from '../core/requests.js';
import { invalidArgument } from './replies.js';

export interface Call extends BaseCall {
  /** The text in the path at the place of `:name`. */
  path(name: string): string;
  body<T>(schema: z.ZodType<T>): T;
  query<T>(schema: z.ZodType<T>): T;
}

/** One group of operations: `METHOD /path/:id`, and the fields that each answers in addition to the header. */
export type Routes = Record<string, (call: Call) => object>;

export async function readCall(context: Context): Promise<Call> {
  const text = await context.req.text();
  return {
    path: (name) => context.req.param(name) ?? '',
    body: (schema) => check(schema, text === '' ? {} : parseJson(text, () => invalidArgument('The body is not JSON.'))),
    query: (schema) => check(schema, queryOf(context)),
    isStuck: isStuck(context),
    isUnclear: isUnclear(context),
  };
}

/** Pages count from 1 in requests, and from 0 after parsing. */
export const paging = {
  page: z.coerce
    .number()
    .int()
    .min(1)
    .transform((page) => page - 1),
  size: z.coerce.number().int().min(1).max(100),
};

const check = <T>(schema: z.ZodType<T>, value: unknown): T =>
  parsed(schema, value, (issues) => {
    const reasons = issues.map(({ path, message }) => (path.length ? `${path.join('.')}: ${message}` : message));
    return invalidArgument(reasons.join('; '));
  });
