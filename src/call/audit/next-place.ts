import { stat } from 'node:fs/promises';
import { firstPrevious, type Head, headOf, type NamedHead } from './chain.js';
import type { AuditLine } from './line.js';
import { firstLine, lastLines } from './tail.js';

/** Where the next line goes. */
export interface NextPlace {
  number: number;
  previous: string;
  /** The line that is known to have been written and is not in the file any more. */
  missing?: Head;
  /** Whether the lines before are in a file that was moved away. */
  isContinued?: boolean;
}

export interface FileState {
  file: string;
  /** Whether there was no file until now. */
  isNew: boolean;
}

/**
 * Finds the place of the next line, and compares the file with heads that were noted elsewhere. The file may be ahead
 * of them, because a process may end before it notes a head. Where the line of one is missing or another one, the file
 * was cut or rewritten: the next line then follows the line that was lost, so that the fault stays in the chain and
 * is not covered. Where the whole file was moved away, the chain goes on in a new one.
 */
export async function nextPlace({ file, isNew }: FileState, noted: readonly NamedHead[]): Promise<NextPlace> {
  const heads = noted.toSorted((a, b) => b.number - a.number);
  const [newest] = heads;
  if (newest && (isNew || (await isAnother(file, noted))))
    return { number: newest.number + 1, previous: newest.hash, isContinued: true };
  const last = headOf((await lastLines(file, 1)).at(0)) ?? { number: 0, hash: firstPrevious };
  const begin = await beginOf(file);
  // What was noted of lines before those of this file cannot be compared with it.
  const comparable = heads.filter(({ number }) => number >= begin.number);
  const first = comparable.at(-1)?.number ?? last.number;
  const lines = await lastLines(file, Math.max(1, last.number - first + 1));
  const hashAt = (number: number) => (number === begin.number ? begin.hash : headOf(lines[last.number - number])?.hash);
  const missing = comparable.find(({ number, hash }) => hashAt(number) !== hash);
  if (!missing) return { number: last.number + 1, previous: last.hash };
  return { number: Math.max(last.number, missing.number) + 1, previous: missing.hash, missing };
}

/** Whether the file is an empty one that somebody put in the place of the one that the heads are of. */
async function isAnother(file: string, noted: readonly NamedHead[]): Promise<boolean> {
  const { size, ino } = await stat(file);
  const inodes = noted.flatMap(({ inode }) => inode ?? []);
  return size === 0 && inodes.length > 0 && !inodes.includes(ino);
}

/** The last line before those of this file: the last one of a file that was moved away, or none. */
async function beginOf(file: string): Promise<Head> {
  const text = await firstLine(file);
  const first = headOf(text);
  if (text === undefined || first?.chain === undefined) return { number: 0, hash: firstPrevious };
  return { number: first.number - 1, hash: (JSON.parse(text) as AuditLine).previous };
}
