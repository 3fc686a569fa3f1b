import {
  type CallToolResult,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
} from '@modelcontextprotocol/server';
import type { Clock } from '../../values/clock.js';
import type { TimeText } from '../../values/time-text.js';
import type { Caller } from '../caller.js';
import { RefusedError } from '../errors.js';
import { type Approval, type Approvals, mostPending } from './approvals.js';
import { byClient, tokenForHosts } from './ask.js';
import type { Confirmation, ConfirmationRequest } from './confirmation.js';
import { hashOf, type Plan } from './plan.js';
import { planFields, plannedEffect, planText } from './plan-text.js';

/** Where people decide outside the conversation. */
export interface ApprovalChannel {
  approvals: Approvals;
  /** The address of the approval page. */
  address: () => Promise<string>;
  /** Whether the page is only opened when it is first needed. */
  isOnDemand?: boolean;
  /** Aborts when the server is about to end, so that nobody waits any longer. */
  closing?: AbortSignal;
}

export interface HumanApprovalContext {
  channel: ApprovalChannel;
  clock: Clock;
  plan: () => Promise<Plan>;
  /** Whether a call whose form got no answer may be confirmed by its id alone. */
  isTokenEnough: boolean;
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
  const { approvals } = context.channel;
  const parked =
    approvalId === undefined ? await park(request, context) : await approvalById(approvalId, request, approvals);
  if (context.isTokenEnough && parked.isUnanswered && parked.state === 'pending')
    return confirmUnchanged(parked, 'token', request, context);
  const opened = inputResponse(caller.answer.responses, key);
  if (opened.kind === 'elicit' && opened.action === 'decline') return withdraw(parked, approvals);
  const canWait = caller.progress !== undefined || approvalId !== undefined || opened.kind === 'elicit';
  const approval = canWait ? await awaitDecision(parked, request, context) : parked;
  if (approval.state === 'refused') throw await refusedBy(approval, approvals);
  if (approval.state === 'approved') return confirmUnchanged(approval, 'person', request, context);
  if (approval.state === 'used') throw over(usedAlready);
  const address = await addressOf(approval, context.channel);
  const isOffered = opened.kind !== 'missing' || caller.answer.unanswered !== undefined;
  const shouldOpen = caller.canOpenPages && !isOffered && approvalId === undefined;
  return {
    reply: shouldOpen
      ? offerPage(approval, address)
      : waiting(approval, address, { preface: '', timeText: context.clock.timeText, returning: caller.returning }),
  };
}

/**
 * Parks a call whose form was not decided on, so that it can still be approved outside the conversation. Returns the
 * refusal to throw, with the plan and the id to come back with.
 */
export async function approvalInstead(
  undecided: string,
  request: ConfirmationRequest,
  context: HumanApprovalContext | undefined,
): Promise<RefusedError> {
  const { returning } = request.caller;
  // Who comes back by a way of their own is no host that has nobody to ask.
  const hosts = returning ? '' : `${tokenForHosts}.`;
  if (!context) return new RefusedError('declined', `${undecided} Nothing was sent. ${hosts}`.trim());
  const approval = await park(request, context, true).catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error;
    return new RefusedError(error.outcome, `${undecided} ${error.message} ${hosts}`.trim());
  });
  if (approval instanceof RefusedError) return approval;
  if (approval.state === 'refused') return refusedBy(approval, context.channel.approvals);
  const words = { preface: `${undecided}\n`, timeText: context.clock.timeText, returning };
  const { text, facts } = waitingWords(approval, await addressOf(approval, context.channel), words);
  return new RefusedError('declined', `${text}${hosts && `\n${hosts}`}`, { ...facts, ...(hosts && { hosts }) });
}

const addressOf = async ({ id }: Approval, { address }: ApprovalChannel): Promise<string> => `${await address()}/${id}`;

