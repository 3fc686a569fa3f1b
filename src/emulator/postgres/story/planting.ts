/** What stands in a database of the story, and what is wrong with it. */
export interface Planting {
  database: string;
  /** The login that owns what is made. */
  owner: string;
  tables: readonly string[];
  /** Left out of the fleet without problems. */
  faults: readonly Fault[];
  sessions: readonly StorySession[];
  /** The standby that receives and does not replay, unless nothing is wrong. */
  paused?: string;
}

export interface Fault {
  text: string;
  /** Whether it is run by the superuser. */
  isOfServer?: boolean;
  /** Whether it fails, and what is wanted is what it leaves behind. */
  fails?: boolean;
}

/** Sessions of an application. */
export interface StorySession {
  login: string;
  application: string;
  statements: readonly string[];
  /** What it then waits for. */
  waits?: string;
  /** How many there are; one when left out. */
  count?: number;
}
