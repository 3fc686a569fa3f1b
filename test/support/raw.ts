import { execFile, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { stdioTransport } from '../../src/server/stdio/stdio-transport.js';
import type { Clock } from '../../src/values/clock.js';
import { entry, linesOf } from './connect.js';
import type { Fleet } from './fleet.js';
import { runInProcess } from './in-process.js';

/** One JSON-RPC message as it stands on a line of stdout. */
export interface Frame {
  jsonrpc?: string;
  id?: number | string | null;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { code: number; message: string };
}

export interface RawOptions {
  era?: '2026' | '2025';
  /** What the client says of itself; left out, it can show forms. */
  capabilities?: object;
  /**
   * What the client answers when a server of the older era asks it something: a result, or an error. Without either, it
   * says nothing.
   */
  reply?: (params: Record<string, unknown>, id: Frame['id']) => Pick<Frame, 'result' | 'error'> | undefined;
  fleet?: Pick<Fleet, 'environment'>;
  env?: Record<string, string>;
  args?: string[];
  /** The built product as a process of its own, for what is about a process. */
  process?: boolean;
  /** Of the server in this process; left out, one on which pauses are over at once. */
  clock?: Clock;
}

export interface RawServer {
  /** Every line that the server wrote for its client, untouched. */
  lines: string[];
  stderr: () => string;
  /** Of a server in this process. */
  audit: () => Record<string, unknown>[];
  write: (line: string) => void;
  /** In the newer era, each request says what its client can; left out, what the client says of itself. */
  request: (method: string, params?: object, capabilities?: object) => Promise<Frame>;
  /** A `tools/call`; `beside` stands beside name and arguments, where answers to questions belong. */
  call: (name: string, args?: unknown, beside?: object) => Promise<Frame>;
}

const version = '2026-07-28';
const clientInfo = { name: 'raw', version: '1.0.0' };

/** A server over stdio with nothing but its pipes: for frames that no honest client sends, and the exact answers. */
export async function startRaw(options: RawOptions = {}): Promise<RawServer> {
  const { era = '2026', capabilities = { elicitation: { form: {} } }, reply } = options;
  const { input, output, stderr, auditLog = '' } = await (options.process ? startProcess : startHere)(options);
  const lines: string[] = [];
  const waiting = new Map<number, (frame: Frame) => void>();
  const write = (line: string) => void input.write(`${line}\n`);
  const send = (frame: Frame) => write(JSON.stringify({ jsonrpc: '2.0', ...frame }));

  createInterface({ input: output }).on('line', (line) => {
    lines.push(line);
    const frame = parse(line);
    if (frame?.method && frame.id !== undefined) {
      const said = reply ? reply(frame.params ?? {}, frame.id) : {};
      if (said) send({ id: frame.id, ...said });
    } else if (typeof frame?.id === 'number') waiting.get(frame.id)?.(frame);
  });

  const envelope = (declared: object) => ({
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientInfo': clientInfo,
    'io.modelcontextprotocol/clientCapabilities': declared,
  });
  let last = 0;
  const request = (method: string, params: object = {}, declared: object = capabilities) =>
    new Promise<Frame>((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      send({ id: last, method, params: { ...params, ...(era === '2026' && { _meta: envelope(declared) }) } });
    });
  if (era === '2025') {
    await request('initialize', { protocolVersion: '2025-11-25', capabilities, clientInfo });
    send({ method: 'notifications/initialized' });
  }
  return {
    lines,
    stderr,
    audit: () => linesOf(auditLog),
    write,
    request,
    call: (name, args = {}, beside = {}) => request('tools/call', { name, arguments: args, ...beside }),
  };
}

interface Pipes {
  /** Of the server: what the client writes and reads at its other ends. */
  input: Writable;
  output: Readable;
  stderr: () => string;
  auditLog?: string;
}

const argsOf = ({ args, fleet }: RawOptions): string[] =>
  args ?? [...(fleet ? [] : ['--sandbox']), '--profile', 'full'];

async function startHere({ fleet, env, clock, ...options }: RawOptions): Promise<Pipes> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const { stderr, auditLog, close } = await runInProcess({
    args: argsOf({ fleet, ...options }),
    env: { ...fleet?.environment, ...env },
    transport: (mostBytes) => stdioTransport(mostBytes, { input, output }),
    clock,
  });
  onTestFinished(close);
  return { input, output, stderr, auditLog };
}

async function startProcess({ fleet, env, ...options }: RawOptions): Promise<Pipes> {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-raw-'));
  const child = spawn(process.execPath, [entry, ...argsOf({ fleet, ...options })], {
    env: { PATH: process.env['PATH'], HOME: folder, ...fleet?.environment, ...env },
  });
  onTestFinished(() => void child.kill());
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  return { input: child.stdin, output: child.stdout, stderr: () => Buffer.concat(errors).toString('utf8') };
}

function parse(line: string): Frame | undefined {
  try {
    return JSON.parse(line) as Frame;
  } catch {
    return undefined;
  }
}

/** Everything a model would read of an answer, whether it is a result or a protocol error. */
export function saying({ result, error }: Frame): string {
  if (error) return error.message;
  const content = (result?.['content'] ?? []) as { text?: string }[];
  return content.map(({ text }) => text ?? '').join('\n');
}

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the built command to its end, with an environment of nothing but what is given. */
export function run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [entry, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}
