import * as z from 'zod';
import type { Clock } from '../../values/clock.js';
import { approvalForm, nameOf, oneText, requestTexts, type TerminalApproval } from './cli-text.js';
import type { Moment } from './words/text.js';

/** How `pgfleet approvals` signs in. */
export type Credential =
  | { token: string }
  /** The one-time code is exchanged for a session of one hour. `keep` stores it as the token of the next command. */
  | { code: string; keep?: (session: string) => Promise<void> };

export interface Terminal {
  /** The address that pgfleet prints at its start, without `/approvals`. */
  server: URL;
  credential: Credential;
  fetch: (url: URL, init: RequestInit) => Promise<Response>;
  clock: Pick<Clock, 'now' | 'timeText'>;
}

/** An id may be cut short as long as it matches only one request. */
export type CliCommand =
  | { verb: 'list' }
  | { verb: 'show'; id: string }
  | { verb: 'approve'; id: string; name?: string }
  | { verb: 'refuse'; id: string; reason?: string };

/** Thrown when a command did not do what was asked. The message is for the person at the terminal. */
export class CliError extends Error {
  override readonly name = 'TerminalError';
}

type Ask = <Form extends z.ZodType>(path: string, form: Form, body?: object) => Promise<z.infer<Form>>;

const one = z.object({ approval: approvalForm });
const many = z.object({ approvals: z.array(approvalForm) });
const sessionForm = z.object({ session: z.string() });
const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Sends a command to the server, and returns what to print. Throws a `CliError`. */
export async function approvalsCommand(terminal: Terminal, command: CliCommand): Promise<string> {
  const ask = await signedIn(terminal);
  const { clock } = terminal;
  const moment: Moment = { now: clock.now(), timeText: clock.timeText };
  if (command.verb === 'list') return requestTexts((await ask('', many)).approvals, moment.now);
  const approval = await find(command.id, ask);
  if (command.verb === 'show') return oneText(approval, moment);
  if (command.verb === 'approve') return approve(approval, command.name, ask, moment);
  const path = `/${approval.id}/refuse`;
  const { approval: refused } = await ask(path, one, { reason: command.reason });
  return `Refused: ${nameOf(refused)}. Nothing was done to it.`;
}

/** An id alone is not enough to approve a loss: the name has to be given, as it has to be typed on the page. */
async function approve(
  approval: TerminalApproval,
  name: string | undefined,
  ask: Ask,
  moment: Moment,
): Promise<string> {
  if (approval.plan.risk === 'destructive' && name === undefined) {
    const how = `Nothing was approved. This cannot be undone by itself: to approve it, add --name and the name above.`;
    throw new CliError(`${oneText(approval, moment)}\n\n${how}`);
  }
  const { approval: approved } = await ask(`/${approval.id}/approve`, one, { typed: name });
  const next = 'It is carried out as soon as the one who asked comes back for it.';
  return `Approved: ${nameOf(approved)}. ${next}`;
}

async function find(id: string, ask: Ask): Promise<TerminalApproval> {
  if (!/^[0-9a-f-]{4,36}$/.test(id))
    throw new CliError('An id has at least 4 characters of 0-9, a-f and -. `pgfleet approvals list` shows them.');
  if (id.length === 36) return (await ask(`/${id}`, one)).approval;
  const found = (await ask('', many)).approvals.filter((approval) => approval.id.startsWith(id));
  const [only] = found;
  if (only && found.length === 1) return only;
  const why = only ? `${found.length} requests begin with ${id}: give more of it.` : `No request begins with ${id}.`;
  throw new CliError(`${why} \`pgfleet approvals list\` shows those that there are.`);
}

async function signedIn(terminal: Terminal): Promise<Ask> {
  const { credential } = terminal;
  if ('token' in credential) return asker(terminal, credential.token);
  const { session } = await asker(terminal)('/session', sessionForm, { code: credential.code });
  await credential.keep?.(session);
  return asker(terminal, session);
}

function asker({ server, fetch }: Terminal, token?: string): Ask {
  const base = `${server.href.replace(/\/+$/, '')}/approvals/api`;
  return async (path, form, body) => {
    const response = await answerOf(fetch, new URL(base + path), {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      redirect: 'error',
    });
    const told: unknown = await response.json().catch(() => undefined);
    const parsed = form.safeParse(told);
    if (response.ok && parsed.success) return parsed.data;
    const refused = failure.safeParse(told).data?.error;
    if (refused) throw new CliError(clear(`${refused.message}${hints[refused.code] ?? ''}`));
    throw new CliError(
      `What answers at ${server.origin} (status ${response.status}) is no pgfleet that fits this one.`,
    );
  };
}

const hints: Readonly<Record<string, string>> = {
  'wrong token': ' Sign in again with a new one.',
  'wrong code': ' A restart of the server prints a new one.',
  unknown: ' `pgfleet approvals list` shows those that wait.',
};

async function answerOf(fetch: Terminal['fetch'], url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    // The text of the cause is left out, because it may hold more than an address.
    throw new CliError(`Nothing answers at ${url.origin}. Is \`pgfleet http\` running there?`, { cause: error });
  }
}

const clear = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
