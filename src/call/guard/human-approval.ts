import {
  type CallToolResult,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
} from '@modelcontextprotocol/server';
import type { Clock } from '../../values/clock.js';
import type { TimeText } from '../../values/time-text.js';
import { RefusedError } from '../errors.js';
import { type Approval, type Approvals, mostPending } from './approvals.js';
import type { Confirmation, ConfirmationRequest } from './confirmation.js';
import { hashOf, type Plan } from './plan.js';
import { planFields, plannedEffect, planText } from './plan-text.js';

/** Where people decide outside the conversation. */
export interface ApprovalChannel {
  approvals: Approvals;
  /** The address of the approval page. */
  url: string;
  /** Aborts when the server is about to end, so that nobody waits any longer. */
  closing?: AbortSignal;
}

export interface HumanApprovalContext {
  channel: ApprovalChannel;
  clock: Clock;
  plan: () => Promise<Plan>;
  fourEyes: boolean;
  reason?: string;
}

/** Clients give up after a minute, and this leaves time for the answer. */
const longestMilliseconds = 45_000;
const pauseMilliseconds = 5_000;
/** The key under which a client tells that a person opened the page. It decides nothing. */
const key = 'approve';

/**
 * Parks a call until a person has decided on the approval page. It waits for some time if the client can wait, or else
 * answers with the id to come back with. Throws a `RefusedError` for every refusal.
 */
export async function humanApproval(
  request: ConfirmationRequest,
  context: HumanApprovalContext,
): Promise<Confirmation | { reply: CallToolResult | InputRequiredResult }> {
  const { caller, approvalId } = request;
  const { approvals, url } = context.channel;
  const parked =
    approvalId === undefined ? await park(request, context) : await approvalById(approvalId, request, approvals);
  const opened = inputResponse(caller.answer.responses, key);
  if (opened.kind === 'elicit' && opened.action !== 'accept') return withdraw(parked, approvals);
  const canWait = caller.progress !== undefined || approvalId !== undefined || opened.kind === 'elicit';
  const approval = canWait ? await awaitDecision(parked, request, context) : parked;
  if (approval.state === 'refused') return refusedBy(approval, approvals);
  if (approval.state === 'approved') return confirmUnchanged(approval, request, context);
  if (approval.state === 'used') throw over(usedAlready);
  const address = `${url}/${approval.id}`;
  const shouldOpen = caller.canOpenPages && opened.kind === 'missing' && approvalId === undefined;
  return {
    reply: shouldOpen
      ? offerPage(approval, address)
      : waiting(approval, address, { preface: '', timeText: context.clock.timeText }),
  };
}

async function park(
  request: ConfirmationRequest,
  { plan, channel, fourEyes, reason }: HumanApprovalContext,
): Promise<Approval> {
  const { id, name, person, client } = request.caller;
  const wanted = { plan: await plan(), arguments: request.input, fourEyes, reason };
  const parked = await channel.approvals.request({ caller: { id, name, person, client }, ...wanted });
  if (parked) return parked;
  const why = `${mostPending} calls of ${name} wait for a person already, and no more can wait.`;
  const next = `Somebody has to decide on those at ${channel.url} first; then make this call again.`;
  throw new RefusedError('denied', `${why} Nothing was sent. ${next}`);
}

/** Returns an approval by its id if it belongs to this caller and this call. */
async function approvalById(
  id: string,
  { caller, tool, account, input }: ConfirmationRequest,
  approvals: Approvals,
): Promise<Approval> {
  const approval = await approvals.get(id);
  if (approval?.caller.id !== caller.id) throw over('there is no such request of this caller here, or it has expired');
  const consent = await approvals.open(approval, caller.id);
  const isSame = consent.tool === tool.name && consent.account === account;
  if (isSame && hashOf(consent.arguments) === hashOf(input)) return approval;
  throw over('it was made for another call');
}

