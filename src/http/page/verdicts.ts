import { type Approval, ApprovalError, type Approvals, type Verdict } from '../../call/guard/approvals.js';
import { isSamePerson, type Principal } from '../../define/index.js';

/** The HTTP status for a verdict that was not accepted. */
const statuses = { unknown: 404, decided: 409, 'own call': 403, 'wrong name': 422 } as const satisfies Record<
  ApprovalError['code'],
  number
>;

export interface Refusal {
  code: ApprovalError['code'];
  status: (typeof statuses)[ApprovalError['code']];
  message: string;
}

/** Returns the decided approval, or says why it was not decided. */
export async function decide(
  approvals: Approvals,
  id: string,
  verdict: Verdict,
): Promise<{ approval: Approval } | { refusal: Refusal }> {
  try {
    return { approval: await approvals.decide(id, verdict) };
  } catch (error) {
    if (!(error instanceof ApprovalError)) throw error;
    return { refusal: { code: error.code, status: statuses[error.code], message: error.message } };
  }
}

/** Whether the person asked for it, and the policy wants another person to decide. */
export const isOwnCall = ({ fourEyes, caller }: Approval, person: Principal): boolean =>
  fourEyes && isSamePerson(caller, person);
