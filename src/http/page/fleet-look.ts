import type { Finding } from '../../fleet/finding.js';
import type { Inventory } from '../../fleet/fleet.js';
import type { PageOptions } from './options.js';

/** What the page shows of the fleet, or why it shows nothing. */
export type FleetLook = { inventory: Inventory; findings: readonly Finding[] } | { why: string };

/** Pages renew themselves; the providers are not to be asked as often. */
const freshMilliseconds = 30_000;
/** A provider that is slow must not keep anybody from deciding. */
const longestWaitMilliseconds = 2_000;

/** Looks at the fleet, seldom and briefly. */
export function createFleetLook({ fleet, now, log }: Pick<PageOptions, 'fleet' | 'now' | 'log'>) {
  let held: { time: number; look: Promise<FleetLook> } | undefined;

  async function look(): Promise<FleetLook> {
    try {
      const found = await fleet();
      return { inventory: await found.inventory(), findings: await found.attention() };
    } catch (error) {
      log(`The approval page cannot look at the fleet: ${error instanceof Error ? error.message : String(error)}`);
      return { why: 'It could not be looked at; the server’s log says why.' };
    }
  }

  return async (): Promise<FleetLook> => {
    if (!held || now() - held.time > freshMilliseconds) held = { time: now(), look: look() };
    return orLater(held.look);
  };
}

async function orLater(look: Promise<FleetLook>): Promise<FleetLook> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<FleetLook>((resolve) => {
    const why = 'The providers are still being asked; come back in a moment.';
    timer = setTimeout(() => resolve({ why }), longestWaitMilliseconds);
  });
  try {
    return await Promise.race([look, late]);
  } finally {
    clearTimeout(timer);
  }
}
