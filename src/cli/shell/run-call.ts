import { type CallToolResult, isInputRequiredResult } from '@modelcontextprotocol/server';
import { refusedKey } from '../../call/answer/to-failure.js';
import type { Caller } from '../../call/caller.js';
import { isRecord, type Values } from '../../values/values.js';
import type { Answer, ShellSession } from './session.js';

export interface RunOptions {
  session: ShellSession;
  caller: Caller;
  /** Asks the person at the terminal. Absent where there is none. */
  ask?: (question: string) => Promise<string | undefined>;
  /** Shows a plan to the person who is asked. */
  show: (text: string) => void;
}

/** A target that changes each time it is asked about is left alone. */
const mostQuestions = 8;

/** Makes one call through the corridor, with every question to the person at the terminal. */
export async function runCall(name: string, args: Values, options: RunOptions): Promise<CallToolResult> {
  const { session, caller } = options;
  const exceeded = await session.limits.requests(caller.id, 1);
  const place = exceeded ?? (await session.limits.call(caller.id, () => session.accountFor(name, args)));
  if (typeof place === 'object') return busy(place.why, place.retryAfterSeconds);
  try {
    return await withQuestions(name, args, options);
  } finally {
    place?.();
  }
}

async function withQuestions(name: string, args: Values, options: RunOptions): Promise<CallToolResult> {
  const { session, caller, ask } = options;
  let result: Answer = await session.call(name, args, caller);
  for (let count = 1; isInputRequiredResult(result); count += 1) {
    const { inputRequests, requestState: state } = result;
    const question = questionIn(inputRequests);
    if (!ask && !session.isShared) return unasked(question);
    const answer = ask && count <= mostQuestions ? await asked(question, { ...options, ask }) : unansweredAfter(count);
    result = await session.call(name, args, { ...caller, answer: { state, ...answer } });
    if (isRefused(result) && 'responses' in answer && answer.responses[question.key]?.action === 'decline')
      return declined;
  }
  if (result === undefined) throw new Error(`The operation ${name} is listed and not there.`);
  return result;
}

interface Question {
  key: string;
  message: string;
  /** What the form wants: a name to type, or a box to tick. */
  field: 'name' | 'confirm';
  title: string;
}

/** The form of the guard: one field, of which the title says what it does. */
function questionIn(requests: Values = {}): Question {
  const [[key, request] = ['', undefined]] = Object.entries(requests);
  const params = recordIn(request, 'params');
  const properties = recordIn(recordIn(params, 'requestedSchema'), 'properties');
  const field = 'name' in properties ? 'name' : 'confirm';
  const { title } = recordIn(properties, field);
  return { key, message: String(params['message']), field, title: String(title) };
}

function recordIn(value: unknown, key: string): Values {
  const inner = isRecord(value) ? value[key] : undefined;
  return isRecord(inner) ? inner : {};
}

/** Only what was typed counts: an end of input, an interruption and anything but yes are a no. */
async function asked(question: Question, { ask, show }: Required<Pick<RunOptions, 'ask' | 'show'>>) {
  const { key, field, title } = question;
  show(planOf(question));
  const typed = await ask(field === 'name' ? `${title}: ` : `${title}? [y/N] `);
  const isNo = typed === undefined || (field === 'confirm' && !/^y(es)?$/i.test(typed.trim()));
  const accepted = { action: 'accept', content: field === 'name' ? { name: typed } : { confirm: true } };
  return { responses: { [key]: isNo ? { action: 'decline' } : accepted } };
}

const unansweredAfter = (count: number) => ({
  unanswered:
    count > mostQuestions
      ? `It was asked about ${mostQuestions} times, and something had changed each time.`
      : 'There is no terminal to ask at.',
});

/** The last line of a question says how a form is filled in. */
const planOf = ({ message }: Question): string => message.split('\n').slice(0, -1).join('\n');

const isRefused = (result: Answer): boolean =>
  result !== undefined && !isInputRequiredResult(result) && result._meta?.[refusedKey] === true;

/** What was refused here. Nothing was sent. */
const refused = (text: string, fields: Values): CallToolResult => ({
  isError: true,
  content: [{ type: 'text', text }],
  structuredContent: fields,
  _meta: { [refusedKey]: true },
});

const notConfirmed = 'It was not confirmed. Nothing was sent.';
const declined = refused(notConfirmed, { status: 'not_confirmed', note: notConfirmed });

function unasked(question: Question): CallToolResult {
  const plan = planOf(question);
  const note = 'Nothing was sent: somebody has to agree to this, and there is no terminal to ask at.';
  const next =
    'Repeat the command in a terminal to be asked, or set PGFLEET_STORE to the store of a server with the approval ' +
    'page, where somebody can approve it.';
  return refused(`${plan}\n\n${note} ${next}`, { status: 'not_confirmed', plan, note, next });
}

const busy = (why: string, seconds: number): CallToolResult =>
  refused(`${why} Nothing was sent. Try again in ${seconds} seconds.`, {
    status: 'busy',
    note: why,
    retryAfterSeconds: seconds,
  });
