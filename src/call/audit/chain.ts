import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';

/** Where a chain ends. */
export interface Head {
  number: number;
  hash: string;
}

export const firstPrevious = '0'.repeat(64);

/** Of a line without its hash. */
export const hashOfLine = (line: object): string =>
  createHash('sha256')
    .update(stringify(line) ?? '')
    .digest('hex');

/** Number and hash of the last line, kept beside the log so that a cut end is noticed. */
export const headFile = (file: string): string => `${file}.head`;
