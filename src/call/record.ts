import type { Tool, Toolset } from '../define/index.js';
import { textsAt } from '../values/json-path.js';
import type { Values } from '../values/values.js';
import type { AuditEntry } from './audit/line.js';
import type { CallContext, ResolvedTool } from './call-context.js';
import type { Caller } from './caller.js';
import { type CallEffect, riskOf } from './effect/effect-of.js';
import { type ResolvedName, resolvedText } from './effect/resolved-name.js';
import { InputError, RefusedError } from './errors.js';
import type { Confirmation } from './guard/confirmation.js';
import { masked } from './secrets/secrets.js';

/** The audit lines of one call. Reads leave none. */
export interface CallRecord {
  /** The arguments, once they are known to be sound, and again once it is known what they name. */
  checked(input: Values, names?: readonly ResolvedName[]): void;
  /** What the call does, once that is known. */
  judged(effect: CallEffect): void;
  /** The account that the call goes to, once it is settled. */
  settled(account: string): void;
  /** Throws when the line cannot be written. Then nothing may be sent. */
  attempt(passed: Confirmation): Promise<void>;
  /** Returns a note, instead of throwing, when the line could not be written, because the change is already made. */
  outcome(outcome: string, facts?: Partial<AuditEntry>): Promise<string[]>;
  failure(error: unknown, isUnknown: boolean, code?: string): Promise<string[]>;
  /** The call was not sent, because it would have changed nothing. */
  unchanged(): Promise<string[]>;
}

interface RecordedCall {
  resolved: Pick<ResolvedTool, 'targets'> & {
    tool: Pick<Tool, 'risk' | 'input'> & { name: string };
    toolset: Pick<Toolset, 'provider'>;
  };
  caller: Caller;
  through?: string;
}

export const openRecord = (call: RecordedCall, context: CallContext): CallRecord =>
  call.resolved.tool.risk === 'read' ? unwritten : recordOf(call, context);

const unwritten: CallRecord = {
  checked: () => undefined,
  judged: () => undefined,
  settled: () => undefined,
  attempt: async () => undefined,
  outcome: async () => [],
  failure: async () => [],
  unchanged: async () => [],
};

function recordOf({ resolved, caller, through }: RecordedCall, context: CallContext): CallRecord {
  const { tool, toolset, targets } = resolved;
  const begun = context.clock.now();
  let attempted = false;
  let ended = false;
  let facts: Partial<AuditEntry> = {};
  const entry = (event: AuditEntry['event'], more: Partial<AuditEntry>): AuditEntry => ({
    event,
    call: id,
    tool: tool.name,
    through,
    risk: tool.risk,
    provider: toolset.provider,
    client: caller.client,
    caller: caller.name,
    trace: caller.traceContext?.traceId,
    ...facts,
    ...more,
  });
  const id = context.random.id();

  async function write(line: AuditEntry): Promise<string[]> {
    try {
      await context.audit.write(line);
      return [];
    } catch (error) {
      context.log(`The audit record of ${tool.name} (${line.event}) could not be written: ${String(error)}`);
      return ['The outcome could not be written to the audit record; see the log.'];
    }
  }

  return {
    checked(input, names = []) {
      const args = masked(tool, input);
      const target = targets.flatMap(({ argument }) => textsAt(args, argument)).join(' ');
      const named = names.length > 0 ? names.map(resolvedText) : undefined;
      facts = { ...facts, arguments: args, target: target || undefined, named };
    },
    judged({ dangers, touched: { instances, unknown }, changes }) {
      facts = {
        ...facts,
        risk: riskOf(tool, dangers),
        dangers: dangers.length > 0 ? [...new Set(dangers.map(({ risk }) => risk))] : undefined,
        touches: [...instances.map(({ reference }) => reference), ...(unknown === undefined ? [] : ['unknown'])],
        changes: changes.length > 0 ? changes : undefined,
      };
    },
    settled(account) {
      facts = { ...facts, provider: account };
    },
    async attempt({ approval, approvalId, approver, plan }) {
      try {
        await context.audit.write(entry('attempt', { approval, approvalId, approver, plan: plan?.hash }));
      } catch (error) {
        context.log(`The audit record cannot be written: ${String(error)}`);
        throw new RefusedError(
          'denied',
          'The audit record cannot be written, so the change was not sent. ' +
            'PGFLEET_AUDIT_LOG names its file; the log has the reason.',
        );
      }
      attempted = true;
    },
    async outcome(outcome, more = {}) {
      ended = true;
      return write(
        entry('outcome', {
          arguments: undefined,
          named: undefined,
          changes: undefined,
          outcome,
          ...more,
          milliseconds: context.clock.now() - begun,
        }),
      );
    },
    unchanged: () => write(entry('refused', { outcome: 'unchanged', milliseconds: context.clock.now() - begun })),
    async failure(error, isUnknown, code) {
      if (ended) return [];
      if (attempted) return this.outcome(isUnknown ? 'unknown' : 'failed', { code });
      await write(entry('refused', { outcome: whyRefused(error), code, milliseconds: context.clock.now() - begun }));
      return [];
    },
  };
}

function whyRefused(error: unknown): string {
  if (error instanceof RefusedError) return error.outcome;
  return error instanceof InputError ? 'invalid arguments' : 'failed';
}
