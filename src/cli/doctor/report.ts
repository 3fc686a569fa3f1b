import type { Account } from '../../providers/account.js';
import type { DoctorLine } from './line.js';

/**
 * What the project needs to follow a provider: which operations were refused with which code, and how answers differ.
 * It has no value, no id and no name of anything, not even that of the account.
 */
export function reportOf(
  version: string,
  lines: readonly DoctorLine[],
  accounts: ReadonlyMap<string, Account>,
): object {
  const seen = lines.map(({ status, check, account, operation, code, drift }) => ({
    provider: account === undefined ? undefined : accounts.get(account)?.provider,
    check,
    status,
    operation,
    code,
    drift,
  }));
  return { pgfleet: version, lines: seen };
}
