import type { DatabaseCheck } from '../check.js';
import { sessionChecks } from './sessions.js';

/** All checks of a look inside. */
export const checks: readonly DatabaseCheck[] = [...sessionChecks];
