import type { Danger, Tool } from '../../define/index.js';
import { type Values } from '../../values/values.js';
import type { Caller } from '../caller.js';
import type { OpenedConsent } from './consent.js';
import type { Plan } from './plan.js';

export type ApprovalKind = 'not needed' | 'form' | 'token' | 'person' | 'allowed by policy' | 'switched off';

export interface Confirmation {
  approval: ApprovalKind;
  plan?: Plan;
  /** The consent to burn before anything is sent. */
  consent?: OpenedConsent;
  approvalId?: string;
  /** Who approved on the approval page. */
  approver?: string;
}

/** What the guard has to know of a tool. */
export type GuardedTool = Pick<Tool, 'title' | 'risk'> & { name: string };

export interface ConfirmationRequest {
  tool: GuardedTool;
  /** The name of the account that the call goes to. */
  account: string;
  /** The worst comes first. Without any, nobody has to be asked. */
  dangers: readonly Danger[];
  /** What the call does without any, and the way back. */
  ordinary?: Pick<Danger, 'warning' | 'undo'>;
  input: Values;
  caller: Caller;
  /** The consent that came through `confirm_operation`. */
  token?: OpenedConsent;
  /** The approval to wait for, which came through `confirm_operation`. */
  approvalId?: string;
}