async function park(
  request: ConfirmationRequest,
  { plan, channel, fourEyes, reason }: HumanApprovalContext,
  isUnanswered?: boolean,
): Promise<Approval> {
  const { id, name, person, client } = request.caller;
  const wanted = { plan: await plan(), arguments: request.input, fourEyes, reason, isUnanswered };
  const parked = await channel.approvals.request({ caller: { id, name, person, client }, ...wanted });
  if (parked) return parked;
  const why = `${mostPending} calls of ${name} wait for a person already, and no more can wait.`;
  const next = `Somebody has to decide on those at ${await channel.address()} first; then make this call again.`;
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
  { channel, clock }: HumanApprovalContext,
): Promise<Approval> {
  const { approvals, closing } = channel;
  const address = await addressOf(parked, channel);
  const done = new AbortController();
  const stopWatching = await approvals.watch((id) => {
    if (id === parked.id) done.abort();
  });
  const signals = [caller.signal, closing].filter((signal) => signal !== undefined);
  const ended = AbortSignal.any(signals);
  try {
    let approval = (await approvals.get(parked.id)) ?? parked;
    for (let waited = 0; approval.state === 'pending' && waited < longestMilliseconds && !ended.aborted; ) {
      await caller.progress?.(waited / 1000, longestMilliseconds / 1000, `waiting for a person at ${address}`);
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
  kind: 'person' | 'token',
  request: ConfirmationRequest,
  context: HumanApprovalContext,
): Promise<Confirmation | { reply: CallToolResult | InputRequiredResult }> {
  const { approvals } = context.channel;
  const plan = await context.plan();
  if (plan.hash !== approval.plan.hash) {
    await approvals.close(approval);
    const anew = await park(request, context);
    const address = await addressOf(anew, context.channel);
    const { timeText } = context.clock;
    return { reply: waiting(anew, address, { preface: changed, timeText, returning: request.caller.returning }) };
  }
  const consent = await approvals.open(approval, request.caller.id);
  await approvals.close(approval, 'used');
  return { approval: kind, approvalId: approval.id, approver: approval.decision?.name, plan, consent };
}

const changed = 'Something has changed since the approval, so it does not count. As it is now:\n';

async function withdraw(approval: Approval, approvals: Approvals): Promise<never> {
  await approvals.close(approval);
  throw new RefusedError('declined', `The page to approve on was declined ${byClient} Nothing was sent.`);
}

async function refusedBy(approval: Approval, approvals: Approvals): Promise<RefusedError> {
  await approvals.close(approval);
  const { decision } = approval;
  if (!decision) return over('it was taken back, or another has come in its place');
  const why = decision.reason ? `: "${decision.reason}"` : '.';
  return new RefusedError(
    'declined',
    `${decision.name} refused the call${why} Nothing was sent; do not repeat it unasked.`,
  );
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
  returning?: Caller['returning'];
}

/** The answer with the id to come back with. */
function waiting(approval: Approval, address: string, words: Words): CallToolResult {
  const { text, facts } = waitingWords(approval, address, words);
  return { content: [{ type: 'text', text }], structuredContent: facts };
}

function waitingWords(approval: Approval, address: string, { preface, timeText, returning }: Words) {
  const { id, state, plan, expires, reason } = approval;
  const expiresAt = timeText(expires);
  const again = returning?.(id) ?? `Call confirm_operation {"approval_id":"${id}"}`;
  const next = `${again} to wait for the decision and carry the call out.`;
  const where = `at ${address}, or with "pgfleet approvals approve ${id}",`;
  const decision =
    state === 'approved' ? 'A person has approved this already; it counts' : `A person has to approve this ${where}`;
  const how = `Nothing was sent yet. ${decision} before ${expiresAt}${reason ? ` (${reason})` : ''}. ${next}`;
  const facts = {
    status: 'approval_pending',
    approval_id: id,
    approval_url: address,
    expires_at: expiresAt,
    plan: planFields(plan),
    ...plannedEffect(plan),
    note: `Nothing was sent yet. ${preface}`.trim(),
    next,
  };
  return { text: `${preface}${planText(plan)}\n\n${how}`, facts };
}
