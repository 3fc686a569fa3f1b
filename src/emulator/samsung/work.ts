import { startSteps } from '../core/work.js';
import { type Cluster, type RequestRow, type ServiceState, type Transition, transitions } from './entities.js';
import { busy, wrongState } from './replies.js';
import type { Call } from './requests.js';
import type { Samsung } from './store.js';

export interface Work {
  /** How long it takes when work goes at its usual speed. */
  seconds: number;
  /** The cluster that the answer names. */
  cluster: Cluster;
  during: Transition;
  /** Other clusters that accept no change meanwhile. */
  also?: [Cluster, Transition][];
  /** The state in which the work ends. RUNNING when left out. */
  endsIn?: 'RUNNING' | 'STOPPED';
  /** Done when the work ends. */
  effect?: () => void;
}

const acceptedForSeconds = 2;
const unclearForSeconds = 3;

/** Accepts a change. It continues in the background, and the service_state of the cluster shows that. */
export function startWork({ world, store }: Samsung, call: Call, work: Work) {
  const { cluster, during, also = [], endsIn = 'RUNNING' } = work;
  const request: RequestRow = { id: `req-${world.newId()}`, state: 'ACCEPTED' };
  store.requests.add(request);
  const changed: [Cluster, Transition][] = [[cluster, during], ...also];
  for (const [each, transition] of changed) {
    // The state lags behind the request: until that has begun, reads show the one from before.
    each.shownState = each.serviceState;
    each.serviceState = transition;
  }
  const show = (state?: 'UNKNOWN') => {
    for (const [each] of changed) each.shownState = state;
  };

  const complete = () => {
    work.effect?.();
    for (const [each] of changed) {
      each.modifiedAt = world.now();
      each.serviceState = each.diskFull && endsIn === 'RUNNING' ? 'ERROR' : endsIn;
    }
    request.state = 'COMPLETED';
  };
  const begin = () => {
    request.state = 'PROCESSING';
    show(call.isUnclear ? 'UNKNOWN' : undefined);
  };
  startSteps(world, call, {
    begins: { after: acceptedForSeconds, effect: begin },
    steps: [
      { after: acceptedForSeconds + unclearForSeconds, effect: () => show() },
      { after: acceptedForSeconds + work.seconds, effect: complete },
    ],
  });
  return { request_id: request.id, resource: { id: cluster.id } };
}

/** Refuses the request while another change is in progress, or in any state except the given ones. */
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

/** Applies parameters that need a restart, and brings servers back that were down on their own. */
export function comeUp({ world }: Samsung, cluster: Cluster): void {
  const { parameters } = cluster;
  parameters.applied = { ...parameters.applied, ...parameters.waiting };
  parameters.recorded = { ...parameters.recorded, ...parameters.waiting };
  parameters.waiting = {};
  parameters.recordedAt = world.now();
  for (const { instances } of cluster.groups) for (const instance of instances) instance.failed = false;
}
