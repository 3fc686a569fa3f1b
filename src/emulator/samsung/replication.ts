import { second } from '../core/dates.js';
import type { Cluster, Replication } from './entities.js';
import { wrongState } from './replies.js';

export function lagSecondsAt({ lagSeconds, fallingBehindSince }: Replication, time: number): number {
  const behind = fallingBehindSince === undefined ? 0 : (time - fallingBehindSince) / second / 2;
  return Math.round((lagSeconds + behind) * 10) / 10;
}

export function record(replication: Replication, now: number): void {
  replication.recorded = { lagSeconds: lagSecondsAt(replication, now), at: now };
}

/** Refuses the request unless the cluster is a replica. */
export function replicationOf({ name, roleType, replication }: Cluster): Replication {
  if (!replication) throw wrongState(`Cluster ${name} is no replica: its role_type is ${roleType}.`);
  return replication;
}
