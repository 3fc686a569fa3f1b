import type { BuiltinTool } from './builtin-tool.js';
import { confirmOperation } from './confirm-operation.js';
import { waitForJob } from './wait-for-job.js';

/** The tools of the product itself, beside those of the providers. */
export const builtinTools: readonly BuiltinTool[] = [waitForJob, confirmOperation];
