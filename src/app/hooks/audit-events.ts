import type { AuditLine } from '../../call/audit/line.js';
import { eventIdOf, type HookEvent } from '../../observe/hooks/event.js';
import type { FollowedJob } from '../../observe/hooks/jobs.js';

const instancesOf = ({ touches = [] }: AuditLine): string[] => touches.filter((reference) => reference !== 'unknown');

/** A line of the audit record as it is told outside: who did what to which instance, and nothing that was given. */
export function eventOfLine(line: AuditLine): HookEvent {
  const { number, time, provider: account, hash, event, call, tool, through, risk, dangers } = line;
  const { client, caller, approval, approvalId, approver, trace, sandbox, code, job, milliseconds } = line;
  const instances = instancesOf(line);
  // The reason that somebody wrote follows on the outcome, and may hold anything.
  const outcome = line.outcome?.split(':')[0];
  return {
    id: eventIdOf('audit.written', hash),
    type: 'audit.written',
    time,
    order: number,
    account,
    instances: instances.length > 0 ? instances : [account],
    data: {
      number,
      event,
      call,
      tool,
      through,
      risk,
      dangers,
      account,
      instances,
      client,
      caller,
      approval,
      approvalId,
      approver,
      trace,
      outcome,
      sandbox,
      code,
      job,
      milliseconds,
      hash,
    },
  };
}

/** The job that a call has started, as its line tells. */
export function jobOfLine(line: AuditLine): FollowedJob | undefined {
  const { event, job, tool, provider: account, time, sandbox } = line;
  if (event !== 'outcome' || job === undefined) return undefined;
  return { job, tool, account, instances: instancesOf(line), started: Date.parse(time), sandbox };
}
