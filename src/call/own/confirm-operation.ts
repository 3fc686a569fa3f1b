import { z } from 'zod';
import { callTool } from '../call-tool.js';
import { findTool } from '../doors.js';
import { RefusedError } from '../errors.js';
import type { OwnTool } from './own-tool.js';

export const confirmOperation: OwnTool = {
  name: 'confirm_operation',
  title: 'Confirm operation',
  description:
    'Carries out exactly the call that a plan with status confirmation_required described, once. ' +
    'For after the person responsible has agreed to that plan.',
  readOnly: false,
  destructive: true,
  idempotent: false,
  input: z.object({ confirmation_token: z.string().min(1).max(100_000) }),
  output: z.object({}),
  async run({ confirmation_token: sealed }, caller, doors) {
    const token = await doors.consents.open(String(sealed), caller.id, 'token');
    const found = await findTool(token.tool, doors);
    if (!found)
      throw new RefusedError('invalid consent', `There is no tool ${token.tool} here any more. Nothing was sent.`);
    return callTool({ found, args: token.arguments, caller, token }, doors);
  },
};
