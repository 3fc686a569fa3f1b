import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { CommandFailed } from '../../../src/cli/command-context.js';
import { createProgram } from '../../../src/cli/program.js';
import { addStdio } from '../../../src/cli/serve/stdio.js';
import type { Machine } from '../../../src/cli/setup/machine.js';
import { addSetup } from '../../../src/cli/setup/setup.js';
import { systemRandom } from '../../../src/cli/system.js';
import { ConfigError } from '../../../src/define/config-error.js';
import { turningClock } from '../../support/clock.js';

export const script = '/opt/pgfleet/dist/main.js';
export const node = '/usr/bin/node';

const notServed = () => {
  throw new Error('Nothing is served here.');
};

/** A home of its own, and what is written there. */
export function newHome() {
  const home = mkdtempSync(join(tmpdir(), 'pgfleet-home-'));
  return {
    home,
    config: join(home, 'own', 'config.json'),
    read: (path: string) => readFileSync(join(home, path), 'utf8'),
    write: (path: string, text: string) => {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    },
  };
}

export interface SetUpOptions extends Partial<Machine> {
  /** What is on stdin; nothing when left out. */
  stdin?: string;
  /** The file of the program; one that is not there when left out. */
  script?: string;
}

/** Runs `pgfleet setup` on a machine, and returns all that it said. What it ends with is said last. */
export async function setUp(home: string, args: readonly string[], options: SetUpOptions = {}) {
  const { stdin = '', env = {}, script: file = script, ...given } = options;
  const input = new PassThrough();
  input.end(stdin);
  const machine = {
    platform: 'linux' as const,
    home,
    env,
    node,
    input,
    output: new PassThrough(),
    isTerminal: false,
    ...given,
  };
  let said = '';
  const context = {
    version: '0.0.0-test',
    script: file,
    env,
    catalog: notServed,
    loadSearch: notServed,
    loadBoard: notServed,
    fontFile: '',
    clock: turningClock(),
    random: systemRandom,
    write: notServed,
    say: (text: string) => {
      said += text;
    },
    isTerminal: false,
    onExit: notServed,
    onEnd: notServed,
  };
  const program = createProgram([addStdio, (each, its) => addSetup(each, its, machine)], context);
  try {
    await program.exitOverride().parseAsync(['setup', ...args], { from: 'user' });
    return { said, ok: true };
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof CommandFailed)) throw error;
    return { said: `${said}${error.message}`, ok: false };
  }
}
