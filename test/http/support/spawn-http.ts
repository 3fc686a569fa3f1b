import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entry } from '../../support/connect.js';

export interface Spawned {
  stdout: () => string;
  stderr: () => string;
  auditLog: string;
  folder: string;
  /** Sends SIGTERM; how the process ends, `exited` tells. */
  terminate: () => void;
  exited: Promise<number | null>;
  stop: () => Promise<void>;
  /** As when its machine is gone. */
  kill: () => Promise<void>;
}

/** Where a server says that it is. */
export const addressIn = (stdout: string): string | undefined =>
  /^pgfleet serves .*at (http\S+)\/mcp$/m.exec(stdout)?.[1];

export interface SpawnOptions {
  args: string[];
  env: Record<string, string>;
  end: (close: () => Promise<void>) => void;
}

/** The built server as a process of its own, once it has said where it is. */
export async function spawnHttp({ args, env, end }: SpawnOptions): Promise<Spawned> {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-http-'));
  const auditLog = join(folder, 'audit.jsonl');
  const own = { PATH: process.env['PATH'], HOME: folder, PGFLEET_AUDIT_LOG: auditLog };
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...own, PGFLEET_SECRETS_DIR: join(folder, 'secrets'), ...env },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said.stderr += chunk;
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  end(kill);
  while (addressIn(said.stdout) === undefined) {
    const went = await Promise.race([once(child.stdout, 'data'), exited]);
    if (typeof went === 'number' || went === null) throw new Error(`The server ended with ${went}:\n${said.stderr}`);
  }
  return {
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    auditLog,
    folder,
    terminate: () => void child.kill('SIGTERM'),
    exited,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
    kill,
  };
}
