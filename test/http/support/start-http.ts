import { onTestFinished } from 'vitest';
import type { Clock } from '../../../src/values/clock.js';
import { linesOf } from '../../support/connect.js';
import type { Fleet } from '../../support/fleet.js';
import { runInProcess } from '../../support/in-process.js';
import { addressIn, type Spawned, spawnHttp } from './spawn-http.js';

export interface HttpOptions {
  env?: Record<string, string>;
  args?: string[];
  /** Where the provider is; left out, the server runs its own sandbox. */
  fleet?: Pick<Fleet, 'environment'>;
  /** 0, when left out, takes a free one. */
  port?: number;
  /** The built product as a process of its own, for what is about a process. */
  process?: boolean;
  /** Of the server in this process; left out, one on which pauses are over at once. */
  clock?: Clock;
  /** When the server ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

export interface HttpServer {
  /** Without a path and without a slash at its end. */
  url: string;
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
  /** Lets calls under way end, and stops. */
  stop: () => Promise<void>;
}

export type HttpProcess = HttpServer & Pick<Spawned, 'terminate' | 'exited' | 'kill'>;

/** No story meets the limit because the machine is fast. Those of limits set their own. */
const calledFreely = '100000';

/** The server over HTTP on loopback, once it answers: the real composition in this process, or the built one. */
export function startHttp(options: HttpOptions & { process: true }): Promise<HttpProcess>;
export function startHttp(options?: HttpOptions): Promise<HttpServer>;
export async function startHttp(options: HttpOptions = {}): Promise<HttpServer> {
  const { env, args, fleet, port = 0, clock, end = onTestFinished } = options;
  const profile = args ?? [...(fleet ? [] : ['--sandbox']), '--profile', 'full'];
  const command = {
    args: ['http', '--port', String(port), ...profile],
    env: { PGFLEET_CALLS_PER_SECOND: calledFreely, ...fleet?.environment, ...env },
  };
  if (options.process) {
    const spawned = await spawnHttp({ ...command, end });
    return { ...spawned, ...serverOf(spawned) };
  }
  const served = await runInProcess({ ...command, clock });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= served.close();
    return stopped;
  };
  end(stop);
  return { ...serverOf(served), stop };
}

type Said = Pick<HttpServer, 'stdout' | 'stderr' | 'auditLog' | 'folder'>;

function serverOf({ stdout, stderr, auditLog, folder }: Said): Omit<HttpServer, 'stop'> {
  const url = addressIn(stdout()) ?? '';
  return {
    url,
    stdout,
    stderr,
    auditLog,
    folder,
    code: () => [...stdout().matchAll(/^One-time code for the approval page: (\S+)$/gm)].at(-1)?.[1] ?? '',
    logged: () =>
      stderr()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    metric: async (series, token) => {
      const response = await fetch(`${url}/metrics`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
      const line = (await response.text()).split('\n').find((each) => each.startsWith(`${series} `));
      return line === undefined ? undefined : Number(line.slice(series.length));
    },
    audit: () => linesOf(auditLog),
  };
}
