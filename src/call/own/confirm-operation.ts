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
    'confirmation_required, after the person responsible has agreed to it; or with the approval_id of one whose ' +
    'status is approval_pending, waiting up to 45 seconds for the decision on the approval page.',
  readOnly: false,
  destructive: true,
  idempotent: false,
  input: z.object({
    confirmation_token: z.string().min(1).max(100_000).optional(),
    approval_id: z.string().min(1).max(100).optional(),
  }),
  output: z.object({}),
  async run(input, caller, doors) {
    const { confirmation_token: sealed, approval_id: approvalId } = input as Given;
    if ((sealed === undefined) === (approvalId === undefined))
      throw new InputError(['It takes either confirmation_token or approval_id.']);
    const token = sealed === undefined ? undefined : await doors.consents.open(sealed, caller.id, 'token');
    const { tool, arguments: args } = token ?? (await askedFor(approvalId ?? '', caller, doors));
    const found = await findTool(tool, doors);
    if (!found) throw new RefusedError('invalid consent', `There is no tool ${tool} here any more. Nothing was sent.`);
    return callTool({ found, args, caller, token, approvalId }, doors);
  },
};

interface Given {
  confirmation_token?: string;
  approval_id?: string;
}

/** What was asked to be approved; the decision itself is looked at by the guard. */
async function askedFor(id: string, caller: Caller, { desk }: Doors): Promise<OpenedConsent> {
  const approval = await desk?.approvals.get(id);
  if (desk && approval?.caller.id === caller.id) return desk.approvals.open(approval, caller.id);
  const what = 'There is no approval of that id for this caller; it may have expired.';
  throw new RefusedError('invalid consent', `${what} Nothing was sent. Call the tool again to ask anew.`);
}
