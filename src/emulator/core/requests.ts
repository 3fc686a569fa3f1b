import type { Context } from 'hono';
import * as z from 'zod';

/** One request that was read to its end. Its handler then runs without a pause, so that requests never interleave. */
export interface BaseCall {
  /** Whether work that this request starts never ends. */
  isStuck: boolean;
  /** Whether the state of what it changes is unclear on the way. */
  isUnclear: boolean;
}

export const isUnclear = (context: Context): boolean => context.get('unclearState') === true;

export const isStuck = (context: Context): boolean => context.get('stuckJob') === true;

/** The URL that the client saw and signed. Over the served emulator, it differs from the URL that arrives. */
export const signedUrl = (context: Context): string => context.req.header('x-sandbox-url') ?? context.req.url;

/** Parses the body as JSON. Throws the error that `refusal` makes for a body that is not JSON. */
export function parseJson(text: string, refusal: () => Error): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal();
  }
}

/** Parses a value with a schema. Throws the error that `refusal` makes from the issues. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, refusal: (issues: z.core.$ZodIssue[]) => Error): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refusal(result.error.issues);
}

/** The query. A repeated key becomes a list. */
export const queryOf = (context: Context): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(context.req.queries()).map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
  );

/** The documents do not say how a list is written in a query, so a repeated key and commas are both accepted. */
export const queryList = z
  .union([z.string(), z.array(z.string())], 'expected at least one value')
  .transform((value) => (typeof value === 'string' ? value.split(',') : value));

/** For operations without documented fields: no body, or an empty object. */
export const nothing = z.strictObject({});

/** One page of the rows. The first page is 0. */
export const pageOf = <T>(rows: readonly T[], { page, size }: { page: number; size: number }): T[] =>
  rows.slice(page * size, (page + 1) * size);
