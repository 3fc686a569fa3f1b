import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import type { ConfirmMode, Danger } from '../../define/index.js';
import type { Clock } from '../../values/clock.js';
import { RefusedError } from '../errors.js';
import type { Decision } from '../policy/decision.js';
import { confirmationRequired, isAnswered, question, requireNoDecline, requireYes, whyUndecided } from './ask.js';
import type { Confirmation, ConfirmationRequest, GuardedTool } from './confirmation.js';
import type { Consents, OpenedConsent } from './consent.js';
import { type ApprovalChannel, approvalInstead, humanApproval } from './human-approval.js';
import { hashOf, type Plan, type PlanDanger } from './plan.js';
import { longestPlan, planText } from './plan-text.js';

export interface GuardContext {
  mode: ConfirmMode;
  /** The decision of the policy about this call, if it has one. */
  decision?: Decision;
  consents: Consents;
  /** Absent when nobody can approve outside the conversation. */
  approvalChannel?: ApprovalChannel;
  plan(dangers: readonly PlanDanger[]): Promise<Plan>;
  clock: Clock;
}

/**
 * Lets a call pass, or returns the reply that replaces its answer: the question. Throws a `RefusedError` for every
 * refusal.
 */
export async function guard(
  request: ConfirmationRequest,
  context: GuardContext,
): Promise<Confirmation | { reply: CallToolResult | InputRequiredResult }> {
  const { tool, input, caller, token, approvalId } = request;
  const { decision } = context;
  const dangers = request.dangers.length > 0 ? request.dangers : wantedBy(decision, request);
  const [danger] = dangers;
  if (!danger) return { approval: 'not needed' };
  const mode = modeOf(context);
  if (mode === 'off') return { approval: decision?.effect ? 'allowed by policy' : 'switched off' };
  if (mode === 'deny') throw denied(tool, danger, 'This server refuses such calls (PGFLEET_CONFIRM=deny).');
  const plan = () => context.plan(dangers);
  if (mode === 'human' || approvalId !== undefined) {
    if (!context.approvalChannel) throw denied(tool, danger, noApprovalChannel(context));
    return humanApproval(request, onPage(context.approvalChannel, { ...context, mode, plan }));
  }

  const consent = token ?? (await openAnswer(request, context.consents));
  if (consent && !token) await unlessNo(() => requireNoDecline(caller), consent, context.consents);
  const shown = await plan();
  if (consent && (token || isAnswered(caller))) {
    const { arguments: args } = consent;
    if (consent.tool !== tool.name || hashOf(args) !== hashOf(input)) throw otherCall();
    if (consent.account !== request.account) throw otherAccount();
    const undecided = token ? undefined : whyUndecided(caller);
    if (undecided !== undefined) {
      await context.consents.burn(consent);
      const channel = context.approvalChannel;
      throw await approvalInstead(undecided, request, channel && onPage(channel, { ...context, mode, plan }));
    }
    if (consent.plan !== shown.hash) return { reply: await ask(shown, request, { ...context, mode }, changed) };
    if (!token) await unlessNo(() => requireYes(caller, shown), consent, context.consents);
    return { approval: token ? 'token' : 'form', plan: shown, consent };
  }
  if (planText(shown).length <= longestPlan) return { reply: await ask(shown, request, { ...context, mode }, '') };
  const { approvalChannel } = context;
  if (!approvalChannel || approvalChannel.isOnDemand) throw denied(tool, danger, tooLong);
  return humanApproval(request, onPage(approvalChannel, { ...context, mode, plan }));
}

const onPage = (
  channel: ApprovalChannel,
  { mode, decision, clock, plan }: Omit<GuardContext, 'plan'> & { plan: () => Promise<Plan> },
) => ({
  channel,
  clock,
  plan,
  isTokenEnough: mode === 'token',
  fourEyes: decision?.fourEyes ?? false,
  reason: decision?.reason,
});

