/** What listeners are told: that a resource has changed, or that the list of resources has changed. */
export type Update = ResourceUpdate | { kind: 'list' };

interface ResourceUpdate {
  kind: 'resource';
  uri: string;
  /** Inside which instances something has changed, by their references, where nothing else has. */
  inside?: readonly string[];
}

/** What a listener wants to be told. */
export interface Interest {
  uris: readonly string[];
  /** Whether it wants to know that the list of resources has changed. */
  list: boolean;
}

/** A connection, or a bus to many connections. It is told each update once. */
export interface Listener {
  wants(): Interest;
  tell(update: Update): void;
}

/** Notices changes of resources. */
export interface Watch {
  /** Whether the resource at this address can change at all. */
  covers(uri: string): boolean;
  /** Tells the listener about changes until the returned function is called. */
  listen(listener: Listener): () => void;
  /** Has to be called when a listener wants more than before. It reads the added resources for the first time. */
  refresh(): void;
}

/** Watches although nobody has asked for it, until it is closed. */
export function unasked(watch: Watch): { close: () => Promise<void> } {
  const leave = watch.listen({ wants: () => ({ uris: [], list: false }), tell: () => undefined });
  return { close: async () => leave() };
}
