import { second, utc } from './dates.js';
import type { Cluster, Replication } from './entities.js';
import { wrongState } from './replies.js';

const delayedFromSeconds = 10;

export function lagSecondsAt({ lagSeconds, fallingBehindSince }: Replication, time: number): number {
  const behind = fallingBehindSince === undefined ? 0 : (time - fallingBehindSince) / second / 2;
  return Math.round((lagSeconds + behind) * 10) / 10;
}

export function record(replication: Replication, now: number): void {
  replication.recorded = { lagSeconds: lagSecondsAt(replication, now), at: now };
}

/** Refuses the request unless the cluster follows another. */
export function replicationOf({ name, roleType, replication }: Cluster): Replication {
  if (!replication) throw wrongState(`Cluster ${name} is no replica: its role_type is ${roleType}.`);
  return replication;
}

/** One line of the replica list. The words for the state are the emulator's own: the real ones are not documented. */
export function replicaView({ name, region, serviceState }: Cluster, { recorded }: Replication) {
  const [state, detail] =
    serviceState !== 'RUNNING'
      ? ['STOPPED', `Replication stands still: the replica is ${serviceState}.`]
      : recorded.lagSeconds >= delayedFromSeconds
        ? ['DELAYED', `Replay lag ${recorded.lagSeconds} seconds.`]
        : ['STREAMING', `Replay lag ${recorded.lagSeconds} seconds.`];
  return { name, region, replica_state: state, replica_state_detail: detail, synced_at: utc(recorded.at) };
}
