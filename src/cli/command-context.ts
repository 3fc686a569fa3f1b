import type { Transport } from '@modelcontextprotocol/server';
import type { ToolEntry } from '../server/catalog.js';
import type { Clock, Random } from '../values/clock.js';

/** What a command has of the world around it; the entry point alone knows the process. */
export interface CommandContext {
  version: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The list of tools as the build made it. */
  catalog: () => Promise<readonly ToolEntry[]>;
  /** Prints for the person at the terminal. */
  say: (text: string) => void;
  clock: Clock;
  random: Random;
}

/** The same for a command that serves. */
export interface ServingContext extends CommandContext {
  /** Writes a line to stderr. */
  write: (line: string) => void;
  /** Whether a person reads stderr. */
  isTerminal: boolean;
  /** Called as the last thing of all. */
  onExit: (work: () => void) => void;
  /** Called when the process is asked to end. */
  onEnd: (close: () => Promise<void>) => void;
  /** Where the client of a server over stdio is, when it does not hold the other ends of stdin and stdout. */
  transport?: Transport;
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
