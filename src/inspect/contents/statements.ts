import type { ServerFacts } from '../check.js';
import { numberOf, textOf, timeOf } from '../checks/reading.js';
import { LookError } from '../look-error.js';
import type { Query, Row } from '../open-look.js';
import { type StatementsView, statementsExtension, statementsViewOf } from '../statements-view.js';

/** What statements can be sorted by. */
export const statementOrders = ['total', 'mean', 'calls', 'reads', 'temp'] as const;
export type StatementOrder = (typeof statementOrders)[number];

/** A statement without its constants, with what all its runs took. */
export interface CountedStatement {
  /** Absent where the statement is hidden from the role that looks. */
  queryId?: string;
  login?: string;
  database?: string;
  calls: number;
  /** Milliseconds. */
  total: number;
  mean: number;
  /** Of the time of all statements. */
  percent: number;
  rows: number;
  /** Bytes that were not in the buffers of the server. */
  readBytes: number;
  /** Bytes that sorts and the like wrote to disk. */
  tempBytes: number;
  /** Since when this one is counted, as epoch milliseconds. */
  since?: number;
  /** Run inside a function or procedure. */
  isNested: boolean;
  /** The whole text as the server has it. It is never shown as it is. */
  rawStatement?: string;
}

export interface SeenStatements {
  statements: readonly CountedStatement[];
  /** Of all, on whatever page. */
  count: number;
  hidden: number;
  /** Since when all are counted, as epoch milliseconds, where the extension tells. */
  since?: number;
  /** How often the rarest ones were dropped, since there were more than are counted. */
  dropped: number;
}

export interface StatementsPage {
  by: StatementOrder;
  offset: number;
  limit: number;
}

/** Reads a page of the statements that are counted. Undefined where nothing counts them. */
export async function readStatements(
  query: Query,
  facts: ServerFacts,
  page: StatementsPage,
): Promise<SeenStatements | undefined> {
  const view = statementsViewOf(facts);
  if (!view) return undefined;
  try {
    const text = statementsText(view, page.by);
    const rows = await query({ text, values: [page.limit, page.offset] });
    // Each row counts all. Where a page begins after the last of them, the first one is asked.
    const [counted] = rows.length > 0 || page.offset === 0 ? rows : await query({ text, values: [1, 0] });
    const [info] = view.info === undefined ? [] : await query({ text: infoText(view.info) });
    return {
      statements: rows.map(statementOf),
      count: numberOf(counted, 'count') ?? 0,
      hidden: numberOf(counted, 'hidden') ?? 0,
      since: timeOf(info, 'since'),
      dropped: numberOf(info, 'dropped') ?? 0,
    };
  } catch (error) {
    throw withGrant(error, facts);
  }
}

/** SQLSTATE of a right that is missing. */
const insufficientPrivilege = '42501';

/** Names the right that a role lacks to see the view at all. */
export function withGrant(error: unknown, { extensions, role }: ServerFacts): unknown {
  const home = extensions.get(statementsExtension)?.schema;
  if (!(error instanceof LookError) || error.code !== insufficientPrivilege || home === undefined) return error;
  const grant = `GRANT USAGE ON SCHEMA ${home} TO ${role.quoted};`;
  return new LookError(error.fault, `${error.message} An owner lets it be seen with: ${grant}`, {
    cause: error,
    code: error.code,
  });
}

const columns = {
  reads: 's.shared_blks_read + s.local_blks_read',
  temp: 's.temp_blks_written',
} as const;

const sortedBy = ({ total, mean }: StatementsView): Readonly<Record<StatementOrder, string>> => ({
  total: `s.${total}`,
  mean: `s.${mean}`,
  calls: 's.calls',
  ...columns,
});

/** A nested statement is a part of one at the top, so that the time of all is that of those at the top. */
const statementsText = (view: StatementsView, by: StatementOrder) => `
  SELECT s.queryid::text AS "queryId", pg_get_userbyid(s.userid)::text AS login, d.datname::text AS database,
    s.calls, s.${view.total} AS total, s.${view.mean} AS mean, s.rows,
    100 * s.${view.total} / nullif(sum(s.${view.total}) ${view.hasTopLevel ? 'FILTER (WHERE s.toplevel)' : ''}
      OVER (), 0) AS percent,
    (${columns.reads}) * current_setting('block_size')::int AS "readBytes",
    ${columns.temp} * current_setting('block_size')::int AS "tempBytes",
    ${view.hasSince ? 's.stats_since' : 'NULL::timestamptz'} AS since,
    ${view.hasTopLevel ? 'NOT s.toplevel' : 'false'} AS "isNested",
    left(s.query, 20001) AS query,
    count(*) OVER () AS count, count(*) FILTER (WHERE s.queryid IS NULL) OVER () AS hidden
  FROM ${view.name} s LEFT JOIN pg_database d ON d.oid = s.dbid
  ORDER BY ${sortedBy(view)[by]} DESC, s.queryid, s.userid, s.dbid LIMIT $1 OFFSET $2`;

const infoText = (view: string) => `SELECT i.dealloc AS dropped, i.stats_reset AS since FROM ${view} i`;

/** Of a statement of somebody else, a role without pg_monitor sees neither id nor text. */
function statementOf(row: Row): CountedStatement {
  const queryId = textOf(row, 'queryId');
  const number = (name: string) => numberOf(row, name) ?? 0;
  return {
    queryId,
    login: textOf(row, 'login'),
    database: textOf(row, 'database'),
    calls: number('calls'),
    total: number('total'),
    mean: number('mean'),
    percent: number('percent'),
    rows: number('rows'),
    readBytes: number('readBytes'),
    tempBytes: number('tempBytes'),
    since: timeOf(row, 'since'),
    isNested: row['isNested'] === true,
    rawStatement: queryId === undefined ? undefined : textOf(row, 'query'),
  };
}
