import type { Context } from 'hono';
import { z } from 'zod';
import { invalidField, type Reply } from './replies.js';

/** One authorized request, its body already read: handlers run without a pause, so requests never interleave. */
export interface Call {
  /** The number that stands in the path where the route has `:name`. */
  id(name: string): number;
  body<T>(schema: z.ZodType<T>, mediaType: string): T;
  query<T>(schema: z.ZodType<T>): T;
  /** The client id that the token was given to. */
  client: string;
  /** Actions that this request starts never end. */
  stuck: boolean;
}

/** One group of operations: `METHOD /path/:id` and how it is answered. */
export type Routes = Record<string, (call: Call) => Reply>;

export async function readCall(context: Context, client: string): Promise<Call> {
  const text = await context.req.text();
  return {
    id: (name) => check(pathId, context.req.param(name), name),
    body: (schema, mediaType) => {
      // How a wrong content type is refused is not documented: it is named like a field.
      if (mediaTypeOf(context) !== mediaType) throw invalidField('Content-Type');
      return check(schema, parseJson(text), 'body');
    },
    query: (schema) => check(schema, single(context.req.queries()), 'query'),
    client,
    stuck: context.get('stuckJob') === true,
  };
}

/** Refuses the request with the first field of `value` that does not fit; `whole` names the value itself. */
export function check<T>(schema: z.ZodType<T>, value: unknown, whole: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidField(fieldOf(result.error.issues) || whole);
}

function fieldOf([issue]: z.core.$ZodIssue[]): string {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...(issue?.path ?? []), ...unknown].join('.');
}

const pathId = z.coerce.number().int().min(1);

const mediaTypeOf = (context: Context) => context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidField('body');
  }
}

const single = (queries: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(queries).map(([key, values]) => [key, values.length === 1 ? values[0] : values]));
