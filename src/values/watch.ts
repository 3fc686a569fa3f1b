/** What listeners are told: that a resource has changed, or that there are other resources now. */
export type Update = { kind: 'resource'; uri: string } | { kind: 'list' };

/** What somebody wants to hear of. */
export interface Interest {
  uris: readonly string[];
  /** That there are other resources now. */
  list: boolean;
}

/** One end of a connection, or a bus to many: it hears each update once. */
export interface Listener {
  wants(): Interest;
  tell(update: Update): void;
}

/** Whatever notices changes of resources. */
export interface Watch {
  /** Whether this address can change at all. */
  covers(uri: string): boolean;
  /** Tells the listener of changes until the function that it returns is called. */
  listen(listener: Listener): () => void;
  /** To be called when a listener has come to want more: takes a first look at it. */
  refresh(): void;
}
