import { type Values } from '../values/values.js';
import { plainText } from './gateway.js';
import { type JobState, type Jobs, ProviderError } from './provider.js';

type Answer = Values | ProviderError;

/** The state that the cluster has when the work is done, if that is not RUNNING. */
const goals: Readonly<Record<string, string>> = {
  samsung_stop_cluster: 'STOPPED',
  samsung_terminate_cluster: 'TERMINATED',
  // This leaves a stopped cluster stopped.
  samsung_sync_cluster_state: 'SETTLED',
};

const settled = new Set(['RUNNING', 'STOPPED']);

/** These answer with the id of a new cluster. */
const makers = new Set([
  'samsung_create_cluster',
  'samsung_create_replica',
  'samsung_create_other_region_replica',
  'samsung_create_restore_cluster',
]);

/**
 * The documents do not list the states of a request, so the state of the cluster decides, as in Samsung's own clients.
 * A job is `<request id>/<cluster id>/<goal>`, or the request id alone.
 */
export const jobs: Jobs = {
  idOf({ tool, input, answer }) {
    const request = plainText(answer['request_id']);
    const cluster = clusterOf(tool, input, answer);
    return request && cluster ? `${request}/${cluster}/${goals[tool] ?? 'RUNNING'}` : request;
  },
  reads(id) {
    const [request = '', cluster] = id.split('/');
    const reads = [{ tool: 'samsung_get_request', input: { request_id: request } }];
    return cluster ? [...reads, { tool: 'samsung_get_cluster', input: { cluster_id: cluster } }] : reads;
  },
  stateOf([request, cluster], id) {
    const seen = cluster && clusterState(cluster, id.split('/')[2] ?? 'RUNNING', request);
    if (request instanceof ProviderError) {
      if (!seen || (cluster instanceof ProviderError && seen.state !== 'succeeded')) throw request;
      return { ...seen, word: `cluster ${seen.word}` };
    }
    const said = plainText(request?.['state']) ?? 'none given';
    const state = agreed(said, seen?.state ?? 'unknown');
    const word = seen ? `cluster ${seen.word}, request ${said}` : said;
    const hint =
      seen?.hint ?? (state === 'failed' ? 'samsung_get_cluster shows the state of every server.' : undefined);
    return { state, word, ...(hint && { hint }) };
  },
};

/**
 * For groups within a cluster, the documents do not say what `resource.id` is. If it is not a cluster, reading it
 * fails.
 */
function clusterOf(tool: string, input: Values, answer: Values): string | undefined {
  const resource = answer['resource'] as Values | null | undefined;
  const made = plainText(resource?.['id']);
  if (makers.has(tool)) return made;
  return plainText(input['cluster_id'] ?? input['replica_cluster_id'] ?? input['origin_cluster_id']) ?? made;
}

/** A replica in another region has another base URL, and an instance group may not have named its cluster. */
const notHere = 'This region has no such cluster. samsung_list_clusters shows the state of those that it has.';

const states: Readonly<Record<string, JobState['state']>> = {
  CREATING: 'running',
  STOPPING: 'running',
  STARTING: 'running',
  RESTARTING: 'running',
  EDITING: 'running',
  SYNCHRONIZING: 'running',
  UPGRADING: 'running',
  TERMINATING: 'running',
  MIGRATING: 'running',
  RUNNING: 'running', // also a stop or a termination that has not begun
  ERROR: 'failed',
  FAILED: 'failed',
  UNKNOWN: 'failed',
  TERMINATED: 'failed',
};

function clusterState(cluster: Answer, goal: string, request: Answer | undefined): JobState {
  if (cluster instanceof ProviderError) {
    // If the request could be read with the same keys, a 404 does not come from the gateway because of a bad signature.
    const isGone = cluster.kind === 'not_found' || (cluster.status === 404 && !(request instanceof ProviderError));
    if (isGone && goal === 'TERMINATED') return { state: 'succeeded', word: 'gone' };
    const word = `unreadable (${cluster.code})`;
    return isGone ? { state: 'unknown', word, hint: notHere } : { state: 'unknown', word };
  }
  const word = plainText(cluster['service_state']) ?? 'without a state';
  const isThere = word === goal || (goal === 'SETTLED' && settled.has(word));
  return { state: isThere ? 'succeeded' : (states[word] ?? 'unknown'), word };
}

/**
 * Right after the call, the cluster may still look as if all was done, and after a failure it may look so again. So a
 * request that clearly says that it continues, or that it failed, takes precedence.
 */
function agreed(said: string, seen: JobState['state']): JobState['state'] {
  if (/fail|error|reject|cancel/i.test(said)) return 'failed';
  return seen === 'succeeded' && /ing$|progress|wait/i.test(said) ? 'running' : seen;
}
