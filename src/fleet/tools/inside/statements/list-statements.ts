import * as z from 'zod';
import { rounded } from '../../../../define/finding.js';
import type { ServerFacts } from '../../../../inspect/check.js';
import { bytesText } from '../../../../inspect/checks/reading.js';
import {
  type CountedStatement,
  readStatements,
  type SeenStatements,
  type StatementsPage,
  statementOrders,
} from '../../../../inspect/contents/statements.js';
import type { Query } from '../../../../inspect/open-look.js';
import { statementsExtension } from '../../../../inspect/statements-view.js';
import type { Clock } from '../../../../values/clock.js';
import { sanitizeWords } from '../../../../values/sanitize-text.js';
import { type Values } from '../../../../values/values.js';
import type { Fleet } from '../../../fleet.js';
import type { FleetInstance } from '../../../instance.js';
import { fleetAnswer } from '../../answer/answer.js';
import { withoutEmpty } from '../../answer/rows.js';
import type { FleetTool } from '../../fleet-tool.js';
import { instanceArgument } from '../../instance.js';
import { lookTool, type ToldInside, tellInside } from '../answer.js';
import { helpFields, helpText, helpWith } from '../help.js';
import { lookInside } from '../look-inside.js';
import { type ListedRow, pageOf } from '../page.js';

const usualLimit = 20;

/** Which statements take the time, as pg_stat_statements counts them. */
export const listStatements: FleetTool = {
  name: 'list_statements',
  title: 'List statements',
  description:
    'Looks inside PostgreSQL: the statements that take most, from pg_stat_statements, by total time, mean time, ' +
    'calls, reads from disk or temporary files, with the share of all time and since when is counted. Constants are ' +
    'not shown.',
  ...lookTool,
  isRare: true,
  input: z.object({
    instance: instanceArgument,
    by: z.enum(statementOrders).describe('total when left out').optional(),
    offset: z.int().min(0).max(10_000).describe('statements to pass over').optional(),
    limit: z.int().min(1).max(100).optional(),
  }),
  async run(input, caller, context) {
    const { instance: text, by = 'total', offset = 0, limit = usualLimit } = input as unknown as Question;
    const { instances } = await context.fleet.find(text);
    const page = { by, offset, limit };
    const isShown = context.databases.showsStatements;
    const results = await lookInside(
      instances,
      {
        tool: listStatements.name,
        caller,
        what: { statements: by },
        work: ({ query }) => shown(query, page, isShown),
      },
      context,
    );
    const { clock } = context;
    const lists = results.flatMap((result) =>
      'seen' in result && result.seen.seen
        ? [{ rows: rowsOf(result.seen.seen, clock), count: result.seen.seen.count }]
        : [],
    );
    const { shown: fitting, more } = pageOf(lists, page);
    const told = await tellInside(results, ({ facts, seen }, { instance }) =>
      seen
        ? tell(seen, rowsOf(seen, clock).slice(0, fitting), facts, { clock, by })
        : tellMissing(facts, instance, context.fleet),
    );
    return fleetAnswer({
      headline: `Statements, ${orderWords[by]} first.`,
      lines: told.lines,
      data: { inside: told.data },
      notes: told.notes,
      more,
    });
  },
};

interface Question extends Partial<StatementsPage> {
  instance: string;
}

interface ShownStatements extends SeenStatements {
  statements: readonly (Omit<CountedStatement, 'rawStatement'> & { text: string })[];
}

/** Reads the statements. They, and the parser of their texts, are loaded with the first look. */
async function shown(query: Query, page: StatementsPage, isShown: boolean) {
  const [{ readServerFacts }, { statementText }] = await Promise.all([
    import('../../../../inspect/server-facts.js'),
    import('../../../../inspect/statement-text.js'),
  ]);
  const facts = await readServerFacts(query);
  const seen = await readStatements(query, facts, page);
  if (!seen) return { facts };
  const statements = await Promise.all(
    seen.statements.map(async ({ rawStatement, ...statement }) => ({
      ...statement,
      text: rawStatement === undefined ? '[hidden]' : await statementText(rawStatement, { isShown }),
    })),
  );
  return { facts, seen: { ...seen, statements } satisfies ShownStatements };
}

