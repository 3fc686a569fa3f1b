import type { Store } from '../../store/store.js';
import { type Clock, withDeadline } from '../../values/clock.js';

export interface ReadinessOptions {
  store: Store;
  /** Rejects while callers cannot be recognised. */
  signedIn: () => Promise<void>;
  /** Asks each account, and returns those whose credentials are refused. */
  refused: () => Promise<readonly string[]>;
  clock: Clock;
}

/** Probes come every few seconds. Providers are not asked that often. */
const freshMilliseconds = 60_000;
/** A probe gives up after one second, so the answer has to come sooner. */
const patienceMilliseconds = 700;

/**
 * Says why calls could not be answered now, one sentence for each reason. It answers in time even if a check is slow.
 */
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

/** Returns the faults that the check found, or the given fault when the check fails or takes too long. */
async function inTime(clock: Clock, work: Promise<string[]>, fault: string): Promise<string[]> {
  return withDeadline(
    clock,
    patienceMilliseconds,
    work.catch(() => [fault]),
    () => [fault],
  );
}

/** Returns the last answer at once and checks again in the background after a minute. */
function remembered(check: ReadinessOptions['refused'], now: () => number): () => Promise<readonly string[]> {
  let last: Promise<readonly string[]> | undefined;
  let isChecking = false;
  let until = 0;
  return async () => {
    if (!isChecking && now() >= until) {
      isChecking = true;
      const next = check()
        .catch((): readonly string[] => [])
        .finally(() => {
          isChecking = false;
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
