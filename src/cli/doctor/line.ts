import type { Drift } from './account/drifts.js';

export type LineStatus = 'ok' | 'warning' | 'fault';

/** What one look of the doctor found. */
export interface DoctorLine {
  status: LineStatus;
  /** What was looked at, in one word. */
  check: string;
  /** The account that it is about. Absent for what belongs to this machine. */
  account?: string;
  /** The operation that it is about. */
  operation?: string;
  /** The status and the code of a failure, as far as they are no more than that. */
  code?: string;
  /** How the answer of the operation differs from what is documented. */
  drift?: Drift;
  /** One sentence without values of the provider. */
  says: string;
  /** What mends it. Absent where nothing has to be mended. */
  mend?: string;
}

export const okLine = (check: string, says: string): DoctorLine => ({ status: 'ok', check, says });

export const warningLine = (check: string, says: string, mend: string): DoctorLine => ({
  status: 'warning',
  check,
  says,
  mend,
});

export const faultLine = (check: string, says: string, mend: string): DoctorLine => ({
  status: 'fault',
  check,
  says,
  mend,
});
