import { createHash } from 'node:crypto';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { stringify } from 'safe-stable-stringify';

/** What is recorded of a call that changes something, or would have. Secrets in it are masked by whoever writes it. */
export interface AuditEntry {
  /**
   * `attempt` is on the disk before the change is sent; `outcome` follows it; `refused` was never sent. `decision` is
   * what a person said on the approval page.
   */
  event: 'attempt' | 'outcome' | 'refused' | 'decision';
  /** The same for all lines of one call; of a decision, the id of the approval. */
  call: string;
  tool: string;
  risk: string;
  provider: string;
  client: string;
  /** Who called, as people know them. */
  caller?: string;
  target?: string;
  arguments?: unknown;
  /** Hash of the plan that was shown. */
  plan?: string;
  approval?: string;
  /** Id of the approval by a person, and who gave it. */
  approvalId?: string;
  approver?: string;
  /** Id of the trace that the call belongs to, as the caller and the provider know it. */
  trace?: string;
  outcome?: string;
  /** The provider's code, and the handle of what was started. */
  code?: string;
  job?: string;
  milliseconds?: number;
}

export interface AuditLine extends AuditEntry {
  number: number;
  time: string;
  /** The hash of the line before; of the first line, 64 zeros. */
  previous: string;
  /** SHA-256 over this line without this field, keys sorted. */
  hash: string;
}

export interface AuditLog {
  /** Resolves once the line is on the disk. */
  write(entry: AuditEntry): Promise<void>;
}

export const firstPrevious = '0'.repeat(64);

export const hashOfLine = (line: Omit<AuditLine, 'hash'>): string =>
  createHash('sha256')
    .update(stringify(line) ?? '')
    .digest('hex');

/** Number and hash of the last line, kept beside the log so that a cut end is noticed. */
export const headFile = (file: string): string => `${file}.head`;

/**
 * A file of JSON lines, each chained to the one before. Several processes may write to it: a lock keeps them in order.
 */
export function auditLog(file: string, now: () => number): AuditLog {
  let ready: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();

  async function prepare(): Promise<void> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await (await open(file, 'a', 0o600)).close();
  }

  async function append(entry: AuditEntry): Promise<void> {
    ready ??= prepare().catch((error: unknown) => {
      // Tried anew with the next line: a full or missing disk may be mended meanwhile.
      ready = undefined;
      throw error;
    });
    await ready;
    const release = await lock(file, { retries: { retries: 20, minTimeout: 5, maxTimeout: 100 } });
    try {
      const head = await readHead(file);
      const line = { ...entry, number: head.number + 1, time: new Date(now()).toISOString(), previous: head.hash };
      const hash = hashOfLine(JSON.parse(JSON.stringify(line)));
      await appendLine(file, JSON.stringify({ ...line, hash }));
      await writeFile(headFile(file), JSON.stringify({ number: line.number, hash }), { mode: 0o600 });
    } finally {
      await release();
    }
  }

  return {
    write(entry) {
      // One after the other within this process, so that the lock is not fought over here.
      const written = last.then(() => append(entry));
      last = written.catch(() => undefined);
      return written;
    },
  };
}

async function appendLine(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(`${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Where the chain ends. The head file may be behind the log when a process died between the two writes; the log may be
 * behind the head file when its end was cut, and the next line must then show the gap, not close it.
 */
async function readHead(file: string): Promise<Head> {
  const [logged, noted] = await Promise.all([lastLine(file), readFile(headFile(file), 'utf8').catch(() => undefined)]);
  const heads = [logged, noted].map((text) => (text ? (JSON.parse(text) as Head) : { number: 0, hash: firstPrevious }));
  return heads.reduce((a, b) => (b.number > a.number ? b : a));
}

interface Head {
  number: number;
  hash: string;
}

/** Reads backwards from the end: the log may be large. */
async function lastLine(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    for (let length = 16_384; ; length *= 4) {
      const start = Math.max(0, size - length);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
      const lines = buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n');
      if (start === 0 || lines.length > 1) return lines.at(-1) ?? '';
    }
  } finally {
    await handle.close();
  }
}
