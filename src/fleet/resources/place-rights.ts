import { RefusedError } from '../../call/errors.js';
import type { Principal } from '../../define/index.js';
import type { Update } from '../../values/watch.js';
import type { FleetInstance } from '../instance.js';
import type { FleetReader } from '../reader.js';
import { referenceOf } from '../reference.js';
import type { FleetReaders } from '../views/fleet-readers.js';
import type { Glances } from './glances.js';
import { type Place, placeOf } from './uris.js';

type FleetPlace = Exclude<Place, { kind: 'operation' }>;

/** The tool that shows what is at each kind of address. Who may not use it may not read there. */
export const shownBy: Readonly<Record<FleetPlace['kind'], string>> = {
  instances: 'fleet_overview',
  attention: 'fleet_check',
  events: 'fleet_list_events',
  instance: 'fleet_get_instance',
  'instance events': 'fleet_list_events',
  job: 'wait_for_job',
};

interface JobReader extends FleetReader {
  requireJob: (account: string, id: string) => Promise<void>;
}

/** What callers may read at the addresses of the fleet. */
export function placeRights<Fleet extends JobReader>(
  { openTo }: Pick<FleetReaders<Fleet>, 'openTo'>,
  glances?: Pick<Glances, 'mayHear'>,
) {
  /** The fleet as a caller sees it there. Throws a `RefusedError` where the caller may not read at all. */
  async function open(place: FleetPlace, reader: Principal): Promise<Fleet> {
    const reading = { reader, tool: shownBy[place.kind] };
    if (!('id' in place)) return openTo(reading);
    // What a job is about is only known once it is read.
    if (place.kind !== 'job') return openTo({ ...reading, reference: referenceOf(place.account, place.id) });
    const fleet = await openTo(reading);
    await fleet.requireJob(place.account, place.id);
    return fleet;
  }

  return {
    open,
    /** Whether a caller may be told that the list of resources, or what is at an address, has changed. */
    mayHear: async (update: Update, reader: Principal): Promise<boolean> => {
      const place = update.kind === 'list' ? { kind: 'instances' as const } : placeOf(update.uri);
      if (!place || place.kind === 'operation') return true;
      const fleet = await unlessRefused(open(place, reader));
      if (!fleet || update.kind === 'list' || !update.inside) return fleet !== undefined;
      const { inside } = update;
      const { instances } = await fleet.inventory();
      const meant = instances.filter(({ reference }) => inside.includes(reference));
      return (await glances?.mayHear(meant, { reader, through: shownBy[place.kind] })) ?? false;
    },
    /** The instances that a caller may know of. None where the policy denies the list itself. */
    instances: async (reader: Principal): Promise<readonly FleetInstance[]> => {
      const fleet = await unlessRefused(open({ kind: 'instances' }, reader));
      return (await fleet?.inventory())?.instances ?? [];
    },
  };
}

async function unlessRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}
