import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Transport } from '@modelcontextprotocol/server';
import { addAudit } from '../../src/cli/audit.js';
import { addHooks } from '../../src/cli/hooks.js';
import { createProgram } from '../../src/cli/program.js';
import { addHttp } from '../../src/cli/serve/http.js';
import { addSandbox } from '../../src/cli/serve/sandbox.js';
import { addStdio } from '../../src/cli/serve/stdio.js';
import { addShell } from '../../src/cli/shell/commands.js';
import type { ShellContext } from '../../src/cli/shell/context.js';
import { systemRandom } from '../../src/cli/system.js';
import { ConfigError } from '../../src/define/config-error.js';
import { openSearch } from '../../src/define/search/index.js';
import { listTools } from '../../src/docs/list-tools.js';
import { searchIndex } from '../../src/docs/search-documents.js';
import type { Clock } from '../../src/values/clock.js';
import { turningClock } from './clock.js';

export interface InProcessOptions {
  /** As on the command line. */
  args: readonly string[];
  env?: Record<string, string>;
  /** Where the client of a server over stdio is; given the bytes of the longest line. */
  transport?: (mostBytes: number) => Transport;
  /** Left out, one on which pauses are over at once. */
  clock?: Clock;
  /** What a person at a terminal types for each question. Left out, there is no terminal. */
  ask?: ShellContext['ask'];
  /** The user of the machine. */
  user?: string;
  /** What comes in by stdin. */
  input?: string;
}

export interface InProcess {
  stdout: () => string;
  stderr: () => string;
  folder: string;
  auditLog: string;
  /** The exit code of a command that ends. */
  code: () => number | undefined;
  close: () => Promise<void>;
}

let listed: ReturnType<typeof listTools> | undefined;

/** The list of tools: made once for all servers of a file, as the build makes it once. */
export const catalog = (): ReturnType<typeof listTools> => {
  listed ??= listTools();
  return listed;
};

/** What the build makes for the search, with the first search. */
export const loadSearch = async () => openSearch(searchIndex(await catalog()));

/** The page of the board, as the build wrote it. */
export const loadBoard = () => readFile(new URL('../../dist/board.html', import.meta.url), 'utf8');

/** The font as its package has it; the build copies it. */
export const fontFile = fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));

/** The product's own command line in this process, with an environment of nothing but what is given. */
export async function runInProcess(options: InProcessOptions): Promise<InProcess> {
  const { args, env = {}, transport, clock = turningClock(), ask, user = 'anna', input = '' } = options;
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-test-'));
  const auditLog = join(folder, 'audit.jsonl');
  const said = { stdout: '', stderr: '' };
  const ends: (() => Promise<void>)[] = [];
  let code: number | undefined;
  const lastWords: (() => void)[] = [];
  const context: ShellContext = {
    version: '0.0.0-test',
    script: 'dist/main.js',
    env: { PGFLEET_AUDIT_LOG: auditLog, PGFLEET_SECRETS_DIR: join(folder, 'secrets'), ...env },
    catalog,
    loadSearch,
    loadBoard,
    fontFile,
    clock,
    random: systemRandom,
    write: (line) => {
      said.stderr += line;
    },
    say: (text) => {
      said.stdout += text;
    },
    isTerminal: false,
    onExit: (work) => void lastWords.push(work),
    onEnd: (close) => void ends.push(close),
    transport,
    user: () => user,
    screen: { hasColours: false },
    ask,
    readInput: async () => input,
    exitWith: (given) => {
      code = given;
    },
  };
  try {
    await createProgram([addStdio, addHttp, addSandbox, addAudit, addHooks, addShell], context)
      .exitOverride()
      .parseAsync([...args], { from: 'user' });
  } catch (error) {
    // As the process would say it, so that a story reads the same either way.
    throw error instanceof ConfigError ? new Error(error.faults.join('\n'), { cause: error }) : error;
  }
  return {
    stdout: () => said.stdout,
    stderr: () => {
      // What is written by the turn is due by now.
      for (const work of lastWords) work();
      return said.stderr;
    },
    folder,
    auditLog,
    code: () => code,
    async close() {
      for (const end of ends) await end();
    },
  };
}
