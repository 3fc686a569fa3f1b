import * as z from 'zod';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import { type Values } from '../../../values/values.js';
import { inspectScope, type LookResult } from './look-inside.js';

/** What all tools have in common that look inside and change nothing. */
export const lookTool = {
  readOnly: true,
  destructive: false,
  idempotent: true,
  group: 'inspect',
  scope: inspectScope,
  output: z.object({ inside: z.array(z.object({ instance: z.string() }).loose()) }).loose(),
} as const;

/** What stands in the answer of one tool about one instance. */
export interface ToldInside {
  headline: string;
  lines: readonly string[];
  fields: Values;
}

/** The answers about several instances as one: what was seen of each, and why nothing was seen of others. */
export async function tellInside<T>(
  results: readonly LookResult<T>[],
  tell: (seen: T, result: LookResult<T>) => ToldInside | Promise<ToldInside>,
): Promise<{ lines: readonly string[]; data: readonly Values[]; notes: readonly string[] }> {
  const telling = results.map(async (result) => {
    const { reference, name } = result.instance;
    const label = `${sanitizeWords(name)} (${reference})`;
    if ('why' in result)
      return {
        lines: [`${label}: not seen, ${result.why}`],
        data: { instance: reference, notSeen: result.why },
        notes: [],
      };
    const { headline, lines, fields } = await tell(result.seen, result);
    return {
      lines: [`${label}: ${headline}`, ...lines],
      data: { instance: reference, name, ...fields },
      notes: result.notes,
    };
  });
  const told = await Promise.all(telling);
  return {
    lines: told.flatMap(({ lines }) => lines),
    data: told.map(({ data }) => data),
    notes: [...new Set(told.flatMap(({ notes }) => notes))],
  };
}
