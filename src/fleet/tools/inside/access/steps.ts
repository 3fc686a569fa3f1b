import { jobOf } from '../../../../call/answer/job-handle.js';
import { unknownOutcomeKey } from '../../../../call/answer/to-failure.js';
import {
  isFailure,
  type PlannedInnerCall,
  planInnerCall,
  runInnerCall,
  wordsOfResult,
} from '../../../../call/builtin/inner-calls.js';
import { waitForJob } from '../../../../call/builtin/wait-for-job.js';
import type { Caller } from '../../../../call/caller.js';
import type { Confirmation } from '../../../../call/guard/confirmation.js';
import type { Shown } from '../../../../call/guard/plan-reads.js';
import { mapLeaves, textAt } from '../../../../values/json-path.js';
import type { AccessStep } from '../../../details/login-way.js';
import type { FleetToolContext } from '../../fleet-tool.js';

/** Whose steps they are. */
export interface StepsOf {
  through: string;
  account: string;
  caller: Caller;
}

/** A step, with what its own walk found. One that depends on a step before it has no plan yet. */
export type PlannedStep = AccessStep & Partial<Pick<PlannedInnerCall, 'plan' | 'decision'>>;

/** Walks each step up to its guard. Steps that would change nothing are left out. Throws a `RefusedError`. */
export async function planSteps(
  steps: readonly AccessStep[],
  of: StepsOf,
  context: FleetToolContext,
): Promise<readonly PlannedStep[]> {
  const planned: PlannedStep[] = [];
  for (const step of steps) {
    if (step.follows) planned.push(step);
    else {
      const seen = await planInnerCall(step, of, context);
      if (seen) planned.push(seen);
    }
  }
  return planned;
}

/** What a person is shown of the steps: each as a call with all its arguments, since a long text would be cut. */
export const shownSteps = (steps: readonly PlannedStep[]): Shown[] =>
  steps.map(({ operation, plan, ...step }, index) => {
    const record: Record<string, unknown> = { operation };
    mapLeaves(plan?.arguments ?? step.arguments, (leaf, _path, exact) => {
      record[exact] = leaf;
      return leaf;
    });
    return { label: `step ${index + 1}`, records: [record] };
  });

interface Ran {
  passwordFile?: string;
  /** Why a step failed, or did not end. Absent when all went well. */
  failure?: string;
  /** Whether the step that failed may yet do its work. */
  isOpen?: boolean;
}

/** Runs the steps one after the other, each to the end of its work, and stops at the first that fails. */
export async function runSteps(
  steps: readonly PlannedStep[],
  { confirmation, ...of }: StepsOf & { confirmation: Confirmation },
  context: FleetToolContext,
): Promise<Ran> {
  let passwordFile: string | undefined;
  for (const [index, step] of steps.entries()) {
    // The first step is judged by the state that was shown; those before the others have changed it.
    const shown = index === 0 ? step.plan?.hash : undefined;
    const ran = await runInnerCall({ ...step, shown }, { ...of, confirmation }, context);
    passwordFile ??= ran.passwordFile;
    if (isFailure(ran.result)) {
      const isOpen = ran.result._meta?.[unknownOutcomeKey] === true;
      return { passwordFile, failure: `${step.operation}: ${wordsOfResult(ran.result)}`, isOpen };
    }
    const failure = await unfinished(jobOf(ran.result), of.caller, context);
    if (failure !== undefined) return { passwordFile, failure: `${step.operation}: ${failure}`, isOpen: true };
  }
  return { passwordFile };
}

/** So long is waited for the work of one step, in seconds. */
const patience = 45;

async function unfinished(
  job: string | undefined,
  caller: Caller,
  context: FleetToolContext,
): Promise<string | undefined> {
  if (job === undefined) return undefined;
  const waited = await waitForJob.run({ job, seconds: patience }, caller, context);
  return textAt(waited, 'structuredContent.state') === 'succeeded' ? undefined : wordsOfResult(waited);
}
