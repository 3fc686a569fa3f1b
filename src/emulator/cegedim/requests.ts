import type { Context } from 'hono';
import * as z from 'zod';
import { type BaseCall, isStuck, isUnclear, parsed, parseJson, queryOf } from '../core/requests.js';
import { invalidField, type Reply } from './replies.js';

export interface Call extends BaseCall {
  /** The number in the path at the place of `:name`. */
  id(name: string): number;
  body<T>(schema: z.ZodType<T>, mediaType: string): T;
  query<T>(schema: z.ZodType<T>): T;
  /** The client id that the token was given to. */
  client: string;
}

/** One group of operations: `METHOD /path/:id` and the handler of each. */
export type Routes = Record<string, (call: Call) => Reply>;

export async function readCall(context: Context, client: string): Promise<Call> {
  const text = await context.req.text();
  return {
    id: (name) => check(pathId, context.req.param(name), name),
    body: (schema, mediaType) => {
      // The documents do not say how a wrong content type is refused. Here it is named like a field.
      if (mediaTypeOf(context) !== mediaType) throw invalidField('Content-Type');
      return check(
        schema,
        parseJson(text, () => invalidField('body')),
        'body',
      );
    },
    query: (schema) => check(schema, queryOf(context), 'query'),
    client,
    isStuck: isStuck(context),
    isUnclear: isUnclear(context),
  };
}

/** Refuses the request with the first invalid field of `value`. `whole` is the name of the value itself. */
export const check = <T>(schema: z.ZodType<T>, value: unknown, whole: string): T =>
  parsed(schema, value, (issues) => invalidField(fieldOf(issues) || whole));

function fieldOf([issue]: z.core.$ZodIssue[]): string {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...(issue?.path ?? []), ...unknown].join('.');
}

const pathId = z.coerce.number().int().min(1);

const mediaTypeOf = (context: Context) => context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
