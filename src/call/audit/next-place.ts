import { firstPrevious, type Head, headOf } from './chain.js';
import { lastLines } from './tail.js';

/** Where the next line goes. */
export interface NextPlace {
  number: number;
  previous: string;
  /** The line that is known to have been written and is not in the file any more. */
  missing?: Head;
}

/**
 * Finds the place of the next line, and compares the file with heads that were noted elsewhere. The file may be ahead
 * of them, because a process may end before it notes a head. Where the line of one is missing or another one, the file
 * was cut or rewritten: the next line then follows the line that was lost, so that the fault stays in the chain and
 * is not covered.
 */
export async function nextPlace(file: string, noted: readonly Head[]): Promise<NextPlace> {
  const last = headOf((await lastLines(file, 1)).at(0)) ?? { number: 0, hash: firstPrevious };
  const heads = noted.toSorted((a, b) => b.number - a.number);
  const first = heads.at(-1)?.number ?? last.number;
  const lines = await lastLines(file, Math.max(1, last.number - first + 1));
  const missing = heads.find(({ number, hash }) => headOf(lines[last.number - number])?.hash !== hash);
  if (!missing) return { number: last.number + 1, previous: last.hash };
  return { number: Math.max(last.number, missing.number) + 1, previous: missing.hash, missing };
}
