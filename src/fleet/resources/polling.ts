import type { Listener, Watch } from '../../values/watch.js';

/** Runs from the first listener to the last. What it has seen is forgotten when it stops. */
export interface Polling {
  refresh(): void;
  stop(): void;
}

/** Polls as long as there is a listener. */
export function refCounted(covers: Watch['covers'], begin: (listeners: ReadonlySet<Listener>) => Polling): Watch {
  const listeners = new Set<Listener>();
  let polling: Polling | undefined;
  return {
    covers,
    refresh: () => polling?.refresh(),
    listen(listener) {
      listeners.add(listener);
      if (polling) polling.refresh();
      else polling = begin(listeners);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        polling?.stop();
        polling = undefined;
      };
    },
  };
}
