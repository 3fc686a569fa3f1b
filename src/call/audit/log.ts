import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Store } from '../../store/store.js';
import { firstPrevious, type Head, hashOfLine, headFile } from './chain.js';
import { type AuditEntry, type AuditLine, newestFirst } from './line.js';
import { sharedAudit } from './shared.js';
import { firstLine, lastLines } from './tail.js';

export interface AuditLog {
  /** Resolves once the line is on the disk. */
  write(entry: AuditEntry): Promise<void>;
  /** The newest lines come first: those of all processes that share the store, and those of this file. */
  latest: (count: number) => Promise<readonly AuditLine[]>;
}

export interface AuditOptions {
  file: string;
  /** Epoch milliseconds. */
  now: () => number;
  /** Keeps the head of the chain and the line itself. The disk is what counts: an unavailable store stops nothing. */
  store?: Store;
  /** The name of the list in the store. Records of different kinds have different lists. */
  list?: string;
  /** Writes a line for the operator. */
  log?: (line: string) => void;
}

/**
 * A file of JSON lines in which each line is chained to the one before. Several processes may write to it, and a lock
 * keeps them in order.
 */
export function auditLog({ file, now, store, list, log }: AuditOptions): AuditLog {
  const shared = store && sharedAudit({ store, now, list, log });
  let ready: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function createFile(): Promise<void> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await (await open(file, 'a', 0o600)).close();
  }

  /** Returns the line, and the hash of the first line, which is the name of the chain. */
  async function append(entry: AuditEntry): Promise<{ line: AuditLine; chain?: string }> {
    ready ??= createFile().catch((error: unknown) => {
      // The next line tries again, because a full or missing disk may be repaired by then.
      ready = undefined;
      throw error;
    });
    await ready;
    // Loaded with the first change, because most sessions only read.
    const { lock } = await import('./lockfile.js');
    const release = await lock(file, { retries: { retries: 20, minTimeout: 5, maxTimeout: 100 } });
    try {
      const head = await readHead(file);
      const bare = { ...entry, number: head.number + 1, time: new Date(now()).toISOString(), previous: head.hash };
      const line = { ...bare, hash: hashOfLine(JSON.parse(JSON.stringify(bare))) };
      await appendLine(file, JSON.stringify(line));
      await writeFile(headFile(file), JSON.stringify({ number: line.number, hash: line.hash }), { mode: 0o600 });
      return { line, chain: parsed(await firstLine(file)).at(0)?.hash };
    } finally {
      await release();
    }
  }

  return {
    async write(entry) {
      // Lines of this process are written one after the other, so that they do not compete for the lock.
      const written = last.then(() => append(entry));
      last = written.catch(() => undefined);
      const { line, chain } = await written;
      await shared?.add(chain, line);
    },
    async latest(count) {
      const own = (await lastLines(file, count)).flatMap(parsed);
      const all = new Map([...((await shared?.latest(count)) ?? []), ...own].map((line) => [line.hash, line]));
      return [...all.values()].toSorted(newestFirst).slice(0, count);
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
 * Finds the end of the chain. The head file may be behind the log when a process ended between the two writes. The log
 * may be behind the head file when its end was cut, and the next line must then show the gap and not hide it.
 */
async function readHead(file: string): Promise<Head> {
  const [[logged], noted] = await Promise.all([
    lastLines(file, 1),
    readFile(headFile(file), 'utf8').catch(() => undefined),
  ]);
  const [one, other] = [headOf(logged), headOf(noted)];
  return other.number > one.number ? other : one;
}

const headOf = (text: string | undefined): Head =>
  text ? (JSON.parse(text) as Head) : { number: 0, hash: firstPrevious };

/** Returns nothing for a line that was tampered with. Reporting that is the work of `verifyAuditLog`. */
function parsed(text: string | undefined): AuditLine[] {
  try {
    return text ? [JSON.parse(text) as AuditLine] : [];
  } catch {
    return [];
  }
}
