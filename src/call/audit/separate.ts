import { parse } from 'node:path';
import { newestFirst } from './line.js';
import type { AuditLog } from './log.js';

/** The file for what was done to the emulator: `audit.jsonl` becomes `audit.sandbox.jsonl`, beside the real record. */
export function sandboxFile(file: string): string {
  const { ext } = parse(file);
  return `${file.slice(0, file.length - ext.length)}.sandbox${ext}`;
}

/** The list of the shared store for the same. */
export const sandboxList = 'audit-sandbox';

export interface SeparateOptions {
  real: AuditLog;
  sandbox: AuditLog;
  accounts: readonly { name: string; provider: string; isSandbox?: boolean }[];
}

/** Keeps what was done to the emulator out of the real record. Only records of accounts that there are are shown. */
export function separateAudit({ real, sandbox, accounts }: SeparateOptions): AuditLog {
  const isEmulated = ({ isSandbox }: { isSandbox?: boolean }) => isSandbox === true;
  const shown = [...(accounts.some(isEmulated) ? [sandbox] : []), ...(accounts.every(isEmulated) ? [] : [real])];
  /** A call that was refused before its account was settled is recorded with its provider. */
  const isOfSandbox = (name: string) => {
    const own = accounts.filter((account) => account.name === name);
    const possible = own.length > 0 ? own : accounts.filter(({ provider }) => provider === name);
    return possible.length > 0 && possible.every(isEmulated);
  };
  return {
    write: (entry) => (isOfSandbox(entry.provider) ? sandbox.write({ ...entry, sandbox: true }) : real.write(entry)),
    async latest(count) {
      const lines = (await Promise.all(shown.map((log) => log.latest(count)))).flat();
      return lines.toSorted(newestFirst).slice(0, count);
    },
  };
}
