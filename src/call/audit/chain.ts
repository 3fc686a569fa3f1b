import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';

/** The last line of a chain. */
export interface Head {
  number: number;
  hash: string;
}

export const firstPrevious = '0'.repeat(64);

/** The hash of a line, which is given without its own hash. */
export const hashOfLine = (line: object): string =>
  createHash('sha256')
    .update(stringify(line) ?? '')
    .digest('hex');

/** The number and hash of the last line are kept beside the log, so that a cut end is noticed. */
export const headFile = (file: string): string => `${file}.head`;
