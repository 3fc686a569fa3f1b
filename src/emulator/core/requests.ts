import type { Context } from 'hono';
import { z } from 'zod';

/** One request, read to its end: its handler then runs without a pause, so that requests never interleave. */
export interface BaseCall {
  /** Work that this request starts never ends. */
  isStuck: boolean;
}

export const isStuck = (context: Context): boolean => context.get('stuckJob') === true;

/** Behind the served emulator, the URL that the client saw and signed is another one than the one that arrives. */
export const signedUrl = (context: Context): string => context.req.header('x-sandbox-url') ?? context.req.url;

/** The body as JSON; throws what `refusal` makes where it is none. */
export function parseJson(text: string, refusal: () => Error): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal();
  }
}

/** The value as the schema reads it; throws what `refusal` makes of the issues. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, refusal: (issues: z.core.$ZodIssue[]) => Error): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refusal(result.error.issues);
}

/** The query, in which a key that is repeated becomes a list. */
export const queryOf = (context: Context): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(context.req.queries()).map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
  );

/** How a list is written in a query is documented nowhere: a repeated key and commas are both taken. */
export const queryList = z
  .union([z.string(), z.array(z.string())], 'expected at least one value')
  .transform((value) => (typeof value === 'string' ? value.split(',') : value));

/** Where no field is documented: no body, or an empty object. */
export const nothing = z.strictObject({});

/** One page of the rows. The first one is 0. */
export const pageOf = <T>(rows: readonly T[], { page, size }: { page: number; size: number }): T[] =>
  rows.slice(page * size, (page + 1) * size);
