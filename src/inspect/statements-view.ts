import type { ServerFacts } from './check.js';

/** The extension that counts statements. */
export const statementsExtension = 'pg_stat_statements';

/** The view of the extension as it is in one database. Its columns go by its own version, not by the server's. */
export interface StatementsView {
  /** Its name with its schema, as the server quoted it. */
  name: string;
  total: string;
  mean: string;
  /** The view that tells since when is counted, and what was dropped. */
  info?: string;
  hasTopLevel: boolean;
  hasSince: boolean;
}

/** Undefined where the extension is not in the database. */
export function statementsViewOf({ extensions }: Pick<ServerFacts, 'extensions'>): StatementsView | undefined {
  const found = extensions.get(statementsExtension);
  if (!found) return undefined;
  const minor = Number(found.version.split('.')[1] ?? 0);
  return {
    name: `${found.schema}.pg_stat_statements`,
    total: minor >= 8 ? 'total_exec_time' : 'total_time',
    mean: minor >= 8 ? 'mean_exec_time' : 'mean_time',
    ...(minor >= 9 && { info: `${found.schema}.pg_stat_statements_info` }),
    hasTopLevel: minor >= 9,
    hasSince: minor >= 11,
  };
}
