import * as z from 'zod';
import { type DatabaseSession, readSessions, type SeenSessions } from '../../../../inspect/contents/sessions.js';
import type { Query } from '../../../../inspect/open-look.js';
import type { Clock } from '../../../../values/clock.js';
import { sanitizeWords } from '../../../../values/sanitize-text.js';
import { type Values } from '../../../../values/values.js';
import { fleetAnswer } from '../../answer/answer.js';
import { withoutEmpty } from '../../answer/rows.js';
import type { FleetTool } from '../../fleet-tool.js';
import { instanceArgument } from '../../instance.js';
import { lookTool, tellInside } from '../answer.js';
import { lookInside } from '../look-inside.js';
import { type ListedRow, pageOf } from '../page.js';

const usualLimit = 40;

/** Who is connected, what each waits for, and whom it keeps waiting. */
export const listSessions: FleetTool = {
  name: 'list_sessions',
  title: 'List sessions',
  description:
    'Looks inside PostgreSQL: who is connected, in what state and since when, what each session waits for and which ' +
    'others it keeps waiting. Those that block come first, then the longest transactions.',
  ...lookTool,
  isRare: true,
  input: z.object({
    instance: instanceArgument,
    state: z.string().min(1).max(60).describe('part of a state such as idle in transaction').optional(),
    offset: z.int().min(0).max(10_000).describe('sessions to pass over').optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  async run(input, caller, context) {
    const question = input as unknown as Question;
    const { instances } = await context.fleet.find(question.instance);
    const isShown = context.databases.showsStatements;
    const results = await lookInside(
      instances,
      { tool: 'list_sessions', caller, what: { sessions: true }, work: ({ query }) => shown(query, question, isShown) },
      context,
    );
    const { clock } = context;
    const lists = results.flatMap((result) =>
      'seen' in result ? [{ rows: rowsOf(result.seen.sessions, clock), count: result.seen.count }] : [],
    );
    const { shown: fitting, more } = pageOf(lists, { offset: 0, limit: usualLimit, ...question });
    const told = await tellInside(results, ({ seen, sessions }) => {
      const rows = rowsOf(sessions, clock).slice(0, fitting);
      return {
        headline: `${total(seen)} sessions of at most ${seen.maxConnections} (${countWords(seen)}).`,
        // It comes first, since what is too much of an answer is cut at its end.
        lines: [...hiddenLines(seen), ...rows.map(({ line }) => line)],
        fields: {
          total: total(seen),
          maxConnections: seen.maxConnections,
          states: seen.counts,
          sessions: rows.map(({ fields }) => fields),
          notSeen: hiddenLines(seen).join(' ') || undefined,
        },
      };
    });
    return fleetAnswer({
      headline:
        results.length === 1 ? 'Sessions, those that block others first.' : `Sessions of ${results.length} instances.`,
      lines: told.lines,
      data: { inside: told.data },
      notes: told.notes,
      more,
    });
  },
};

interface Question {
  instance: string;
  state?: string;
  offset?: number;
  limit?: number;
}

type ShownSession = Omit<DatabaseSession, 'statement'> & { text?: string };

/** Reads the sessions. Only of those that are told, the statement is made safe to show. */
async function shown(query: Query, { state = '', offset = 0, limit = usualLimit }: Question, isShown: boolean) {
  const { statementText } = await import('../../../../inspect/statement-text.js');
  const seen = await readSessions(query);
  const wanted = seen.sessions.filter((session) => (session.state ?? 'hidden').includes(state));
  const told = wanted
    .slice(offset, offset + limit)
    .map(
      async ({ statement, ...session }): Promise<ShownSession> =>
        statement === undefined ? session : { ...session, text: await statementText(statement, { isShown }) },
    );
  return { seen, sessions: await Promise.all(told), count: wanted.length };
}

const rowsOf = (sessions: readonly ShownSession[], clock: Pick<Clock, 'timeText'>): ListedRow[] =>
  sessions.map((session) => ({ line: lineOf(session, clock), fields: fieldsOf(session, clock) }));

const total = ({ counts }: SeenSessions): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const countWords = ({ counts }: SeenSessions): string =>
  Object.entries(counts)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ') || 'none';

function hiddenLines({ sessions, isCut, role }: SeenSessions): string[] {
  const hidden = sessions.filter(({ isHidden }) => isHidden).length;
  const grant = `GRANT pg_monitor TO ${JSON.stringify(role)};`;
  return [
    ...(hidden > 0
      ? [`not seen: what ${hidden} sessions of other roles do. An owner lets it be seen with: ${grant}`]
      : []),
    ...(isCut ? [`Only the first ${sessions.length} sessions were read.`] : []),
  ];
}

const sinceText = (time: number | undefined, clock: Pick<Clock, 'timeText'>): string | undefined =>
  time === undefined ? undefined : clock.timeText(Math.floor(time));

function fieldsOf(session: ShownSession, clock: Pick<Clock, 'timeText'>): Values {
  const { pid, backendStart, user, database, application, client, state, waitsFor, blockedBy, blocks } = session;
  return withoutEmpty({
    pid,
    backendStart,
    user,
    database,
    application,
    client,
    state,
    since: sinceText(session.stateSince, clock),
    transactionSince: sinceText(session.transactionSince, clock),
    waitsFor,
    blockedBy,
    blocks,
    statement: session.text,
    ...(session.xminAge !== undefined && session.xminAge > 0 && { xminAge: session.xminAge }),
  });
}

function lineOf(session: ShownSession, clock: Pick<Clock, 'timeText'>): string {
  const { pid, user, database, application, client, state, waitsFor, blockedBy, blocks } = session;
  const whose = [user, database && `on ${database}`, application && `(${application})`, client && `from ${client}`];
  const stateSince = sinceText(session.stateSince, clock);
  const parts = [
    `${state ?? 'state hidden'}${stateSince === undefined ? '' : ` since ${stateSince}`}`,
    session.transactionSince !== undefined && `transaction since ${sinceText(session.transactionSince, clock)}`,
    waitsFor && `waits for ${waitsFor}`,
    blockedBy.length > 0 && `waits behind ${blockedBy.map((each) => `pid ${each}`).join(', ')}`,
    blocks.length > 0 &&
      `keeps ${blocks.length} waiting: ${blocks
        .slice(0, 10)
        .map((each) => `pid ${each}`)
        .join(', ')}`,
    session.text !== undefined && `${state === 'active' ? 'runs' : 'ran last'} ${session.text}`,
  ].filter((part) => part !== false && part !== undefined && part !== '');
  return sanitizeWords(`- pid ${pid} ${whose.filter(Boolean).join(' ')}: ${parts.join('; ')}.`, 700);
}
