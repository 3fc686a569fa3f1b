import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { entry } from '../../support/connect.js';
import type { Fleet } from '../../support/fleet.js';

export interface HttpOptions {
  env?: Record<string, string>;
  args?: string[];
  /** Where the provider is; left out, the server runs its own sandbox. */
  fleet?: Pick<Fleet, 'environment'>;
  /** 0, when left out, takes a free one. */
  port?: number;
  /** When the server ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

export interface HttpServer {
  /** Without a path and without a slash at its end. */
  url: string;
  pid: number;
  /** The one-time code for the approval page that was printed last. */
  code: () => string;
  stdout: () => string;
  stderr: () => string;
  /** The lines of the log on stderr. */
  logged: () => Record<string, unknown>[];
  /** One number of `/metrics`, by its name and labels as they stand there; undefined while there is none. */
  metric: (series: string, token?: string) => Promise<number | undefined>;
  audit: () => Record<string, unknown>[];
  auditLog: string;
  /** A folder of this server's own. */
  folder: string;
  /** Sends SIGTERM; how the process ends, `exited` tells. */
  terminate: () => void;
  exited: Promise<number | null>;
  /** Lets calls under way end, and gives the exit code. */
  stop: () => Promise<number | null>;
  /** As when its machine is gone. */
  kill: () => Promise<void>;
}

/** The built server over HTTP on loopback, once it answers. */
export async function startHttp(options: HttpOptions = {}): Promise<HttpServer> {
  const { env = {}, args, fleet, port = 0, end = onTestFinished } = options;
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-http-'));
  const auditLog = join(folder, 'audit.jsonl');
  const chosen = args ?? [...(fleet ? [] : ['--sandbox']), '--profile', 'full'];
  const child = spawn(process.execPath, [entry, 'http', '--port', String(port), ...chosen], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      PGFLEET_AUDIT_LOG: auditLog,
      PGFLEET_SECRETS_DIR: join(folder, 'secrets'),
      ...fleet?.environment,
      ...env,
    },
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
  const address = () => /^pgfleet serves .*at (http\S+)\/mcp$/m.exec(said.stdout)?.[1];
  while (address() === undefined) {
    const went = await Promise.race([once(child.stdout, 'data'), exited]);
    if (typeof went === 'number' || went === null) throw new Error(`The server ended with ${went}:\n${said.stderr}`);
  }
  const url = address() ?? '';
  return {
    url,
    pid: child.pid ?? 0,
    code: () => [...said.stdout.matchAll(/^One-time code for the approval page: (\S+)$/gm)].at(-1)?.[1] ?? '',
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    logged: () => linesOf(said.stderr),
    metric: async (series, token) => {
      const response = await fetch(`${url}/metrics`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
      const line = (await response.text()).split('\n').find((each) => each.startsWith(`${series} `));
      return line === undefined ? undefined : Number(line.slice(series.length));
    },
    audit: () => (existsSync(auditLog) ? linesOf(readFileSync(auditLog, 'utf8')) : []),
    auditLog,
    folder,
    terminate: () => void child.kill('SIGTERM'),
    exited,
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
    kill,
  };
}

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
