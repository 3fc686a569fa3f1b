import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Start {
  /** Milliseconds from the start of the process to the answer to `tools/list`. */
  listMilliseconds: number;
  /** From there to the first answer of a tool; 0 where none was called. */
  answerMilliseconds: number;
  /** Resident memory when the list was there, in MiB. */
  mebibytes: number;
  tools: number;
}

export interface Started {
  args: readonly string[];
  env?: Record<string, string>;
  /** The tool to call once the list is there. */
  tool?: string;
}

/** Starts a server over stdio as a host does, asks for its tools, calls one where wanted, and ends it. */
export async function measureStart({ args, env = {}, tool }: Started): Promise<Start> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
  });
  try {
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => JSON.parse(String((await answers.next()).value)) as Answer;
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1.0.0' } };
    send(child, { jsonrpc: '2.0', id: 1, method: 'initialize', params });
    await next();
    send(child, { jsonrpc: '2.0', method: 'notifications/initialized' });
    send(child, { jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} });
    const { result } = await next();
    const listed = performance.now();
    const mebibytes = residentMebibytes(child.pid ?? 0);
    const asked = performance.now();
    if (tool !== undefined) {
      send(child, { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: tool, arguments: {} } });
      const answer = await next();
      if (answer.result.isError !== undefined) throw new Error(`${tool} did not answer as it should.`);
    }
    return {
      listMilliseconds: listed - begun,
      answerMilliseconds: performance.now() - asked,
      mebibytes,
      tools: result.tools?.length ?? 0,
    };
  } finally {
    child.kill();
  }
}

interface Answer {
  result: { tools?: unknown[]; isError?: boolean };
}

const send = ({ stdin }: ChildProcess, message: unknown) => stdin?.write(`${JSON.stringify(message)}\n`);

function residentMebibytes(pid: number): number {
  const kibibytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) / 1024;
}
