import { sanitizeWords } from '../../../values/sanitize-text.js';
import { type Values } from '../../../values/values.js';
import type { LookResult } from './look-inside.js';

/** What stands in the answer of one tool about one instance. */
export interface ToldInside {
  headline: string;
  lines: readonly string[];
  fields: Values;
}

/** The answers about several instances as one: what was seen of each, and why nothing was seen of others. */
export function tellInside<T>(
  results: readonly LookResult<T>[],
  tell: (seen: T, result: LookResult<T>) => ToldInside,
): { lines: readonly string[]; data: readonly Values[]; notes: readonly string[] } {
  const told = results.map((result) => {
    const { reference, name } = result.instance;
    const label = `${sanitizeWords(name)} (${reference})`;
    if ('why' in result)
      return {
        lines: [`${label}: not seen, ${result.why}`],
        data: { instance: reference, notSeen: result.why },
        notes: [],
      };
    const { headline, lines, fields } = tell(result.seen, result);
    return {
      lines: [`${label}: ${headline}`, ...lines],
      data: { instance: reference, name, ...fields },
      notes: result.notes,
    };
  });
  return {
    lines: told.flatMap(({ lines }) => lines),
    data: told.map(({ data }) => data),
    notes: [...new Set(told.flatMap(({ notes }) => notes))],
  };
}
