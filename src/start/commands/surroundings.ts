import type { Config } from '../config.js';

/** What a command has of the world around it; the entry point alone knows the process. */
export interface Surroundings {
  /** The configuration, with these flags of the command line. */
  configOf: (flags: Flags) => Config;
  /** Prints for the person at the terminal. */
  say: (text: string) => void;
}

export interface Flags {
  [key: string]: string | string[] | undefined;
  fault?: string[];
}

/** Thrown when a command has an answer that is a no; its message is the answer. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

export const splitWords = (words: string | undefined): string[] =>
  (words ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
