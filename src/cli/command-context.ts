import type { Transport } from '@modelcontextprotocol/server';
import type { OperationSearch } from '../define/search/index.js';
import type { ToolEntry } from '../server/catalog.js';
import type { Clock, Random } from '../values/clock.js';

/** What a command can use of its surroundings. Only the entry point knows the process. */
export interface CommandContext {
  version: string;
  /** The file of this program, for those that start it. */
  script: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Loads the list of tools that the build wrote. */
  catalog: () => Promise<readonly ToolEntry[]>;
  /** Prints for the person at the terminal. */
  say: (text: string) => void;
  clock: Clock;
  random: Random;
}

/** The context of a command that serves. */
export interface ServingContext extends CommandContext {
  /** Opens the index that the build wrote: with the first search, as most servers are asked for none. */
  loadSearch: () => Promise<OperationSearch>;
  /** Reads the page of the board that the build wrote. */
  loadBoard: () => Promise<string>;
  /** The file of the font for pictures. */
  fontFile: string;
  /** Writes a line to stderr. */
  write: (line: string) => void;
  /** Whether a person reads stderr. */
  isTerminal: boolean;
  /** Registers work to do last, when the process exits. */
  onExit: (work: () => void) => void;
  /** Registers what to call when the process is asked to end. */
  onEnd: (close: () => Promise<void>) => void;
  /**
   * Opens the connection to the client of a server over stdio, with the bytes of the longest line. Left out, stdin and
   * stdout are used.
   */
  transport?: (mostBytes: number) => Transport;
}

export interface Flags {
  [key: string]: string | string[] | undefined;
  fault?: string[];
}

/** Thrown when the answer of a command is a failure. The message is the answer. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

export const splitWords = (words: string | undefined): string[] =>
  (words ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
