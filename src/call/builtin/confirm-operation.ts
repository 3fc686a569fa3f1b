import * as z from 'zod';
import { forModelAlone } from '../../define/presentation.js';
import { type CallContext, resolveTool } from '../call-context.js';
import { callTool } from '../call-tool.js';
import type { Caller } from '../caller.js';
import { InputError, RefusedError } from '../errors.js';
import type { OpenedConsent } from '../guard/consent.js';
import type { BuiltinTool } from './builtin-tool.js';

export const confirmOperation: BuiltinTool = {
  name: 'confirm_operation',
  title: 'Confirm operation',
  description:
    'Carries out exactly the call that a plan described, once: with the confirmation_token of a plan whose status is ' +
    'confirmation_required, after the person responsible has agreed to it; or with the approval_id of one whose ' +
    'status is approval_pending, waiting up to 45 seconds for the decision on the approval page.',
  readOnly: false,
  destructive: true,
  idempotent: false,
  ui: forModelAlone,
  input: z.object({
    confirmation_token: z.string().min(1).max(100).optional(),
    approval_id: z.string().min(1).max(100).optional(),
  }),
  async run(input, caller, context) {
    const { confirmation_token: id, approval_id: approvalId } = input as Given;
    if ((id === undefined) === (approvalId === undefined))
      throw new InputError(['It takes either confirmation_token or approval_id.']);
    const token = id === undefined ? undefined : await context.consents.open(id, caller, 'token');
    const { tool, arguments: args, named } = token ?? (await askedFor(approvalId ?? '', caller, context));
    if (caller.reach?.includes(tool) === false) throw notOffered(tool);
    const confirmed = context.confirmed?.({ tool, args, caller, by: { token, approvalId } });
    if (confirmed) return confirmed;
    const found = await resolveTool(tool, context.accounts);
    if (!found) throw new RefusedError('invalid consent', `There is no tool ${tool} here any more. Nothing was sent.`);
    return callTool({ resolved: found, args, caller, token, approvalId, named }, context);
  },
};

const notOffered = (tool: string): RefusedError =>
  new RefusedError('denied', `${tool} is not offered here. Nothing was sent. It can be confirmed where it is offered.`);

interface Given {
  confirmation_token?: string;
  approval_id?: string;
}

/** Opens the call that needs the approval. The guard checks the decision itself. */
async function askedFor(id: string, caller: Caller, { approvalChannel }: CallContext): Promise<OpenedConsent> {
  const approval = await approvalChannel?.approvals.get(id);
  if (approvalChannel && approval?.caller.id === caller.id) return approvalChannel.approvals.open(approval, caller.id);
  const what = 'There is no approval of that id for this caller; it may have expired.';
  throw new RefusedError('invalid consent', `${what} Nothing was sent. Call the tool again to ask anew.`);
}
