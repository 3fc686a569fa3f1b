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
  const refused = async () =>
    (await credentials()).map((provider) => `${provider} does not take the credentials of this server.`);
  return async () => {
    const faults = [
      inTime(nothingElse(store.ping()), 'The shared store cannot be reached.'),
      inTime(nothingElse(signedIn()), 'The issuer of tokens cannot be asked.'),
      inTime(refused(), 'The providers have not answered yet.'),
    ];
    return (await Promise.all(faults)).flat();
  };
}

const nothingElse = async (work: Promise<void>): Promise<string[]> => {
  await work;
  return [];
};

/** What was found, or the fault when it failed or takes too long. */
async function inTime(work: Promise<string[]>, fault: string): Promise<string[]> {
  const late = setTimeout(patienceMilliseconds, [fault], { ref: false });
  return Promise.race([work.catch(() => [fault]), late]);
}

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
