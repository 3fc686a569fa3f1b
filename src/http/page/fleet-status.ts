import { RefusedError } from '../../call/errors.js';
import type { Principal } from '../../define/index.js';
import type { Finding } from '../../fleet/finding.js';
import type { Inventory } from '../../fleet/fleet.js';
import { withDeadline } from '../../values/clock.js';
import type { PageOptions } from './options.js';

/** What the page shows of the fleet, or why it shows nothing: the person may not see it, it failed, or takes long. */
export type FleetStatus =
  | { inventory: Inventory; findings: readonly Finding[] }
  | { why: 'notShown' | 'away' | 'stillAsked' };

/** Pages refresh themselves, but the providers must not be asked that often. */
const freshMilliseconds = 30_000;
/** A slow provider must not keep a person from deciding. */
const longestWaitMilliseconds = 2_000;

/** Reads the fleet rarely, as each person may see it, and does not wait long for it. */
export function createFleetStatus({ fleetFor, clock, log }: Pick<PageOptions, 'fleetFor' | 'clock' | 'log'>) {
  const held = new Map<string, { time: number; status: Promise<FleetStatus> }>();

  async function read(person: Principal): Promise<FleetStatus> {
    try {
      const fleet = await fleetFor(person);
      return { inventory: await fleet.inventory('seconds'), findings: await fleet.attention() };
    } catch (error) {
      if (error instanceof RefusedError) return { why: 'notShown' };
      log(`The approval page cannot look at the fleet: ${error instanceof Error ? error.message : String(error)}`);
      return { why: 'away' };
    }
  }

  return async (person: Principal): Promise<FleetStatus> => {
    const isOld = ({ time }: { time: number }) => clock.now() - time > freshMilliseconds;
    for (const [key, each] of held) if (isOld(each)) held.delete(key);
    // Somebody whose groups have changed may see another part of the fleet.
    const key = JSON.stringify([person.id, person.groups]);
    const kept = held.get(key) ?? { time: clock.now(), status: read(person) };
    held.set(key, kept);
    return withDeadline(clock, longestWaitMilliseconds, kept.status, () => ({ why: 'stillAsked' }) as const);
  };
}
