import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { guardedCall } from '../../../../call/builtin/guarded-call.js';
import { InputError, RefusedError, UnknownOutcomeError } from '../../../../call/errors.js';
import { shownOnBoard } from '../../../../define/presentation.js';
import { type EndableSession, type Ending, endBackend, endings, readEndable } from '../../../../inspect/end-session.js';
import { LookError } from '../../../../inspect/look-error.js';
import type { Clock } from '../../../../values/clock.js';
import { sanitizeWords } from '../../../../values/sanitize-text.js';
import { accountNameOf } from '../../../account.js';
import type { FleetInstance } from '../../../instance.js';
import { fleetAnswer } from '../../answer/answer.js';
import { withoutEmpty } from '../../answer/rows.js';
import type { FleetTool } from '../../fleet-tool.js';
import { instanceArgument } from '../../instance.js';
import { inspectScope, type LookQuestion, type LookTools, lookInside } from '../look-inside.js';

/** Cancels what a session runs, or ends it, after a person has agreed. */
export const endSessionTool: FleetTool = {
  name: 'end_session',
  title: 'End session',
  description:
    'Ends a session inside PostgreSQL, or cancels only what it runs, by pid and backendStart as list_sessions and ' +
    'inspect_database tell them. Its open transaction is rolled back. Never one of a superuser or the server itself.',
  readOnly: false,
  destructive: true,
  ui: shownOnBoard,
  idempotent: false,
  group: 'inspect',
  scope: inspectScope,
  risk: 'disruptive',
  input: z.object({
    instance: instanceArgument,
    pid: z.int().min(1).max(2_147_483_647),
    backendStart: z.string().min(1).max(40).describe('as list_sessions tells it'),
    how: z.enum(endings).describe('cancel its statement, or terminate the session'),
  }),
  async run(input, caller, context, confirmed) {
    const { instance: text, pid, backendStart, how } = input as unknown as Question;
    const { instances } = await context.fleet.find(text);
    const [instance, ...others] = instances;
    if (!instance || others.length > 0) throw new InputError(['instance: it fits several; give a reference.']);
    const account = context.accounts.all.find(({ name }) => name === accountNameOf(instance));
    if (!account) throw new Error(`There is no account ${accountNameOf(instance)}.`);
    const key = { pid, backendStart };
    const look = <T>(work: LookQuestion<T>['work']) => {
      const question = { tool: endSessionTool.name, caller, what: { session: key }, work };
      return seenAt(instance, question, context);
    };
    const call = {
      tool: { name: endSessionTool.name, title: titles[how], risk: 'disruptive' as const, input: endSessionTool.input },
      scope: inspectScope,
      // The instance itself and no name for it, so that a consent holds for this one alone.
      input: { ...input, instance: instance.reference },
      caller,
      confirmed,
      account,
      danger: { risk: 'disruptive' as const, ...words[how] },
      instance: { reference: instance.reference, name: instance.name, state: instance.state, role: instance.role },
      look: async () => {
        const seen = await look(({ query }) => readEndable(query, key));
        return planned(await withText(seen, context.databases.showsStatements), how, context.clock);
      },
      act: async () => {
        const outcome = await look(({ query }) => endBackend(query, key, how).catch(unlessLost));
        return answered(outcome, instance, pid, how);
      },
    };
    return guardedCall(call, context);
  },
};

interface Question {
  instance: string;
  pid: number;
  backendStart: string;
  how: Ending;
}

/** When the connection breaks while the server ends the session, nobody knows whether it has. */
function unlessLost(error: unknown): never {
  if (!(error instanceof LookError) || !error.isFinal) throw error;
  throw new UnknownOutcomeError(`${error.message} Whether the session was ended is not known: list_sessions shows it.`);
}

const titles: Readonly<Record<Ending, string>> = { cancel: 'Cancel statement', terminate: 'End session' };

/** What it does to whichever session it is, for scopes and policy. */
const words: Readonly<Record<Ending, { warning: string; undo: string }>> = {
  cancel: {
    warning: 'What the session runs is cancelled, and its transaction fails.',
    undo: 'What was rolled back has to be done again by its client.',
  },
  terminate: {
    warning: 'The session is disconnected, and its open transaction is rolled back.',
    undo: 'The client has to connect again, and to do again what was rolled back.',
  },
};

