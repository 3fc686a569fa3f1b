import type { CallToolResult } from '@modelcontextprotocol/server';
import { refusedKey, unknownOutcomeKey } from '../../../call/answer/to-failure.js';
import { neverTold } from '../../../fleet/adapter.js';
import { isRecord } from '../../../values/values.js';
import { fieldsOf } from './answer.js';

/** What the end of a command means for a script. `docs/shell.md` has the same table. */
export const exitCodes = {
  done: 0,
  wrong: 1,
  unusable: 2,
  refused: 3,
  waiting: 4,
  failed: 5,
  unknown: 6,
} as const;

/** The lists by which an answer of the fleet tells what could not be seen. */
const gaps = ['failures', 'missed', 'unseen'];

/** The grades of a finding that somebody has to look at. A notice is none of them. */
const wrong: ReadonlySet<unknown> = new Set(['critical', 'warning']);

/** The code for the answer to a call. With `isCheck`, what is found to be wrong counts. */
export function exitCodeOf(result: CallToolResult, { isCheck }: { isCheck: boolean }): number {
  const { isError, _meta: marks = {} } = result;
  const data = fieldsOf(result);
  if (data['status'] === 'approval_pending') return exitCodes.waiting;
  if (marks[unknownOutcomeKey] === true) return exitCodes.unknown;
  if (isError) return marks[refusedKey] === true ? exitCodes.refused : exitCodes.failed;
  const findings = [data['findings'], data['inside']].flat().filter(isRecord);
  if (isCheck && findings.some(({ severity }) => wrong.has(severity))) return exitCodes.wrong;
  const missing = gaps.flatMap((list) => data[list] ?? []).filter((gap) => !isRecord(gap) || gap['why'] !== neverTold);
  return missing.length > 0 ? exitCodes.failed : exitCodes.done;
}
