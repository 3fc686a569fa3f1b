import { isRecord, type Values } from '../values/values.js';
import { plainText } from './gateway.js';
import { type JobState, type Jobs, type Look, mayLag, ProviderError } from './provider.js';

/** What the instance looks like when the work is done. Everything else is done when the instance has settled again. */
const goals: Readonly<Record<string, Goal>> = {
  naver_create_instance: 'made',
  naver_delete_instance: 'gone',
  naver_create_read_replica: 'joined',
  naver_delete_read_replica: 'left',
};

type Goal = 'made' | 'gone' | 'joined' | 'left' | 'changed';

/**
 * There are no jobs. Work is followed by the state of the instance, which lags behind a change, so the handle has to
 * say what the work is for. A job is `<instance>[@<region>]/<goal>[/<servers>]`. The region is that of the call,
 * because a number is only found in its region. The servers are the one that leaves, or those that were there before
 * another one joins.
 */
export const naverJobs: Jobs = {
  idOf({ tool, input, answer }) {
    const instance = instanceIn(answer);
    const number = plainText(input['cloudPostgresqlInstanceNo'] ?? instance?.['cloudPostgresqlInstanceNo']);
    if (number === undefined) return undefined;
    const region = plainText(input['regionCode']);
    const goal = goals[tool] ?? 'changed';
    const servers = goal === 'joined' ? presentReplicas(instance).join('+') : leaving(goal, input);
    return [region === undefined ? number : `${number}@${region}`, goal, servers].filter(Boolean).join('/');
  },
  reads(id) {
    const [cloudPostgresqlInstanceNo, regionCode] = (id.split('/')[0] ?? '').split('@');
    return [{ tool: 'naver_get_instance', input: { cloudPostgresqlInstanceNo, regionCode } }];
  },
  stateOf([answer], look) {
    const [, goal = '', servers = ''] = look.id.split('/');
    if (!(answer instanceof ProviderError)) return judge(goal, servers.split('+'), look)(instanceIn(answer));
    if (answer.kind === 'not_found' && goal === 'gone') return deleted;
    throw answer;
  },
};

const leaving = (goal: Goal, input: Values): string | undefined =>
  goal === 'left' ? plainText(input['cloudPostgresqlServerInstanceNo']) : undefined;

const deleted: JobState = { state: 'succeeded', word: 'deleted', hint: 'There is no such instance any more.' };

type Judge = (instance: Values | undefined) => JobState;

function judge(goal: string, servers: readonly string[], look: Look): Judge {
  if (goal === 'gone') return stateOfDeletion;
  if (goal === 'joined') return (instance) => settledWith(instance, hasOther(instance, servers), 'without the replica');
  if (goal === 'left') return (instance) => settledWith(instance, !hasAny(instance, servers), 'with the replica');
  if (goal === 'made') return stateOfInstance;
  // A handle without a goal may be that of a deletion.
  return (instance) => (goal === '' && isDeleted(instance) ? deleted : stateOfChange(instance, look));
}

/** A deleted instance is shown without servers for a while before its number is unknown. */
function stateOfDeletion(instance: Values | undefined): JobState {
  if (!instance || serversOf(instance).length === 0 || isDeleted(instance)) return deleted;
  return { state: 'running', word: wordOf(instance) };
}

const isDeleted = (instance: Values | undefined): boolean =>
  instance !== undefined && wordOf(instance).toLowerCase() === 'deleted';

/** The state of the instance, while it has not got to what the work is for. */
function settledWith(instance: Values | undefined, isThere: boolean, lacking: string): JobState {
  const seen = stateOfInstance(instance);
  return seen.state === 'succeeded' && !isThere ? { state: 'running', word: `${seen.word}, ${lacking}` } : seen;
}

function stateOfChange(instance: Values | undefined, look: Look): JobState {
  const seen = stateOfInstance(instance);
  if (seen.state === 'running') return { ...seen, hasBegun: true };
  return seen.state !== 'unknown' && mayLag(look) ? { state: 'running', word: `${seen.word}, as before` } : seen;
}

const instanceIn = (answer: Values | undefined): Values | undefined =>
  recordsOf(answer?.['cloudPostgresqlInstanceList'])[0];

const recordsOf = (list: unknown): Values[] => (Array.isArray(list) ? list.filter(isRecord) : []);

const serversOf = (instance: Values | undefined): Values[] =>
  recordsOf(instance?.['cloudPostgresqlServerInstanceList']);

const numberOf = (server: Values): string => plainText(server['cloudPostgresqlServerInstanceNo']) ?? '';

const wordOf = (instance: Values): string => plainText(instance['cloudPostgresqlInstanceStatusName']) ?? 'none given';

const serverWordOf = (server: Values): string => plainText(server['cloudPostgresqlServerInstanceStatusName']) ?? '';

const replicasOf = (instance: Values | undefined): Values[] =>
  serversOf(instance).filter(({ cloudPostgresqlServerRole: role }) => isRecord(role) && role['code'] === 'S');

const joining = new Set(['creating', 'settingup', 'pending']);

/** The numbers of the replicas without the one that joins. */
const presentReplicas = (instance: Values | undefined): string[] =>
  replicasOf(instance)
    .filter((server) => !joining.has(serverWordOf(server).toLowerCase()))
    .map(numberOf);

const hasOther = (instance: Values | undefined, known: readonly string[]): boolean =>
  replicasOf(instance).some(
    (server) => !known.includes(numberOf(server)) && stateNamed(serverWordOf(server)) === 'succeeded',
  );

const hasAny = (instance: Values | undefined, numbers: readonly string[]): boolean =>
  serversOf(instance).some(
    (server) => numbers.includes(numberOf(server)) && serverWordOf(server).toLowerCase() !== 'deleted',
  );

/** The keys are in lower case, because the documents write both `settingup` and `settingUp`. */
const states: Readonly<Record<string, JobState['state']>> = {
  creating: 'running',
  settingup: 'running',
  pending: 'running',
  restarting: 'running',
  recovering: 'running',
  reinstalling: 'running',
  upgrading: 'running',
  downgrading: 'running',
  shuttingdown: 'running',
  deleting: 'running',
  running: 'succeeded',
  stopped: 'failed',
  deleted: 'failed', // except for its own deletion
};

const stateNamed = (word: string): JobState['state'] => states[word.toLowerCase()] ?? 'unknown';

/** While servers are made or replaced, they or the instance can be missing from the answer for a short time. */
function stateOfInstance(instance: Values | undefined): JobState {
  if (!instance) return { state: 'unknown', word: 'not shown' };
  const word = wordOf(instance);
  const state = stateNamed(word);
  if (state === 'failed') return { state, word, hint: 'The instance is settled, but its database does not serve.' };
  const busy = state === 'succeeded' ? workIn(instance) : undefined;
  return busy ? { state: 'running', word: `${word}, ${busy}` } : { state, word };
}

/** Work that continues although the state of the instance is final: an operation, or a change of one of its servers. */
function workIn(instance: Values): string | undefined {
  const operation = instance['cloudPostgresqlInstanceOperation'];
  const code = isRecord(operation) ? plainText(operation['code']) : undefined;
  if (code !== undefined && code !== 'NULL') return `operation ${code}`;
  const servers = serversOf(instance);
  if (servers.length === 0) return 'no servers shown';
  const busy = servers.find((server) => stateNamed(serverWordOf(server)) === 'running');
  return busy && `${plainText(busy['cloudPostgresqlServerName']) ?? 'a server'} ${serverWordOf(busy)}`;
}
