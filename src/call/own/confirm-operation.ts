import { z } from 'zod';
import { callTool } from '../call-tool.js';
import type { Caller } from '../caller.js';
import { type Doors, findTool } from '../doors.js';
import { InputError, RefusedError } from '../errors.js';
import type { OpenedConsent } from '../guard/consent.js';
import type { OwnTool } from './own-tool.js';

export const confirmOperation: OwnTool = {
  name: 'confirm_operation',
  title: 'Confirm operation',
  description:
    'Carries out exactly the call that a plan described, once: with the confirmation_token of a plan whose status is ' +
    'confirmation_required, after the person responsible has agreed to it; or with the approval_id of one whose status ' +
    'is approval_pending, waiting up to 45 seconds for the decision on the approval page.',
  readOnly: false,
  destructive: true,
  idempotent: false,
  input: z.object({
    confirmation_token: z.string().min(1).max(100_000).optional(),
    approval_id: z.string().min(1).max(100).optional(),
  }),
  output: z.object({}),
  async run({ confirmation_token: sealed, approval_id: approvalId }, caller, doors) {
    if ((sealed === undefined) === (approvalId === undefined))
      throw new InputError(['It takes either confirmation_token or approval_id.']);
    const consent =
      sealed === undefined
        ? await approvedConsent(String(approvalId), caller, doors)
        : await doors.consents.open(String(sealed), caller.id, 'token');
    const found = await findTool(consent.tool, doors);
    if (!found)
      throw new RefusedError('invalid consent', `There is no tool ${consent.tool} here any more. Nothing was sent.`);
    const call = { found, args: consent.arguments, caller };
    return callTool(
      sealed === undefined ? { ...call, approvalId: String(approvalId) } : { ...call, token: consent },
      doors,
    );
  },
};

/** What was asked to be approved; the decision itself is looked at by the guard. */
async function approvedConsent(id: string, caller: Caller, { desk }: Doors): Promise<OpenedConsent> {
  const approval = await desk?.approvals.get(id);
  if (desk && approval?.caller.id === caller.id) return desk.approvals.open(approval, caller.id);
  const what = 'There is no approval of that id for this caller; it may have expired.';
  throw new RefusedError('invalid consent', `${what} Nothing was sent. Call the tool again to ask anew.`);
}
