export type Update = { kind: 'resource'; uri: string } | { kind: 'list' };

/** Somebody who wants to hear of changes: of addresses, and of new or gone resources. */
export interface Listener {
  wants(): { uris: readonly string[]; list: boolean };
  tell(update: Update): void;
}

export interface Watch {
  /** Whether this address can change at all. */
  covers(uri: string): boolean;
  /** Tells the listener of changes, until the function that it returns is called. */
  listen(listener: Listener): () => void;
  /** Takes a first look at what a listener has come to want since. */
  refresh(): void;
}

/** From the first listener to the last; what was seen is forgotten with it. */
export interface Round {
  refresh(): void;
  stop(): void;
}

/** A round is under way as long as somebody listens. */
export function whileListened(covers: Watch['covers'], begin: (listeners: ReadonlySet<Listener>) => Round): Watch {
  const listeners = new Set<Listener>();
  let round: Round | undefined;
  return {
    covers,
    refresh: () => round?.refresh(),
    listen(listener) {
      listeners.add(listener);
      if (round) round.refresh();
      else round = begin(listeners);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        round?.stop();
        round = undefined;
      };
    },
  };
}
