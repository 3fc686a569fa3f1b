import type { BuiltinTool } from './builtin-tool.js';
import { confirmOperation } from './confirm-operation.js';
import { runOperation, runReadOperation } from './run-operation.js';
import { waitForJob } from './wait-for-job.js';

/** The built-in tools, which work without the fleet. */
export const builtinTools: readonly BuiltinTool[] = [runReadOperation, runOperation, waitForJob, confirmOperation];
