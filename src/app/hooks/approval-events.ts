import type { Approval } from '../../call/guard/approvals.js';
import { eventIdOf, type HookEvent } from '../../observe/hooks/event.js';

/** What is known where an event about an approval is made. */
export interface ApprovalFacts {
  link: string;
  isSandbox: boolean;
  /** Epoch milliseconds. */
  now: number;
}

/** That a call waits for a person. What it would do stands on the page alone. */
export function eventOfRequest(approval: Approval, facts: ApprovalFacts): HookEvent {
  const { caller, fourEyes, expires, reason } = approval;
  return eventOf(approval, facts, 'approval.requested', {
    caller: caller.name,
    client: caller.client,
    fourEyes,
    reason,
    expires: new Date(expires).toISOString(),
  });
}

/** That it does not wait any more. */
export function eventOfDecision(approval: Approval, facts: ApprovalFacts): HookEvent {
  const { decision } = approval;
  return eventOf(approval, facts, 'approval.decided', { state: stateOf(approval), by: decision?.name });
}

/** A call whose form got no answer can be confirmed in the conversation; one that is made anew takes it back. */
function stateOf({ state, decision }: Approval): string {
  if (state === 'used') return 'confirmed';
  return decision ? state : 'withdrawn';
}

function eventOf(
  { id, plan: { tool, account, risk, touches } }: Approval,
  { link, isSandbox, now }: ApprovalFacts,
  type: 'approval.requested' | 'approval.decided',
  more: Record<string, unknown>,
): HookEvent {
  const instances = touches.map(({ reference }) => reference);
  const target = touches.map(({ reference, name = reference }) => name).join(', ') || account;
  return {
    id: eventIdOf(type, id),
    type,
    time: new Date(now).toISOString(),
    account,
    instances: instances.length > 0 ? instances : [account],
    data: { request: id, tool, account, risk, target, instances, ...more, ...(isSandbox && { sandbox: true }) },
    link,
  };
}