/** Returns the approval once a person has decided, or unchanged when the time is over. */
async function awaitDecision(
  parked: Approval,
  { caller }: ConfirmationRequest,
  { channel: { approvals, url, closing }, clock }: HumanApprovalContext,
): Promise<Approval> {
  const done = new AbortController();
  const stopWatching = await approvals.watch((id) => {
    if (id === parked.id) done.abort();
  });
  const signals = [caller.signal, closing].filter((signal) => signal !== undefined);
  const ended = AbortSignal.any(signals);
  try {
    let approval = (await approvals.get(parked.id)) ?? parked;
    for (let waited = 0; approval.state === 'pending' && waited < longestMilliseconds && !ended.aborted; ) {
      const message = `waiting for a person at ${url}/${parked.id}`;
      await caller.progress?.(waited / 1000, longestMilliseconds / 1000, message);
      const woken = AbortSignal.any([done.signal, ended]);
      await clock.pause(pauseMilliseconds, woken);
      waited += pauseMilliseconds;
      approval = (await approvals.get(parked.id)) ?? approval;
    }
    return approval;
  } finally {
    stopWatching();
  }
}

/** The approval is for the target as it was shown, so the target is read once more. */
async function confirmUnchanged(
  approval: Approval,
  request: ConfirmationRequest,
  context: HumanApprovalContext,
): Promise<Confirmation | { reply: CallToolResult | InputRequiredResult }> {
  const { approvals, url } = context.channel;
  const plan = await context.plan();
  if (plan.hash !== approval.plan.hash) {
    await approvals.close(approval);
    const anew = await park(request, context);
    return { reply: waiting(anew, `${url}/${anew.id}`, { preface: changed, timeText: context.clock.timeText }) };
  }
  const consent = await approvals.open(approval, request.caller.id);
  await approvals.close(approval);
  return { approval: 'person', approvalId: approval.id, approver: approval.decision?.name, plan, consent };
}

const changed = 'Something has changed since the approval, so it does not count. As it is now:\n';

async function withdraw(approval: Approval, approvals: Approvals): Promise<never> {
  await approvals.close(approval);
  throw new RefusedError('declined', 'The person at the client did not want to go on. Nothing was sent.');
}

async function refusedBy(approval: Approval, approvals: Approvals): Promise<never> {
  await approvals.close(approval);
  const { name = 'the person who was asked', reason } = approval.decision ?? {};
  const why = reason ? `: "${reason}"` : '.';
  throw new RefusedError('declined', `${name} refused the call${why} Nothing was sent; do not repeat it unasked.`);
}

/** A caller who lost the answer must not be told to ask for the same change again. */
const usedAlready = 'it was used already; its target or the audit record shows whether the call was made then';

const over = (why: string): RefusedError =>
  new RefusedError('invalid consent', `This approval does not count: ${why}. Nothing was sent.`);

function offerPage({ plan }: Approval, address: string): InputRequiredResult {
  const message = `${planText(plan)}\nA person has to approve this on the approval page.`;
  return inputRequired({ inputRequests: { [key]: inputRequired.elicitUrl({ message, url: address }) } });
}

interface Words {
  preface: string;
  timeText: TimeText;
}

/** The answer with the id to come back with. */
function waiting({ id, plan, expires, reason }: Approval, address: string, words: Words): CallToolResult {
  const { preface, timeText } = words;
  const expiresAt = timeText(expires);
  const again = `confirm_operation {"approval_id":"${id}"}`;
  const how =
    `Nothing was sent yet. A person has to approve this at ${address} before ${expiresAt}` +
    `${reason ? ` (${reason})` : ''}. Call ${again} to wait for the decision and carry the call out.`;
  return {
    content: [{ type: 'text', text: `${preface}${planText(plan)}\n\n${how}` }],
    structuredContent: {
      status: 'approval_pending',
      approval_id: id,
      approval_url: address,
      expires_at: expiresAt,
      plan: planFields(plan),
      ...plannedEffect(plan),
      note: `Nothing was sent yet. ${preface}`.trim(),
      next: `Call ${again} to wait for the decision and carry the call out.`,
    },
  };
}
