import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Start {
  /** Milliseconds from the start of the process to the answer to `tools/list`. */
  milliseconds: number;
  /** Resident memory at that moment, in MiB. */
  mebibytes: number;
  tools: number;
}

/** Starts a server over stdio as a host does, asks for its tools, and ends it. */
export async function measureStart(args: readonly string[], env: Record<string, string>): Promise<Start> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
  });
  try {
    const answers = createInterface({ input: child.stdout });
    const iterator = answers[Symbol.asyncIterator]();
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1.0.0' } };
    send(child, { jsonrpc: '2.0', id: 1, method: 'initialize', params });
    await iterator.next();
    send(child, { jsonrpc: '2.0', method: 'notifications/initialized' });
    send(child, { jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} });
    const { value } = await iterator.next();
    const milliseconds = performance.now() - begun;
    const { result } = JSON.parse(String(value)) as { result: { tools: unknown[] } };
    return { milliseconds, mebibytes: residentMebibytes(child.pid ?? 0), tools: result.tools.length };
  } finally {
    child.kill();
  }
}

const send = ({ stdin }: ChildProcess, message: unknown) => stdin?.write(`${JSON.stringify(message)}\n`);

function residentMebibytes(pid: number): number {
  const kibibytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) / 1024;
}
