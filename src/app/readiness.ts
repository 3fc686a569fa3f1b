import type { Store } from '../store/store.js';
import { type Clock, withDeadline } from '../values/clock.js';

export interface ReadinessOptions {
  store: Store;
  /** Rejects while callers cannot be recognised. */
  signedIn: () => Promise<void>;
  /** The accounts whose credentials are refused; asks each of them. */
  refused: () => Promise<readonly string[]>;
  clock: Clock;
}

/** Probes come every few seconds, and providers are not asked as often. */
const freshMilliseconds = 60_000;
/** Probes give up after a second. */
const patienceMilliseconds = 700;

/** Why calls could not be answered just now, one sentence each; told at once, whatever it takes to find out. */
export function readiness({ store, signedIn, refused, clock }: ReadinessOptions): () => Promise<string[]> {
  const credentials = remembered(refused, clock.now);
  const refusals = async () =>
    (await credentials()).map((account) => `${account} does not take the credentials of this server.`);
  return async () => {
    const faults = [
      inTime(clock, nothingElse(store.ping()), 'The shared store cannot be reached.'),
      inTime(clock, nothingElse(signedIn()), 'The issuer of tokens cannot be asked.'),
      inTime(clock, refusals(), 'The providers have not answered yet.'),
    ];
    return (await Promise.all(faults)).flat();
  };
}

const nothingElse = async (work: Promise<void>): Promise<string[]> => {
  await work;
  return [];
};

/** What was found, or the fault when it failed or takes too long. */
async function inTime(clock: Clock, work: Promise<string[]>, fault: string): Promise<string[]> {
  return withDeadline(
    clock,
    patienceMilliseconds,
    work.catch(() => [fault]),
    () => [fault],
  );
}

/** The answer of the last minute, while a newer one is looked for. */
function remembered(look: ReadinessOptions['refused'], now: () => number): () => Promise<readonly string[]> {
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
