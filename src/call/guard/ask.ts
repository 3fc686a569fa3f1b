import {
  type CallToolResult,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
} from '@modelcontextprotocol/server';
import { isSameName } from '../../values/same-name.js';
import type { Caller } from '../caller.js';
import { RefusedError } from '../errors.js';
import type { Plan } from './plan.js';
import { planFields, plannedEffect, planText } from './plan-text.js';

/** The key under which a client sends back what the person answered. */
const key = 'confirm';

/** A form for the person at the client: a name to type before something is lost, or else a box to tick. */
export function question(plan: Plan, state: string, preface: string): InputRequiredResult {
  const typed = plan.risk === 'destructive';
  const how = typed ? `Type \`${plan.name}\` to confirm` : 'Tick the box to confirm';
  const does = doing(plan);
  return inputRequired({
    inputRequests: {
      [key]: inputRequired.elicit({
        message: `${preface}${planText(plan)}\n${how}.`,
        requestedSchema: typed
          ? {
              type: 'object',
              properties: { name: { type: 'string', title: `Type ${plan.name} to ${does}` } },
              required: ['name'],
            }
          : {
              type: 'object',
              properties: { confirm: { type: 'boolean', title: `Go ahead: ${does}` } },
              required: ['confirm'],
            },
      }),
    },
    requestState: state,
  });
}

/** What is done, for the title of a field that is read without the message: `restart orders-primary`, `delete it`. */
function doing({ title, label, name, risk }: Plan): string {
  const words = title.charAt(0).toLowerCase() + title.slice(1);
  const isAboutLabel = label !== undefined && words.toLowerCase().endsWith(` ${label.toLowerCase()}`);
  const thing = risk === 'destructive' ? 'it' : name;
  return isAboutLabel
    ? `${words.slice(0, -label.length)}${thing}`
    : `${words}${risk === 'destructive' ? '' : ` (${name})`}`;
}

/** Whether this request brings an answer to a question, or why none came. */
export const isAnswered = ({ answer }: Caller): boolean =>
  answer.responses?.[key] !== undefined || answer.unanswered !== undefined;

/** Why a form has no answer that decides, as a sentence. Undefined where it has one. */
export function whyUndecided({ answer }: Caller): string | undefined {
  const view = inputResponse(answer.responses, key);
  const isCancelled = view.kind === 'elicit' && view.action === 'cancel';
  return isCancelled ? `The form was cancelled ${byClient}` : answer.unanswered;
}

/** Throws a `RefusedError` unless the form was accepted and filled in in a way that approves this plan. */
export function requireYes(caller: Caller, plan: Plan): void {
  requireNoDecline(caller);
  const view = inputResponse(caller.answer.responses, key);
  if (view.kind !== 'elicit' || view.action !== 'accept')
    throw new RefusedError('invalid consent', 'The answer is not one to a form. Nothing was sent.');
  const content: Record<string, unknown> = view.content ?? {};
  if (plan.risk !== 'destructive' && content['confirm'] !== true) throw notConfirmed('the box was not ticked');
  const { name } = content;
  if (plan.risk === 'destructive' && !(typeof name === 'string' && isSameName(name, plan.name)))
    throw notConfirmed(`what was typed is not ${plan.name}`);
}

/** Whether this request brings a no, for which nothing has to be looked at. */
export function isDeclined({ answer }: Caller): boolean {
  const view = inputResponse(answer.responses, key);
  return view.kind === 'elicit' && view.action === 'decline';
}

/** Throws when the form was declined. This needs no read of the target. */
export function requireNoDecline(caller: Caller): void {
  if (!isDeclined(caller)) return;
  throw new RefusedError(
    'declined',
    `The form was declined ${byClient} Nothing was sent, and the call is over; do not repeat it unasked. ` +
      `${tokenForHosts}, or with --confirm human, where calls are approved on the approval page.`,
  );
}

/** Who answered cannot be known: a program that has nobody to ask says no for itself. */
export const byClient = 'by the client; hosts without a terminal do this by themselves.';

/** What helps with hosts that have nobody to ask. */
export const tokenForHosts = 'For such hosts the operator can start pgfleet with --confirm token';

const notConfirmed = (why: string): RefusedError =>
  new RefusedError('declined', `The call was not confirmed: ${why}. Nothing was sent; do not repeat it unasked.`);

/** For a client that cannot show a form: the plan, and a token for `confirm_operation`. */
export function confirmationRequired(plan: Plan, token: string, expiresAt: string, preface: string): CallToolResult {
  const how =
    `Nothing was sent yet. Show this plan to the person responsible; once they agree, call confirm_operation with ` +
    `the confirmation_token before ${expiresAt}.\nconfirmation_token: ${token}`;
  return {
    content: [{ type: 'text', text: `${preface}${planText(plan)}\n\n${how}` }],
    structuredContent: {
      status: 'confirmation_required',
      confirmation_token: token,
      expires_at: expiresAt,
      plan: planFields(plan),
      ...plannedEffect(plan),
      next: 'Once the person responsible agrees to the plan, call confirm_operation with the token.',
      note: `Nothing was sent yet. ${preface}`.trim(),
    },
  };
}
