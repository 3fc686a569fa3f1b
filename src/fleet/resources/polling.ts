import type { Listener, Watch } from '../../values/watch.js';

/** From the first listener to the last; what was seen is forgotten with it. */
export interface Polling {
  refresh(): void;
  stop(): void;
}

/** A round is under way as long as somebody listens. */
export function refCounted(covers: Watch['covers'], begin: (listeners: ReadonlySet<Listener>) => Polling): Watch {
  const listeners = new Set<Listener>();
  let round: Polling | undefined;
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
