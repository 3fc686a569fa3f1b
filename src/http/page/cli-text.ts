import * as z from 'zod';
import { planText } from '../../call/guard/plan-text.js';
import { risks } from '../../define/index.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { distance, type Moment, toSecond } from './words/text.js';

const values = z.record(z.string(), z.unknown());
const ranges = z.object({ ranges: z.array(z.string()), unjudged: z.array(z.string()) });

/** An approval as the server sends it. Fields that a newer server adds are accepted. */
export const approvalForm = z.object({
  id: z.string().regex(/^[0-9a-f-]{36}$/),
  state: z.enum(['pending', 'approved', 'refused', 'used']),
  caller: z.object({ id: z.string(), name: z.string(), client: z.string() }),
  plan: z.object({
    tool: z.string(),
    title: z.string(),
    provider: z.string(),
    risk: z.enum(risks),
    dangers: z.array(z.object({ risk: z.enum(risks), warning: z.string(), undo: z.string() })),
    warning: z.string(),
    undo: z.string(),
    changes: z.array(
      z.object({
        field: z.string(),
        before: z.unknown().optional(),
        after: z.unknown().optional(),
        added: z.array(z.unknown()).optional(),
        removed: z.array(z.unknown()).optional(),
        unknown: z.string().optional(),
        action: z.string().optional(),
        told: z.record(z.string(), z.string()).optional(),
        note: z.string().optional(),
        admits: z.object({ gained: ranges, lost: ranges, isWide: z.boolean(), admitted: ranges.optional() }).optional(),
      }),
    ),
    touches: z.array(
      z.object({
        reference: z.string(),
        name: z.string().optional(),
        state: z.string().optional(),
        role: z.string().optional(),
      }),
    ),
    unknown: z.array(z.string()),
    arguments: values,
    shown: z.array(
      z.object({
        label: z.string(),
        records: z.array(values),
        says: z.string().optional(),
        unreadable: z.string().optional(),
      }),
    ),
    name: z.string(),
    hash: z.string(),
  }),
  fourEyes: z.boolean(),
  reason: z.string().optional(),
  requested: z.number(),
  expires: z.number(),
  decision: z.object({ name: z.string(), reason: z.string().optional(), time: z.number() }).optional(),
});
export type TerminalApproval = z.infer<typeof approvalForm>;

/** This many characters of an id tell it from others. */
const shortId = 8;

/** The waiting requests, with the one that expires first at the top, and what to type next. */
export function requestTexts(approvals: readonly TerminalApproval[], now: number): string {
  const waiting = approvals.filter(({ state, expires }) => state === 'pending' && expires > now);
  const [first] = waiting;
  if (!first) return 'Nothing waits.';
  const lines = waiting.toSorted((a, b) => a.expires - b.expires).map((approval) => line(approval, now));
  const how =
    'Read one with `pgfleet approvals show ID`, then `approve ID` or `refuse ID`; what is destructive wants its name.';
  return [...lines, '', how].join('\n');
}

/** Writes a name such as `Restart DB instance, staging`. */
export const nameOf = ({ plan }: TerminalApproval): string => `${sanitizeText(plan.title)}, ${sanitizeText(plan.name)}`;

function line(approval: TerminalApproval, now: number): string {
  const { id, plan, caller, expires } = approval;
  const what = `${plan.risk}: ${nameOf(approval)} at ${sanitizeText(plan.provider)}`;
  const asked = `${sanitizeText(caller.name)} asked; expires ${distance(expires, now)}`;
  return `${id.slice(0, shortId)}  ${what}\n          ${asked}`;
}

/** One whole request, with the plan as everywhere else. */
export function oneText(approval: TerminalApproval, { now, timeText }: Moment): string {
  const { id, plan, caller, reason, expires, decision, state } = approval;
  const verdict = state === 'refused' ? 'Refused' : 'Approved';
  const decided = decision
    ? `${verdict} by ${sanitizeText(decision.name)}, ${distance(decision.time, now)}`
    : `Expires: ${distance(expires, now)} (${toSecond(expires, timeText)})`;
  return [
    `Request ${id}`,
    `Asked by: ${sanitizeText(caller.name)}, with ${sanitizeText(caller.client)}`,
    ...(reason ? [`Why a person is wanted: ${sanitizeText(reason, 500)}`] : []),
    ...planText(plan).split('\n').map(withoutControls),
    `Name: ${sanitizeText(plan.name)}`,
    decided,
  ].join('\n');
}

/** Text from a server must not move the cursor. */
const withoutControls = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
