import { type Approval, ApprovalError, type Approvals, type Verdict } from '../../call/guard/approvals.js';

/** What the HTTP answer says of a verdict that could not be taken. */
const statuses = { unknown: 404, decided: 409, 'own call': 403, 'wrong name': 422 } as const satisfies Record<
  ApprovalError['code'],
  number
>;

export interface Refusal {
  code: ApprovalError['code'];
  status: (typeof statuses)[ApprovalError['code']];
  message: string;
}

/** The approval as it was decided, or why it was not. */
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

/** Whoever asked, where the policy wants somebody else. */
export const isOwnCall = ({ fourEyes, caller }: Approval, person: { id: string }): boolean =>
  fourEyes && caller.id === person.id;
