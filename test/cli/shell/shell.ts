import { sandboxFile } from '../../../src/call/audit/separate.js';
import { linesOf } from '../../support/connect.js';
import type { Fleet } from '../../support/fleet.js';
import { type InProcessOptions, runInProcess } from '../../support/in-process.js';

export interface ShellOptions extends Omit<InProcessOptions, 'args' | 'transport' | 'ask'> {
  fleet?: Pick<Fleet, 'environment'>;
  /** What the person at the terminal types, one text a question; left out, there is no terminal. */
  types?: readonly (string | undefined)[];
}

export interface Ran {
  code: number | undefined;
  stdout: string;
  stderr: string;
  /** The questions that the person was asked. */
  asked: string[];
  audit: Record<string, unknown>[];
}

/** One command of the shell, with its sandbox or a fleet. */
export async function shell(args: readonly string[], options: ShellOptions = {}): Promise<Ran> {
  const { fleet, types, env, ...given } = options;
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    return types?.[asked.length - 1];
  };
  const ran = await runInProcess({
    ...given,
    args: fleet ? args : [...args, '--sandbox'],
    env: { ...fleet?.environment, ...env },
    ...(types && { ask }),
  });
  const log = env?.['PGFLEET_AUDIT_LOG'] ?? ran.auditLog;
  return {
    code: ran.code(),
    stdout: ran.stdout(),
    stderr: ran.stderr(),
    asked,
    audit: linesOf(fleet ? log : sandboxFile(log)),
  };
}
