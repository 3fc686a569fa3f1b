import type { Clock } from '../../values/clock.js';
import { mapLimit } from '../../values/map-limit.js';
import { accountNameOf } from '../account.js';
import type { FleetInstance } from '../instance.js';
import { type AccountView, within } from './account-view.js';

export interface Work<T> {
  /** `own` are all instances of the same account. */
  work: (instance: FleetInstance, view: AccountView, own: readonly FleetInstance[]) => Promise<T>;
  /** Instead, when it fails or no time is left. */
  miss: (instance: FleetInstance, why: string) => T;
  /** Called for each that is done. */
  done?: () => void;
}

interface Options<T> extends Work<T> {
  /** The time at which it ends, in epoch milliseconds. */
  until: number;
  clock: Clock;
  reasonOf: (error: unknown) => { message: string };
}

/** Why an instance was not read. */
export const noTimeLeft = 'there was no time left';

/** How many instances of one account are worked on at once. How many reads there are at once is not decided here. */
const atOnce = 16;

/** Each account has its own limit, so that a slow account does not delay the others. */
export async function forEachInstance<T>(
  views: readonly AccountView[],
  instances: readonly FleetInstance[],
  { work, miss, done, until, clock, reasonOf }: Options<T>,
): Promise<T[]> {
  const all = views.map((view) => {
    const own = instances.filter((instance) => accountNameOf(instance) === view.name);
    return mapLimit(own, atOnce, async (instance) => {
      if (clock.now() > until) return miss(instance, noTimeLeft);
      const result = await within(clock, until - clock.now(), work(instance, view, view.known())).catch(
        (error: unknown) => miss(instance, reasonOf(error).message),
      );
      done?.();
      return result;
    });
  });
  return (await Promise.all(all)).flat();
}
