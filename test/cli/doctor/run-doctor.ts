import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandContext, CommandFailed } from '../../../src/cli/command-context.js';
import type { ClientContext } from '../../../src/cli/doctor/client/client.js';
import { addDoctor } from '../../../src/cli/doctor/command.js';
import type { DoctorLine } from '../../../src/cli/doctor/line.js';
import { createProgram } from '../../../src/cli/program.js';
import { addStdio } from '../../../src/cli/serve/stdio.js';
import { systemRandom } from '../../../src/cli/system.js';
import { turningClock } from '../../support/clock.js';
import { catalog, fontFile, loadBoard, loadSearch } from '../../support/in-process.js';

export interface Examination {
  /** As it was printed. */
  text: string;
  failed: boolean;
}

/** `pgfleet doctor` in this process, with an environment of nothing but what is given. */
export async function runDoctor(
  args: readonly string[],
  env: Record<string, string> = {},
  place: Partial<ClientContext> = {},
): Promise<Examination> {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-doctor-'));
  let text = '';
  const context: CommandContext = {
    version: '0.0.0-test',
    script: '',
    env: { PGFLEET_AUDIT_LOG: join(folder, 'audit.jsonl'), PGFLEET_SECRETS_DIR: join(folder, 'secrets'), ...env },
    catalog,
    clock: turningClock(),
    random: systemRandom,
    say: (said) => {
      text += said;
    },
  };
  const unused = () => undefined;
  const serving = { loadSearch, fontFile, loadBoard, write: unused, isTerminal: false, onExit: unused, onEnd: unused };
  const program = createProgram([addStdio, (program, context) => addDoctor(program, context, place)], {
    ...context,
    ...serving,
  }).exitOverride();
  try {
    await program.parseAsync(['doctor', ...args], { from: 'user' });
    return { text, failed: false };
  } catch (error) {
    if (error instanceof CommandFailed) return { text, failed: true };
    throw error;
  }
}

export interface Examined extends Record<DoctorLine['status'], number> {
  lines: DoctorLine[];
  failed: boolean;
}

/** The same, with its lines. */
export async function examined(...[args, env, place]: Parameters<typeof runDoctor>): Promise<Examined> {
  const { text, failed } = await runDoctor([...args, '--json'], env, place);
  return { ...JSON.parse(text), failed };
}

/** What is not well, as `status check operation`. */
export const troubles = ({ lines }: Pick<Examined, 'lines'>): string[] =>
  lines
    .filter(({ status }) => status !== 'ok')
    .map(({ status, check, operation }) => [status, check, operation].filter(Boolean).join(' '));
