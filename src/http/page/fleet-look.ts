import type { Finding } from '../../fleet/finding.js';
import type { Inventory } from '../../fleet/fleet.js';
import { withDeadline } from '../../values/clock.js';
import type { PageOptions } from './options.js';

/** What the page shows of the fleet, or why it shows nothing. */
export type FleetLook = { inventory: Inventory; findings: readonly Finding[] } | { why: string };

/** Pages renew themselves; the providers are not to be asked as often. */
const freshMilliseconds = 30_000;
/** A provider that is slow must not keep anybody from deciding. */
const longestWaitMilliseconds = 2_000;

/** Looks at the fleet, seldom and briefly. */
export function createFleetLook({ fleet, clock, log }: Pick<PageOptions, 'fleet' | 'clock' | 'log'>) {
  let held: { time: number; look: Promise<FleetLook> } | undefined;

  async function look(): Promise<FleetLook> {
    try {
      return { inventory: await fleet.inventory(), findings: await fleet.attention() };
    } catch (error) {
      log(`The approval page cannot look at the fleet: ${error instanceof Error ? error.message : String(error)}`);
      return { why: 'It could not be looked at; the server’s log says why.' };
    }
  }

  return async (): Promise<FleetLook> => {
    if (!held || clock.now() - held.time > freshMilliseconds) held = { time: clock.now(), look: look() };
    return withDeadline(clock, longestWaitMilliseconds, held.look, () => ({ why: stillAsked }));
  };
}

const stillAsked = 'The providers are still being asked; come back in a moment.';
