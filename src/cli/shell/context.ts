import type { Flags, ServingContext } from '../command-context.js';

/** The context of a command for people and scripts at a shell. */
export interface ShellContext extends ServingContext {
  /** The name of the user of this machine, as its system knows it: the environment cannot change it. */
  user: () => string;
  /** What stdout can show. */
  screen: Screen;
  /**
   * Asks the person at the terminal, and returns what they typed. Undefined where they ended the question. Absent
   * unless stdin and stderr are a terminal, since nobody would be there to answer.
   */
  ask?: (question: string) => Promise<string | undefined>;
  /** Everything that comes in by stdin. */
  readInput: () => Promise<string>;
  /** Ends the process with this code, once all is written. */
  exitWith: (code: number) => void;
}

export interface Screen {
  /** The width of the terminal. Absent where no terminal reads stdout. */
  columns?: number;
  hasColours: boolean;
}

/** Options that a command of the shell has beside those that configure. */
export interface ShellFlags extends Flags {
  json?: string;
  approved?: string;
  run?: string;
}