/** Without the extension nothing is counted. */
export async function tellMissing(
  { database }: ServerFacts,
  instance: FleetInstance,
  fleet: Fleet,
): Promise<ToldInside> {
  const why = `the extension ${statementsExtension} is not in the database ${sanitizeWords(database)}.`;
  const help = await helpWith({ extension: statementsExtension }, { instance, database, running: {} }, fleet);
  return { headline: `not seen, ${why}${helpText(help)}`, lines: [], fields: { notSeen: why, ...helpFields(help) } };
}

const orderWords: Readonly<Record<StatementsPage['by'], string>> = {
  total: 'those that took the most time',
  mean: 'the slowest on average',
  calls: 'the most frequent',
  reads: 'those that read the most from outside the buffers',
  temp: 'those that wrote the most to temporary files',
};

const rowsOf = ({ statements }: ShownStatements, clock: Pick<Clock, 'timeText'>): ListedRow[] =>
  statements.map((statement) => ({ line: lineOf(statement, clock), fields: fieldsOf(statement, clock) }));

function tell(
  seen: ShownStatements,
  rows: readonly ListedRow[],
  { role }: ServerFacts,
  { clock, by }: { clock: Pick<Clock, 'timeText'>; by: StatementsPage['by'] },
): ToldInside {
  const since = seen.since === undefined ? undefined : clock.timeText(Math.floor(seen.since));
  const hidden =
    seen.hidden > 0
      ? [
          `not seen: the texts of ${seen.hidden} statements of other roles. An owner lets them be seen with: ` +
            `GRANT pg_monitor TO ${role.quoted};`,
        ]
      : [];
  const dropped =
    seen.dropped > 0 ? [`Rare statements were dropped ${seen.dropped} times: there are more than are counted.`] : [];
  return {
    headline: `${seen.count} statements, counted ${since === undefined ? 'since their last reset' : `since ${since}`}.`,
    lines: [...[...hidden, ...dropped].map(plain), ...rows.map(({ line }) => line)],
    fields: withoutEmpty({
      by,
      total: seen.count,
      since,
      dropped: seen.dropped || undefined,
      statements: rows.map(({ fields }) => fields),
      notSeen: hidden.join(' '),
    }),
  };
}

const plain = (line: string) => sanitizeWords(line, 300);

type Shown = ShownStatements['statements'][number];

const significant = (value: number): number => Number(value.toPrecision(3));

function fieldsOf({ since, isNested, ...statement }: Shown, clock: Pick<Clock, 'timeText'>): Values {
  const { queryId, login, database, calls, rows, text } = statement;
  return withoutEmpty({
    queryId,
    login,
    database,
    calls,
    percent: significant(statement.percent),
    totalMs: significant(statement.total),
    meanMs: significant(statement.mean),
    rows,
    readBytes: statement.readBytes,
    tempBytes: statement.tempBytes,
    since: since === undefined ? undefined : clock.timeText(Math.floor(since)),
    isNested: isNested || undefined,
    text,
  });
}

function lineOf({ isNested, ...statement }: Shown, clock: Pick<Clock, 'timeText'>): string {
  const { queryId, login, database, calls, rows, text, since } = statement;
  const facts = [
    `${significant(statement.percent)} % of all time`,
    `${calls} calls`,
    `mean ${significant(statement.mean)} ms`,
    `total ${rounded(statement.total / 1_000, 's')}`,
    `${rows} rows`,
    statement.readBytes > 0 && `read ${bytesText(statement.readBytes)}`,
    statement.tempBytes > 0 && `temporary files ${bytesText(statement.tempBytes)}`,
    since !== undefined && `since ${clock.timeText(Math.floor(since))}`,
    isNested && 'inside a function',
  ].filter((part) => part !== false);
  const whose = [login, database !== undefined && `on ${database}`].filter(Boolean).join(' ');
  return `- ${queryId ?? 'id hidden'}: ${facts.join(', ')}; ${sanitizeWords(whose, 200)}: ${sanitizeWords(text, 400)}`;
}
