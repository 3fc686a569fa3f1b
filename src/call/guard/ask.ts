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

/** Whether this request brings an answer to a question. */
export const isAnswered = ({ answer }: Caller): boolean => answer.responses?.[key] !== undefined;

/** Whether it brings a no, for which nothing has to be looked at. */
export function isDeclined({ answer }: Caller): boolean {
  const view = inputResponse(answer.responses, key);
  return view.kind === 'elicit' && view.action !== 'accept';
}

/** Throws a `RefusedError` unless the person accepted and filled in the form in a way that approves this plan. */
export function requireYes(caller: Caller, plan: Plan): void {
  requireNoRefusal(caller);
  const view = inputResponse(caller.answer.responses, key);
  if (view.kind !== 'elicit' || view.action !== 'accept')
    throw new RefusedError('invalid consent', 'The answer is not one to a form. Nothing was sent.');
  const content: Record<string, unknown> = view.content ?? {};
  if (plan.risk !== 'destructive' && content['confirm'] !== true) throw declined('declined: the box was not ticked');
  const { name } = content;
  if (plan.risk === 'destructive' && !(typeof name === 'string' && isSameName(name, plan.name))) {
    throw declined(`not confirmed: what was typed is not ${plan.name}`);
  }
}

/** Throws when the person declined. This needs no read of the target. */
export function requireNoRefusal({ answer }: Caller): void {
  const view = inputResponse(answer.responses, key);
  if (view.kind === 'elicit' && view.action !== 'accept') {
    throw declined(view.action === 'cancel' ? 'cancelled' : 'declined');
  }
}

const declined = (how: string): RefusedError =>
  new RefusedError(
    'declined',
    `The call was ${how} by the person who was asked. Nothing was sent; do not repeat it unasked.`,
  );

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
      next: 'Show the plan to the person responsible. Once they agree, call confirm_operation with the token.',
      note: `Nothing was sent yet. ${preface}`.trim(),
    },
  };
}
