import type { FleetInstance } from '../../src/fleet/instance.js';
import type { FleetReader } from '../../src/fleet/reader.js';
import { sharedWatch } from '../../src/fleet/resources/shared-watch.js';
import { createWatch } from '../../src/fleet/resources/watch.js';
import type { Store } from '../../src/store/store.js';
import type { Update } from '../../src/values/watch.js';
import type { HandClock } from '../support/clock.js';

/** Between two looks, and between two beats of those who share them. */
export const seconds = 30;
export const beat = 10_000;

/** The fleet as all replicas see it. */
export interface World {
  instances: FleetInstance[];
}

export const instance = (name: string, state: FleetInstance['state'] = 'available'): FleetInstance => ({
  reference: `one:${name}`,
  provider: 'one',
  id: name,
  name,
  state,
  providerState: state.toUpperCase(),
});

export const newWorld = (): World => ({ instances: [instance('a'), instance('b')] });

/** One process of several, with a count of its looks at the fleet. */
export function startReplica(name: string, { store, world, clock }: { store: Store; world: World; clock: HandClock }) {
  const looks = { inventory: 0, attention: 0, events: 0 };
  const fleet: FleetReader = {
    async inventory() {
      looks.inventory += 1;
      return { instances: world.instances, failures: [] };
    },
    get: async () => instance('a'),
    async events() {
      looks.events += 1;
      return { events: [], failures: [] };
    },
    async attention() {
      looks.attention += 1;
      return [];
    },
    job: async () => ({ state: 'running' }),
  };
  const logged: string[] = [];
  const common = { seconds, clock, log: (line: string) => void logged.push(line) };
  const inner = createWatch({ ...common, fleet, random: () => 0.5 });
  const watch = sharedWatch({ ...common, watch: inner, store, replica: name });
  const listen = (uris: string[], list = false) => {
    const told: string[] = [];
    const wants = { uris, list };
    const tell = (update: Update) => void told.push(update.kind === 'list' ? 'list' : update.uri);
    const leave = watch.listen({ wants: () => wants, tell });
    return { told, leave, wants };
  };
  return { looks, logged, watch, listen };
}
