import type { Store } from '../../store/store.js';

export interface Needs {
  store: Store;
  /** Rejects while callers cannot be recognised. */
  signedIn: () => Promise<void>;
  /** Rejects while a provider does not take its credentials. */
  connected: () => Promise<void>;
}

/** Why calls could not be answered just now, one sentence each. */
export function readiness({ store, signedIn, connected }: Needs): () => Promise<string[]> {
  const checks = {
    'The shared store cannot be reached.': () => store.ping(),
    'The issuer of tokens cannot be asked.': signedIn,
    'A provider does not take its credentials.': connected,
  };
  return async () => {
    const faults = Object.entries(checks).map(async ([fault, check]) => {
      try {
        await check();
        return [];
      } catch {
        return [fault];
      }
    });
    return (await Promise.all(faults)).flat();
  };
}
