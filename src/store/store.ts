/**
 * Keeps what has to happen once, or be seen by all, with any number of processes. Every method rejects when the store
 * cannot be reached, and guarded calls are then refused. Times are epoch milliseconds.
 */
export interface Store {
  /** Whether other processes see the same. */
  readonly isShared: boolean;
  /** The value in a collection. Undefined when there is none, or when it has expired. */
  get(collection: string, id: string): Promise<string | undefined>;
  /** All values of a collection that have not expired, by id. */
  list(collection: string): Promise<ReadonlyMap<string, string>>;
  /**
   * Puts `next` in the place of `previous` (undefined means no value), in one step. Of several attempts at the same
   * time, one gets true. Returns false and changes nothing when there is another value.
   */
  compareAndSet(collection: string, id: string, change: Change): Promise<boolean>;
  /** Makes all changes in one step, or none of them where one finds another value. Each is of another place. */
  compareAndSetAll(changes: readonly PlacedChange[]): Promise<boolean>;
  /** Puts a text at the head of a list that keeps the newest `most` texts. */
  append(list: string, text: string, most: number): Promise<void>;
  /** The newest texts come first. */
  newest(list: string, count: number): Promise<readonly string[]>;
  /** Tells every listener of a channel, in any process. Resolves to the number of processes that listen. */
  publish(channel: string, message: string): Promise<number>;
  /** Resolves once messages arrive. The returned function ends it. */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => void>;
  /**
   * Counts so many, one when left out, against `perSecond`. Resolves to 0, or to the milliseconds after which it is
   * allowed again.
   */
  take(key: string, perSecond: number, count?: number): Promise<number>;
  /**
   * Takes one of this many places, or renews it. False when all are taken. A place that is not renewed in time is free.
   */
  acquire(key: string, holder: string, places: number, expires: number): Promise<boolean>;
  release(key: string, holder: string): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface Change {
  previous?: string;
  next?: string;
  /** The time at which `next` is forgotten. */
  expires: number;
}

/** A change, and where it is made. */
export interface PlacedChange extends Change {
  collection: string;
  id: string;
}

/**
 * Thrown when the shared store cannot be reached, or does not do what it is asked. It names neither address nor user.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(what: 'cannot be reached' | 'refused a command', cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The shared store ${what} (${reason}). PGFLEET_STORE names it.`, { cause });
  }
}
