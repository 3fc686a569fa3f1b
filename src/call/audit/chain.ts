import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import type { AuditLine } from './line.js';

/** The last line of a chain. */
export interface Head {
  number: number;
  hash: string;
}

/** The last line, and the hash of the first one, which is the name of the chain. Older heads have no name. */
export interface NamedHead extends Head {
  chain?: string;
  /** The number of the file on its disk. It tells a file that was moved away from one that was cut. */
  inode?: number;
}

export const firstPrevious = '0'.repeat(64);

/** The hash of a line, which is given without its own hash. */
export const hashOfLine = (line: object): string =>
  createHash('sha256')
    .update(stringify(line) ?? '')
    .digest('hex');

/** The number and hash of the last line are kept beside the log, so that a cut end is noticed. */
export const headFile = (file: string): string => `${file}.head`;

/** Undefined for a text that is no head and no line, because the end of a file may be torn or tampered with. */
export function headOf(text: string | undefined): NamedHead | undefined {
  try {
    const { number, hash, inode, ...names } = JSON.parse(text ?? '') as Partial<NamedHead & AuditLine>;
    const chain = names.chain ?? names.continues;
    if (!Number.isSafeInteger(number) || typeof hash !== 'string') return undefined;
    return {
      number: Number(number),
      hash,
      ...(typeof chain === 'string' && { chain }),
      ...(typeof inode === 'number' && { inode }),
    };
  } catch {
    return undefined;
  }
}
