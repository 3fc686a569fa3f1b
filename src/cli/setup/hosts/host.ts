import type { Values } from '../../../values/values.js';

/** The program that a host starts, with its arguments. */
export interface Program {
  command: string;
  args: readonly string[];
}

/** The folders that hosts keep their configuration in. What they are on each system stands in `files.ts`. */
export type Base = 'home' | 'programs' | 'xdg';

/** Where a host keeps its configuration. */
export interface HostFile {
  /** The folder that the path below begins in, on the systems where the host has such a file. */
  base: Partial<Record<NodeJS.Platform, Base>>;
  folder: string;
  /** A variable that names another folder in place of it. */
  variable?: string;
  /** The names that the file can have. The first one that is there is taken, or else the first one is made. */
  names: readonly [string, ...string[]];
  form: 'json' | 'toml' | 'yaml';
  /** The keys of the object, or of the list, that holds the servers. */
  at: readonly string[];
  /** What a new file has to hold beside the servers. */
  beside?: Values;
}

/** One host, as its page in `docs/hosts` tells it. */
export interface Host {
  title: string;
  /** Absent for a host that is only started with a command. */
  file?: HostFile;
  /** What stands in the file for a program. */
  entry: (program: Program) => Values;
  /** The host's own command that does the same. */
  command?: (program: Program) => readonly string[];
}
