import { confirmOperation } from './confirm-operation.js';
import type { OwnTool } from './own-tool.js';
import { waitForJob } from './wait-for-job.js';

/** The tools of the product itself, beside those of the providers. */
export const ownTools: readonly OwnTool[] = [waitForJob, confirmOperation];
