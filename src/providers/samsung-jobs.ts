import { type Values } from '../values/values.js';
import { plainText } from './gateway.js';
import { type JobState, type Jobs, type Look, mayLag, ProviderError } from './provider.js';

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
export const samsungJobs: Jobs = {
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
  stateOf([request, cluster], look) {
    const seen = cluster && clusterState(cluster, look.id.split('/')[2] ?? 'RUNNING', request);
    if (request instanceof ProviderError) {
      if (!seen || (cluster instanceof ProviderError && seen.state !== 'succeeded')) throw request;
      return { ...seen, state: believed(seen, look), word: `cluster ${seen.word}` };
    }
    const said = plainText(request?.['state']) ?? 'none given';
    const state = seen ? agreed(said, seen, look) : stateSaid(said);
    const word = seen ? `cluster ${seen.word}, request ${said}` : said;
    const hint =
      seen?.hint ?? (state === 'failed' ? 'samsung_get_cluster shows the state of every server.' : undefined);
    return { state, word, ...(hint && { hint }), ...(seen?.hasBegun && { hasBegun: true }) };
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

const gone = 'gone';

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
  UNKNOWN: 'unknown', // Samsung's own clients look on
  TERMINATED: 'failed',
};

function clusterState(cluster: Answer, goal: string, request: Answer | undefined): JobState {
  if (cluster instanceof ProviderError) {
    // If the request could be read with the same keys, a 404 does not come from the gateway because of a bad signature.
    const isGone = cluster.kind === 'not_found' || (cluster.status === 404 && !(request instanceof ProviderError));
    if (isGone && goal === 'TERMINATED') return { state: 'succeeded', word: gone };
    const word = `unreadable (${cluster.code})`;
    return isGone ? { state: 'unknown', word, hint: notHere } : { state: 'unknown', word };
  }
  const word = plainText(cluster['service_state']) ?? 'without a state';
  const isThere = word === goal || (goal === 'SETTLED' && settled.has(word));
  const state = isThere ? 'succeeded' : (states[word] ?? 'unknown');
  // A cluster that goes through a state of change cannot be as it was before.
  return { state, word, ...(state === 'running' && word !== 'RUNNING' && { hasBegun: true }) };
}

/**
 * What a request says is not documented, so only words that are clear count. The cluster may look as it did before the
 * change: while the request has not begun nothing of it counts but that it is gone, and while it works no success.
 */
function agreed(said: string, seen: JobState, look: Look): JobState['state'] {
  if (hasFailed.test(said)) return 'failed';
  if (isDone.test(said)) return seen.state;
  const isEarly = hasNotBegun.test(said) ? seen.word !== gone : isWorking.test(said) && seen.state === 'succeeded';
  return isEarly ? 'running' : believed(seen, look);
}

const hasFailed = /fail|error|reject|cancel|abort|^unsucce/i;
const isDone = /^(complet|succe|done|finish)/i;
const hasNotBegun = /accept|request|queue|submit|schedul|wait|pend/i;
const isWorking = /ing$|progress/i;

const stateSaid = (said: string): JobState['state'] => (hasFailed.test(said) ? 'failed' : 'unknown');

const isFinal = ({ state }: JobState): boolean => state === 'succeeded' || state === 'failed';

/** The state of a cluster lags behind the request. That it is gone cannot be a state from before. */
const believed = (seen: JobState, look: Look): JobState['state'] =>
  isFinal(seen) && seen.word !== gone && mayLag(look) ? 'running' : seen.state;
