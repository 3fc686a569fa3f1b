import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export interface Served {
  origin: string;
  child: ChildProcess;
  close: () => Promise<void>;
}

export interface Program {
  file: string;
  args?: readonly string[];
  /** Of Node itself. */
  execArgv?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

export const empty: Program = { file: path('./empty-http-server.js') };

/** The product over HTTP, on fleets that it makes up itself. */
export const product = (...args: string[]): Program => ({
  file: path('../../dist/main.js'),
  args: ['http', '--port', '0', ...args],
});

/** Starts a server that prints where it serves; its log goes to a file, as where it is really used. */
export async function serve({ file, args = [], execArgv = [], env = {} }: Program): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-bench-'));
  const log = join(folder, 'log');
  const child = fork(file, args, {
    execArgv: [...execArgv],
    stdio: ['ignore', 'pipe', openSync(log, 'w'), 'ipc'],
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
  });
  // Where the bench itself fails, nothing of it stays.
  process.once('exit', () => child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const close = async () => {
    child.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true });
  };
  let said = '';
  const address = () => /^\w+ serves .*at (http\S+)\/mcp$/m.exec(said)?.[1];
  const over = exited.then(() => undefined);
  while (address() === undefined) {
    const chunk = child.stdout ? await Promise.race([once(child.stdout, 'data'), over]) : undefined;
    if (!chunk) throw new Error(`${file} ended instead of serving:\n${readFileSync(log, 'utf8')}`);
    said += String(chunk[0]);
  }
  return { origin: address() ?? '', child, close };
}

/** Asks a process for one thing over its channel. */
export async function ask<Answer>(child: ChildProcess, question: object): Promise<Answer> {
  const over = new AbortController();
  const gone = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error('A process of the bench ended before it answered.');
  });
  const answered = once(child, 'message', { signal: over.signal }) as Promise<[Answer]>;
  child.send(question);
  try {
    const [answer] = await Promise.race([answered, gone]);
    return answer;
  } finally {
    over.abort();
  }
}
