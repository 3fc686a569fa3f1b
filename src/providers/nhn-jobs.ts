import { isRecord, type Values } from '../values/values.js';
import { plainText } from './gateway.js';
import { type JobState, type Jobs, ProviderError } from './provider.js';

const states: Readonly<Record<string, JobState['state']>> = {
  PREPARING: 'running',
  READY: 'running',
  RUNNING: 'running',
  REGISTERED: 'running',
  WAIT_TO_REGISTER: 'running',
  COMPLETED: 'succeeded',
  INTERRUPTED: 'failed',
  CANCELED: 'failed',
  FAILED: 'failed',
  ERROR: 'failed',
  DELETED: 'failed',
  FAIL_TO_READY: 'failed',
};

const appliesExtensions = 'nhn_apply_extension_changes';

/**
 * A job has a state of its own, which does not lag as those of instances do. It can be COMPLETED although an extension
 * could not be changed, so a job that changes extensions is `<job>/extensions/<group>`, and they are looked at too.
 */
export const nhnJobs: Jobs = {
  idOf({ tool, input, answer }) {
    const job = plainText(answer['jobId']);
    const group = plainText(input['dbInstanceGroupId']);
    return job && group && tool === appliesExtensions ? `${job}/extensions/${group}` : job;
  },
  reads(id) {
    const [jobId = '', kind, dbInstanceGroupId] = id.split('/');
    const job = { tool: 'nhn_get_job', input: { jobId } };
    return kind === 'extensions' ? [job, { tool: 'nhn_list_extensions', input: { dbInstanceGroupId } }] : [job];
  },
  stateOf([job, extensions]) {
    if (job instanceof ProviderError) throw job;
    const word = plainText(job?.['jobStatus']) ?? 'none given';
    const state = states[word] ?? 'unknown';
    if (state === 'succeeded' && extensions) return stateOfExtensions(extensions, word);
    // A job does not say why it failed.
    return state === 'failed' ? { state, word, hint: 'nhn_list_events tells why.' } : { state, word };
  },
};

const lookYourself = 'Whether every extension was changed could not be seen: nhn_list_extensions shows it.';
const reasons =
  'errorReason in nhn_list_extensions tells why; errors of earlier applications stay there until they are mended.';

/** What has become of the extensions once their job has ended. */
function stateOfExtensions(answer: Values | ProviderError, word: string): JobState {
  if (answer instanceof ProviderError) return { state: 'succeeded', word, hint: lookYourself };
  const failed = recordsOf(answer['extensions']).flatMap(({ extensionName, databases }) =>
    recordsOf(databases)
      .filter(({ dbInstanceGroupExtensionStatus }) => String(dbInstanceGroupExtensionStatus).endsWith('_ERROR'))
      .map((database): Values => ({ extensionName, ...database })),
  );
  const [first] = failed;
  if (!first) return { state: 'succeeded', word };
  const { extensionName, dbInstanceGroupExtensionStatus: status } = first;
  const told = `${word}, but ${failed.length} in error: ${String(extensionName)} ${String(status)}`;
  return { state: 'failed', word: told, hint: reasons, details: { failedExtensions: failed } };
}

const recordsOf = (list: unknown): Values[] => (Array.isArray(list) ? list.filter(isRecord) : []);
