import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Store } from '../../store/store.js';
import { hashOfLine, headFile, headOf, type NamedHead } from './chain.js';
import { type AuditEntry, type AuditLine, newestFirst } from './line.js';
import { nextPlace } from './next-place.js';
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
  /** Called once a line is on the disk. It never rejects. */
  written?: () => Promise<void>;
}

/**
 * A file of JSON lines in which each line is chained to the one before. Several processes may write to it, and a lock
 * keeps them in order.
 */
export function auditLog({ file, now, store, list, log, written: told }: AuditOptions): AuditLog {
  const shared = store && sharedAudit({ store, now, list, log });
  let last: Promise<unknown> = Promise.resolve();

  /** Whether there was no file until now. It may have been moved away since the last line. */
  async function createFile(): Promise<boolean> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    try {
      await (await open(file, 'ax', 0o600)).close();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  /** What this process wrote last. Whoever can write to the file cannot change it here. */
  let written: Required<NamedHead> | undefined;
  /** Whether the chain may be made known to the store. One that began without it could have been replaced. */
  let isKnown = false;
  let saidUnknown = false;

  function sayUnknown(): void {
    if (!saidUnknown && store?.isShared)
      log?.(
        `The shared store does not know the audit record ${file}: it began without that store, the store has lost ` +
          'it, or it was replaced. SECURITY.md says what to do.',
      );
    saidUnknown = true;
  }

  async function append(entry: AuditEntry): Promise<AuditLine> {
    const isNew = await createFile();
    const chain = written?.chain ?? (await nameOf(file));
    // The store is asked before the file is locked, so that a slow one does not keep other processes waiting.
    const inStore = chain === undefined ? undefined : await shared?.find(chain);
    isKnown ||= chain === undefined || inStore?.head !== undefined;
    if (!isKnown && inStore) sayUnknown();
    // Loaded with the first change, because most sessions only read.
    const { lock } = await import('../../store/lockfile.js');
    const release = await lock(file, { retries: { retries: 20, minTimeout: 5, maxTimeout: 100 } });
    try {
      const noted = [await headBeside(file), written, inStore?.head].filter((head) => head !== undefined);
      const { number, previous, missing, isContinued } = await nextPlace({ file, isNew }, noted);
      if (isContinued) log?.(`The audit record ${file} was moved away, and goes on in a new file with line ${number}.`);
      if (missing)
        log?.(`The audit record ${file} was cut or rewritten: line ${missing.number} is not there as written.`);
      const time = new Date(now()).toISOString();
      const bare = { ...entry, number, time, previous, ...(isContinued && { continues: chain }) };
      const line = { ...bare, hash: hashOfLine(JSON.parse(JSON.stringify(bare))) };
      const inode = await appendLine(file, JSON.stringify(line));
      const head = { number, hash: line.hash, chain: chain ?? (await nameOf(file)) ?? line.hash, inode };
      await writeFile(headFile(file), JSON.stringify(head), { mode: 0o600 });
      written = head;
      return line;
    } finally {
      await release();
    }
  }

  return {
    async write(entry) {
      // Lines of this process are written one after the other, so that they do not compete for the lock.
      const added = last.then(() => append(entry));
      last = added.catch(() => undefined);
      const line = await added;
      await shared?.add(isKnown ? written?.chain : undefined, line);
      await told?.();
    },
    async latest(count) {
      const own = (await lastLines(file, count)).flatMap(parsed);
      const all = new Map([...((await shared?.latest(count)) ?? []), ...own].map((line) => [line.hash, line]));
      return [...all.values()].toSorted(newestFirst).slice(0, count);
    },
  };
}

/** Returns the number of the file on its disk. */
async function appendLine(file: string, line: string): Promise<number> {
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size, ino } = await handle.stat();
    // A line that was not written to its end is a fault of its own, and must not spoil this one.
    const isTorn = size > 0 && (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString() !== '\n';
    await handle.writeFile(`${isTorn ? '\n' : ''}${line}\n`);
    await handle.sync();
    return ino;
  } finally {
    await handle.close();
  }
}

const headBeside = async (file: string): Promise<NamedHead | undefined> =>
  headOf(await readFile(headFile(file), 'utf8').catch(() => undefined));

/** The name of the chain as it was noted, so that another first line does not give it another name. */
async function nameOf(file: string): Promise<string | undefined> {
  const [beside, first] = [await headBeside(file), headOf(await firstLine(file))];
  return beside?.chain ?? first?.chain ?? first?.hash;
}

/** Returns nothing for a line that was tampered with. Reporting that is the work of `verifyAuditLog`. */
function parsed(text: string | undefined): AuditLine[] {
  try {
    return text ? [JSON.parse(text) as AuditLine] : [];
  } catch {
    return [];
  }
}
