import { textsAt } from '../values/json-path.js';
import type { AuditEntry } from './audit/line.js';
import type { CallContext, ResolvedTool } from './call-context.js';
import type { Caller } from './caller.js';
import { InputError, RefusedError } from './errors.js';
import type { Confirmation } from './guard/confirmation.js';

/** The audit lines of one call. Reads leave none. */
export interface CallRecord {
  know(facts: Partial<AuditEntry>): void;
  /** Throws when the line cannot be written: then nothing may be sent. */
  attempt(passed: Confirmation): Promise<void>;
  /** Says in a note, instead of throwing, when the line could not be written: the change is made already. */
  outcome(outcome: string, facts?: Partial<AuditEntry>): Promise<string[]>;
  failure(error: unknown, isUnknown: boolean, code?: string): Promise<string[]>;
}

export function openRecord(
  { resolved, caller }: { resolved: ResolvedTool; caller: Caller },
  context: CallContext,
): CallRecord {
  const { tool, toolset, targets } = resolved;
  const begun = context.clock.now();
  let attempted = false;
  let ended = false;
  let facts: Partial<AuditEntry> = {};
  const entry = (event: AuditEntry['event'], more: Partial<AuditEntry>): AuditEntry => ({
    event,
    call: id,
    tool: tool.name,
    risk: tool.risk,
    provider: toolset.provider,
    client: caller.client,
    caller: caller.name,
    trace: caller.traceContext?.traceId,
    ...facts,
    ...more,
  });
  const id = context.random.id();
  const changes = tool.risk !== 'read';

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
    know(more) {
      facts = { ...facts, ...more };
      const named = targets.flatMap(({ argument }) => textsAt(facts.arguments, argument));
      facts.target = named.join(' ') || undefined;
    },
    async attempt({ approval, approvalId, approver, plan }) {
      if (!changes) return;
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
      if (!changes) return [];
      ended = true;
      return write(
        entry('outcome', { arguments: undefined, outcome, ...more, milliseconds: context.clock.now() - begun }),
      );
    },
    async failure(error, isUnknown, code) {
      if (!changes || ended) return [];
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
