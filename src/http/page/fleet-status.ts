import type { Finding } from '../../fleet/finding.js';
import type { Inventory } from '../../fleet/fleet.js';
import { withDeadline } from '../../values/clock.js';
import type { PageOptions } from './options.js';

/** What the page shows of the fleet, or why it shows nothing. */
export type FleetStatus = { inventory: Inventory; findings: readonly Finding[] } | { why: string };

/** Pages refresh themselves, but the providers must not be asked that often. */
const freshMilliseconds = 30_000;
/** A slow provider must not keep a person from deciding. */
const longestWaitMilliseconds = 2_000;

/** Reads the fleet rarely, and does not wait long for it. */
export function createFleetStatus({ fleet, clock, log }: Pick<PageOptions, 'fleet' | 'clock' | 'log'>) {
  let held: { time: number; status: Promise<FleetStatus> } | undefined;

  async function read(): Promise<FleetStatus> {
    try {
      return { inventory: await fleet.inventory(), findings: await fleet.attention() };
    } catch (error) {
      log(`The approval page cannot look at the fleet: ${error instanceof Error ? error.message : String(error)}`);
      return { why: 'It could not be looked at; the server’s log says why.' };
    }
  }

  return async (): Promise<FleetStatus> => {
    if (!held || clock.now() - held.time > freshMilliseconds) held = { time: clock.now(), status: read() };
    return withDeadline(clock, longestWaitMilliseconds, held.status, () => ({ why: stillAsked }));
  };
}

const stillAsked = 'The providers are still being asked; come back in a moment.';
