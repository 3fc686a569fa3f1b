/**
 * What has to be seen once, or by all, however many processes serve: kept here and nowhere else. Every method rejects
 * when the store cannot be reached; whoever guards something treats that as a no. Times are epoch milliseconds.
 */
export interface Store {
  /** Other processes see the same. */
  readonly isShared: boolean;
  /** The value in a collection; undefined when there is none, or when its time is over. */
  get(collection: string, id: string): Promise<string | undefined>;
  /** All values of a collection whose time is not over, by id. */
  list(collection: string): Promise<ReadonlyMap<string, string>>;
  /**
   * Puts `next` where `previous` is (undefined: nothing), in one step: of several who try, one gets true. Gives false
   * and changes nothing where something else is.
   */
  compareAndSet(collection: string, id: string, change: Change): Promise<boolean>;
  /** Puts a text at the head of a list that keeps the newest `most`. */
  append(list: string, text: string, most: number): Promise<void>;
  /** The newest first. */
  newest(list: string, count: number): Promise<readonly string[]>;
  /** Tells every listener of a channel, in whichever process; resolves to the number of processes that listen. */
  publish(channel: string, message: string): Promise<number>;
  /** Resolves once messages arrive; the function that it gives back ends it. */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => void>;
  /** Counts one against `perSecond`; resolves to 0, or to the milliseconds after which there is room again. */
  take(key: string, perSecond: number): Promise<number>;
  /** Takes one of so many places, or renews it; false when all are taken. One that is not renewed in time is free. */
  acquire(key: string, holder: string, places: number, expires: number): Promise<boolean>;
  release(key: string, holder: string): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface Change {
  previous?: string;
  next?: string;
  /** When `next` is forgotten. */
  expires: number;
}

/** Thrown when the shared store cannot be reached, or does not do what it is asked. Names neither place nor user. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(what: 'cannot be reached' | 'refused a command', cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The shared store ${what} (${reason}). PGFLEET_STORE names it.`, { cause });
  }
}
