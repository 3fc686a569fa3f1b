import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { headOf } from '../../call/audit/chain.js';
import type { AuditLine } from '../../call/audit/line.js';
import { lastLines } from '../../call/audit/tail.js';

export interface LineShipperOptions {
  /** The file of an audit record. */
  file: string;
  /** Takes each line, in order. A line may come once more after a crash. */
  take: (line: AuditLine) => Promise<void>;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

/**
 * Hands on every line of an audit record, whatever happens between the line and its event: the line on the disk is what
 * counts, and a file beside it has the number of the last line that was handed on.
 */
export interface LineShipper {
  /**
   * Notes where the record ends now, if nothing was handed on before. Has to be done before the first line. Never
   * rejects: where the record cannot be written either, no change is made.
   */
  begin(): Promise<void>;
  /** Hands on what was not handed on yet. Never rejects: what fails is done by the next time. */
  ship(): Promise<void>;
  /** Whether the last time failed. */
  isBehind: () => boolean;
}

export function lineShipper({ file, take, log }: LineShipperOptions): LineShipper {
  const place = `${file}.hooks`;
  let last = Promise.resolve();
  let isBehind = false;

  const numberOf = (text: string | undefined): number => headOf(text)?.number ?? 0;
  const newest = async (): Promise<number> => numberOf((await lastLines(file, 1)).at(0));

  async function shipAll(): Promise<void> {
    const { lock } = await import('../../store/lockfile.js');
    const release = await lock(place, { retries: { retries: 20, minTimeout: 5, maxTimeout: 100 } });
    const noted = Number(await readFile(place, 'utf8'));
    let done = noted;
    try {
      const end = await newest();
      // A record that was begun anew has smaller numbers.
      if (end < noted) done = 0;
      const texts = end > done ? await lastLines(file, end - done) : [];
      for (const text of texts.toReversed()) {
        if (numberOf(text) <= done) continue;
        await take(JSON.parse(text) as AuditLine);
        done = numberOf(text);
      }
    } finally {
      if (done !== noted) await writeFile(place, String(done));
      await release();
    }
  }

  async function shipOrSay(): Promise<void> {
    try {
      await shipAll();
      isBehind = false;
    } catch (error) {
      if (!isBehind) log(`Lines of ${file} are not told to hooks yet: ${String(error)}`);
      isBehind = true;
    }
  }

  return {
    async begin() {
      try {
        await mkdir(dirname(place), { recursive: true, mode: 0o700 });
        await writeFile(place, String(await newest()), { flag: 'wx', mode: 0o600 });
      } catch (error) {
        const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
        if (!isThere) log(`Lines of ${file} cannot be told to hooks: ${String(error)}`);
      }
    },
    ship() {
      last = last.then(shipOrSay);
      return last;
    },
    isBehind: () => isBehind,
  };
}