/** A refusal uses the question up, so that nobody can answer it again and approve. */
async function unlessNo(check: () => void, consent: OpenedConsent, consents: Consents): Promise<void> {
  try {
    check();
  } catch (error) {
    await consents.burn(consent);
    throw error;
  }
}

const changed = 'Something has changed since the question was asked, so the answer does not count. As it is now:\n';

async function ask(
  plan: Plan,
  { tool, account, input, caller }: ConfirmationRequest,
  { mode, consents, clock }: GuardContext,
  preface: string,
) {
  const channel = mode === 'auto' && caller.canBeAsked ? 'form' : 'token';
  const { token, expires } = await consents.seal({
    tool: tool.name,
    account,
    arguments: input,
    named: plan.named,
    plan: plan.hash,
    caller: caller.id,
    session: caller.session,
    channel,
  });
  if (channel === 'form') return question(plan, token, preface);
  return confirmationRequired(plan, token, clock.timeText(expires), preface);
}

/** Opens the consent that an answer to a form refers to. An answer without its question does not count. */
async function openAnswer({ caller }: ConfirmationRequest, consents: Consents): Promise<OpenedConsent | undefined> {
  if (caller.answer.state !== undefined) return consents.open(caller.answer.state, caller, 'form');
  if (!isAnswered(caller)) return undefined;
  const reason = 'A confirmation came without the question that it answers.';
  throw new RefusedError('invalid consent', `${reason} Nothing was sent. Call the tool again to be asked.`);
}

const otherCall = (): RefusedError =>
  new RefusedError('invalid consent', 'The confirmation was made for another call. Nothing was sent.');

const otherAccount = (): RefusedError =>
  new RefusedError(
    'invalid consent',
    'The confirmation was made for another account: what the call names has moved. Nothing was sent. ' +
      'Call the tool again.',
  );

/** The mode that the policy wants, or else the server's own mode. */
function modeOf({ mode, decision }: GuardContext): ConfirmMode {
  if (decision?.effect === 'allow') return 'off';
  if (decision?.effect === 'human') return 'human';
  if (decision?.effect === 'ask') return mode === 'token' ? 'token' : 'auto';
  return mode;
}

/** A policy may want a person asked about a call that is not guarded by itself. */
function wantedBy(
  decision: Decision | undefined,
  { tool, ordinary }: Pick<ConfirmationRequest, 'tool' | 'ordinary'>,
): readonly PlanDanger[] {
  if (decision?.effect !== 'ask' && decision?.effect !== 'human') return [];
  const danger = ordinaryDanger(tool, ordinary);
  return [{ ...danger, warning: `${danger.warning} The policy of this server wants a person asked.` }];
}

/** What a call does that has no danger, for its plan. */
export const ordinaryDanger = (
  { risk, title }: Pick<GuardedTool, 'risk' | 'title'>,
  { warning, undo }: Pick<Danger, 'warning' | 'undo'> = { warning: `${title}.`, undo: 'Not told.' },
): PlanDanger => ({ risk: risk === 'read' ? risk : 'write', warning, undo });

/** A mode can be chosen again by whoever set it; a rule of a policy leaves no other way. */
function noApprovalChannel({ decision }: Pick<GuardContext, 'decision'>): string {
  const isOfPolicy = decision?.effect === 'human';
  const why = isOfPolicy ? 'A rule of the policy' : 'PGFLEET_CONFIRM=human';
  const served =
    `${why} wants an approval outside the conversation, and there is no approval page here: serve it with ` +
    '"pgfleet http", whose PGFLEET_STORE a command in a shell has to share';
  return isOfPolicy ? `${served}.` : `${served}, or choose auto or token.`;
}

const tooLong =
  'Its plan is longer than clients show, and nothing of it may be cut: make the change in several calls with fewer ' +
  'values each, take away first what would go with it, or serve the approval page with "pgfleet http".';

const denied = (tool: GuardedTool, { risk }: PlanDanger, why: string): RefusedError =>
  new RefusedError('denied', `${tool.name} is ${risk} with these arguments. Nothing was sent. ${why}`);
