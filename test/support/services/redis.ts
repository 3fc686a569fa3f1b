import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface Redis {
  url: string;
  port: number;
  /** Kills it, as when its machine is gone. */
  stop: () => Promise<void>;
  /** It goes on being connected and says nothing, until `thaw`. */
  freeze: () => void;
  thaw: () => void;
}

export interface RedisOptions {
  /** Left out, a free one. */
  port?: number;
  password?: string;
  /** When it ends; with the test when left out. */
  end?: (stop: () => Promise<void>) => void;
}

/** A Redis of its own on loopback, which keeps nothing. */
export async function startRedis({ port, password, end = onTestFinished }: RedisOptions = {}): Promise<Redis> {
  const chosen = port ?? (await freePort());
  const settings = { port: String(chosen), bind: '127.0.0.1', save: '', appendonly: 'no', dir: tmpdir() };
  const all = { ...settings, ...(password !== undefined && { requirepass: password }) };
  const args = Object.entries(all).flatMap(([key, value]) => [`--${key}`, value]);
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  await ready(child);
  end(stop);
  return {
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${chosen}`,
    port: chosen,
    stop,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}

function ready(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(new Error(`redis-server cannot be started (${error.message}): install the package redis-server.`)),
    );
    child.on('exit', (code) => reject(new Error(`redis-server ended with ${code}:\n${said.join('\n')}`)));
    if (!child.stdout || !child.stderr) throw new Error('redis-server was started without its outputs.');
    child.stderr.on('data', (chunk: Buffer) => said.push(String(chunk)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      if (line.includes('Ready to accept connections')) resolve();
    });
  });
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
