import { setTimeout } from 'node:timers/promises';
import type { Store } from '../../store/store.js';

export interface Needs {
  store: Store;
  /** Rejects while callers cannot be recognised. */
  signedIn: () => Promise<void>;
  /** The providers that refuse the credentials of this server; asks each of them. */
  refusing: () => Promise<readonly string[]>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Probes come every few seconds, and providers are not asked as often. */
const freshMilliseconds = 60_000;
/** Probes give up after a second. */
const patienceMilliseconds = 700;

/** Why calls could not be answered just now, one sentence each; told at once, whatever it takes to find out. */
export function readiness({ store, signedIn, refusing, now }: Needs): () => Promise<string[]> {
  const credentials = remembered(refusing, now);
  const checks = [
    () => told(store.ping(), 'The shared store cannot be reached.'),
    () => told(signedIn(), 'The issuer of tokens cannot be asked.'),
    async () => (await credentials()).map((provider) => `${provider} does not take the credentials of this server.`),
  ];
  return async () => {
    const faults = checks.map((check) => Promise.race([check(), late()]));
    return (await Promise.all(faults)).flat();
  };
}

async function told(work: Promise<void>, fault: string): Promise<string[]> {
  return work.then(
    () => [],
    () => [fault],
  );
}

const late = async (): Promise<string[]> => {
  await setTimeout(patienceMilliseconds, undefined, { ref: false });
  return ['Not everything that is needed has answered yet.'];
};

/** The answer of the last minute, while a newer one is looked for. */
function remembered(look: Needs['refusing'], now: () => number): () => Promise<readonly string[]> {
  let last: Promise<readonly string[]> | undefined;
  let looking = false;
  let until = 0;
  return async () => {
    if (!looking && now() >= until) {
      looking = true;
      const next = look()
        .catch((): readonly string[] => [])
        .finally(() => {
          looking = false;
          until = now() + freshMilliseconds;
        });
      last ??= next;
      void next.then(() => {
        last = next;
      });
    }
    return last ?? [];
  };
}