async function seenAt<T>(instance: FleetInstance, question: LookQuestion<T>, context: LookTools): Promise<T> {
  const [result] = await lookInside([instance], question, context);
  if (result && 'seen' in result) return result.seen;
  throw new RefusedError('unreadable target', `Nothing was done: ${result?.why ?? 'nothing was seen'}`);
}

type Seen = Awaited<ReturnType<typeof readEndable>>;

/** With what it runs as a text that is safe to show. */
async function withText<Each extends Seen>(seen: Each, isShown: boolean): Promise<Each> {
  if (!seen || 'why' in seen || seen.statement === undefined) return seen;
  const { statementText } = await import('../../../../inspect/statement-text.js');
  return { ...seen, statement: await statementText(seen.statement, { isShown }) };
}

function planned(seen: Seen, how: Ending, clock: Pick<Clock, 'timeText'>) {
  if (!seen)
    throw new RefusedError(
      'impossible',
      'There is no such session any more. list_sessions tells those that there are.',
    );
  if ('why' in seen) throw new RefusedError('impossible', `It cannot be ended. ${seen.why} Nothing was sent.`);
  const whose = [`pid ${seen.pid} of ${sanitizeWords(seen.user)}`, seen.client && `from ${sanitizeWords(seen.client)}`];
  const who = whose.filter(Boolean).join(' ');
  return {
    warning: `${doing[how](who)}${rolledBack(seen, clock)}`,
    undo: words[how].undo,
    shown: [
      {
        label: 'session',
        records: [recordOf(seen, clock)],
        moves: ['keeps waiting', 'holds locks', preparedLabel, subscribedLabel, ...(how === 'cancel' ? [] : goingOn)],
      },
    ],
    unknown: [],
    name: `pid ${seen.pid}`,
    label: 'session',
  };
}

const doing: Readonly<Record<Ending, (who: string) => string>> = {
  cancel: (who) => `The statement of ${who} is cancelled`,
  terminate: (who) => `The session ${who} is disconnected`,
};

const rolledBack = ({ transactionSince }: EndableSession, { timeText }: Pick<Clock, 'timeText'>): string =>
  transactionSince === undefined
    ? '. It has no open transaction.'
    : `; its transaction since ${timeText(Math.floor(transactionSince))} is rolled back.`;

/** What a session runs is what is cancelled, but no matter where the session itself ends. */
const goingOn = ['state', 'runs', 'ran last', 'statement since'];

/** They are of the role and not of the session, so others can make and end them meanwhile. */
const preparedLabel = 'prepared transactions of its role, which stay with their locks';
const subscribedLabel = 'subscriptions of its role, whose workers go on';

function recordOf(seen: EndableSession, { timeText }: Pick<Clock, 'timeText'>) {
  const { user, database, application, client, state, statement, statementSince, waiting, locks } = seen;
  const { prepared, subscriptions } = seen;
  return withoutEmpty({
    user,
    database,
    application,
    client,
    state,
    [state === 'active' ? 'runs' : 'ran last']: statement,
    'statement since': statementSince === undefined ? undefined : timeText(Math.floor(statementSince)),
    'keeps waiting': waiting.length > 0 ? waiting.map((pid) => `pid ${pid}`).join(', ') : 'nobody',
    'holds locks': locks,
    [preparedLabel]: prepared > 0 ? prepared : undefined,
    [subscribedLabel]: subscriptions > 0 ? subscriptions : undefined,
  });
}

/** What is said after it. */
const outcomes = {
  ended: 'has ended',
  signalled: 'was told to end; list_sessions shows whether it has',
  gone: 'had ended before, so nothing was done',
} as const;

const answered = (
  outcome: keyof typeof outcomes,
  { reference, name }: FleetInstance,
  pid: number,
  how: Ending,
): CallToolResult => {
  const said = how === 'cancel' && outcome === 'signalled' ? 'was told to cancel what it runs' : outcomes[outcome];
  return fleetAnswer({
    headline: `pid ${pid} of ${sanitizeWords(name)} (${reference}) ${said}.`,
    lines: [],
    data: { instance: reference, pid, outcome },
    notes: ['inspect_database shows what is wrong inside now.'],
  });
};
