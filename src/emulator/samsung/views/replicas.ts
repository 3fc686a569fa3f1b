import type { Cluster, Replication } from '../entities.js';
import { shownTime } from './time.js';

const delayedFromSeconds = 10;

/**
 * One line of the replica list. The words for the state are the emulator's own, because the real ones are not
 * documented.
 */
export function replicaView({ name, region, serviceState }: Cluster, { recorded }: Replication) {
  const [state, detail] =
    serviceState !== 'RUNNING'
      ? ['STOPPED', `Replication stands still: the replica is ${serviceState}.`]
      : recorded.lagSeconds >= delayedFromSeconds
        ? ['DELAYED', `Replay lag ${recorded.lagSeconds} seconds.`]
        : ['STREAMING', `Replay lag ${recorded.lagSeconds} seconds.`];
  return { name, region, replica_state: state, replica_state_detail: detail, synced_at: shownTime(recorded.at) };
}
