import { startSteps } from '../core/work.js';
import { type Cluster, type RequestRow, type ServiceState, type Transition, transitions } from './entities.js';
import { busy, wrongState } from './replies.js';
import type { Call } from './requests.js';
import type { Samsung } from './store.js';

export interface Work {
  /** Length on the emulated clock. */
  seconds: number;
  /** The cluster that the answer names. */
  cluster: Cluster;
  during: Transition;
  /** Other clusters that take no change meanwhile. */
  also?: [Cluster, Transition][];
  /** The state to end in; RUNNING when left out. */
  endsIn?: 'RUNNING' | 'STOPPED';
  /** Happens when the work is done. */
  effect?: () => void;
}

const acceptedForSeconds = 2;

/** Accepts a change: it goes on in the background, and the cluster shows by its service_state that it does. */
export function startWork({ world, store }: Samsung, call: Call, work: Work) {
  const { cluster, during, also = [], endsIn = 'RUNNING' } = work;
  const request: RequestRow = { id: `req-${world.newId()}`, state: 'ACCEPTED' };
  store.requests.add(request);
  cluster.serviceState = during;
  for (const [other, transition] of also) other.serviceState = transition;

  const complete = () => {
    work.effect?.();
    for (const each of [cluster, ...also.map(([other]) => other)]) {
      each.modifiedAt = world.now();
      each.serviceState = each.diskFull && endsIn === 'RUNNING' ? 'ERROR' : endsIn;
    }
    request.state = 'COMPLETED';
  };
  const begin = () => {
    request.state = 'PROCESSING';
  };
  startSteps(world, call, {
    begins: { after: acceptedForSeconds, effect: begin },
    steps: [{ after: acceptedForSeconds + work.seconds, effect: complete }],
  });
  return { request_id: request.id, resource: { id: cluster.id } };
}

/** Refuses the request while another change is under way, or in any state but those given. */
export function refuseUnless(cluster: Cluster, states: readonly ServiceState[]): void {
  const { name, serviceState } = cluster;
  if (transitions.some((state) => state === serviceState)) throw busy(name, serviceState);
  if (!states.includes(serviceState))
    throw wrongState(`Cluster ${name} is ${serviceState}; this needs ${states.join(' or ')}.`);
}

/** Accepts a change of the settings of a running cluster. */
export function edit(samsung: Samsung, call: Call, cluster: Cluster, effect: () => void) {
  refuseUnless(cluster, ['RUNNING']);
  return startWork(samsung, call, { cluster, during: 'EDITING', seconds: 6, effect });
}

/** Parameters that need a restart come into effect, and servers that were down on their own are back. */
export function comeUp({ world }: Samsung, cluster: Cluster): void {
  const { parameters } = cluster;
  parameters.applied = { ...parameters.applied, ...parameters.waiting };
  parameters.recorded = { ...parameters.recorded, ...parameters.waiting };
  parameters.waiting = {};
  parameters.recordedAt = world.now();
  for (const { instances } of cluster.groups) for (const instance of instances) instance.failed = false;
}
