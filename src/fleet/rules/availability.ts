import { duration, gradeOf, minute, rounded, type Severity } from '../../define/finding.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import type { Rule } from '../finding.js';
import type { FleetInstance, Observations } from '../instance.js';
import { saysStorageFull } from './capacity.js';
import { eventEvidence, haEvidence, isPrimary, isStopped, ownEvents, stateEvidence } from './reading.js';

// The providers use different words for these, so the patterns contain what the words have in common.
const says = {
  notConnected: /fail.?to.?connect|cannot.?connect|unreachable|not.?reachable/i,
  replicationStopped: /replication.?(stop|broken|fail|error)|not.?replicat/i,
  replicationDelayed: /replication.?(delay|lag)/i,
  failover: /fail(ing)?.?over/i,
  failoverFailed: /failover.?(has.)?fail/i,
  // One that has begun or failed has put nobody into the place of the primary.
  notTakenOver: /failover.?(has.)?(fail|start|beg|cancel|in.?progress)|failing.?over/i,
  paused: /paus|suspend|disabl/i,
  pausedForTask: /due.?to.?task/i,
  waitsForPerson: /wait.?manual/i,
  notProtecting: /fail|error|recover|stop|down|degrad|broken|lost|inactive|not.?replicat/i,
};

/** The instance serves no client. One finding says so, because its other problems follow from that. */
const isOut = (instance: FleetInstance): boolean => isStopped(instance) || instance.role === 'failed primary';

const stopped: Rule = {
  id: 'stopped',
  topic: 'availability',
  reads: ['state'],
  title: 'The instance is stopped',
  meaning: 'Nobody can connect. If that is not on purpose, start it; while it is stopped it makes no backups either.',
  remedies: ['start', 'listEvents', 'readDetails'],
  check: ({ instance }) =>
    isStopped(instance) ? { severity: 'warning', evidence: [stateEvidence(instance)] } : undefined,
};

const connectionFailed: Rule = {
  id: 'connection-failed',
  topic: 'availability',
  reads: ['state'],
  title: 'The provider cannot connect to the instance',
  meaning:
    'The database does not answer, so applications are probably cut off too. See what happened before restarting.',
  remedies: ['listEvents', 'restart', 'readDetails'],
  explains: ['failed', 'degraded', 'state-unknown'],
  check: ({ instance }) =>
    says.notConnected.test(instance.providerState) && !isOut(instance)
      ? { severity: 'critical', evidence: [stateEvidence(instance)] }
      : undefined,
};

/** Seconds. */
const replicationLag = { warning: 60, critical: 10 * 60 };

const replicationDelayed: Rule = {
  id: 'replication-delayed',
  topic: 'availability',
  reads: ['state', 'replicationLag'],
  title: 'Replication falls behind',
  meaning: 'Reads here return old data, and a failover now would lose or wait for the missing changes.',
  remedies: ['readReplication', 'readMetrics', 'listEvents', 'readDetails'],
  explains: ['degraded'],
  check(seen) {
    const { instance, replicationLagSeconds } = seen;
    if (isOut(instance)) return undefined;
    const word: Severity | undefined = says.replicationDelayed.test(instance.providerState) ? 'warning' : undefined;
    const lag = lagOf(seen, word !== undefined);
    const severity = gradeOf(lag?.seconds, replicationLag) ?? word;
    if (!severity) return undefined;
    const measured = lag ? [{ field: replicationLagSeconds?.source ?? 'lag', value: lag.text }] : [];
    return { severity, evidence: word ? [stateEvidence(instance), ...measured] : measured };
  },
};

/** The last measured lag. An old value counts only while the provider still tells of a lag, since it may be gone. */
function lagOf({ replicationLagSeconds, now, timeText }: Observations, isTold: boolean) {
  const [time, seconds] = replicationLagSeconds?.points.at(-1) ?? [];
  if (time === undefined || seconds === undefined) return undefined;
  const isOld = time <= now - 30 * minute;
  if (isOld && !isTold) return undefined;
  const age = isOld ? `, measured ${timeText(time)}, ${duration(now - time)} ago` : '';
  return { seconds, text: `${rounded(seconds, 's')}${age}` };
}

const replicationStopped: Rule = {
  id: 'replication-stopped',
  topic: 'availability',
  reads: ['state', 'highAvailability'],
  title: 'Replication has stopped',
  meaning: 'Changes no longer arrive at the replica: its data gets older, and it cannot take over without a loss.',
  remedies: ['readReplication', 'listEvents', 'repairHighAvailability', 'restart', 'readDetails'],
  explains: ['degraded', 'replication-delayed', 'high-availability-failed'],
  check({ instance }) {
    // Where nothing serves, that replication stands is the least of it.
    if (isOut(instance) || instance.state === 'failed') return undefined;
    if (says.replicationStopped.test(instance.providerState))
      return { severity: 'critical', evidence: [stateEvidence(instance)] };
    return says.replicationStopped.test(instance.highAvailability?.state ?? '')
      ? { severity: 'critical', evidence: [haEvidence(instance)] }
      : undefined;
  },
};

const failoverHappened: Rule = {
  id: 'failover-happened',
  topic: 'availability',
  reads: ['state', 'highAvailability', 'events'],
  title: 'A failover happened',
  meaning:
    'Another instance took over as the primary. Connections broke at that moment; check that applications came back.',
  remedies: ['listEvents', 'repairHighAvailability', 'readDetails'],
  explains: ['degraded'],
  check(seen) {
    const { instance } = seen;
    const events = ownEvents(seen).filter(({ category, text }) => says.failover.test(`${category} ${text}`));
    const over = events.filter(({ text }) => !says.notTakenOver.test(text));
    const role = instance.role === 'failed primary' ? [{ field: 'role', value: 'failed primary' }] : [];
    const word = instance.highAvailability?.state ?? '';
    const ha = says.failover.test(word) && !says.notTakenOver.test(word) && isPrimary(instance);
    const state = says.failover.test(instance.providerState) ? [stateEvidence(instance)] : [];
    const signs = [...role, ...state, ...(ha ? [haEvidence(instance)] : []), ...over.map(eventEvidence)];
    if (signs.length === 0) return undefined;
    const others = events.filter((event) => !over.includes(event)).map(eventEvidence);
    return { severity: 'warning', evidence: [...signs, ...others] };
  },
};

/** Only the primary reports it, because its standby would say the same. */
const haStateOf = ({ instance }: Observations): string =>
  instance.highAvailability?.enabled && isPrimary(instance) && !isStopped(instance)
    ? (instance.highAvailability.state ?? '')
    : '';

const highAvailabilityPaused: Rule = {
  id: 'high-availability-paused',
  topic: 'availability',
  reads: ['highAvailability'],
  title: 'High availability is paused',
  meaning: 'If the primary fails now, nothing takes over by itself.',
  remedies: ['resumeHighAvailability', 'listEvents', 'readDetails'],
  explains: ['degraded'],
  check(seen) {
    const word = haStateOf(seen);
    if (!says.paused.test(word)) return undefined;
    return { severity: says.pausedForTask.test(word) ? 'notice' : 'warning', evidence: [haEvidence(seen.instance)] };
  },
};

const highAvailabilityFailed: Rule = {
  id: 'high-availability-failed',
  topic: 'availability',
  reads: ['highAvailability'],
  title: 'High availability is not protecting',
  meaning: 'No standby can take over: the next failure of the primary is an outage.',
  remedies: ['repairHighAvailability', 'listEvents', 'readDetails'],
  explains: ['degraded'],
  check(seen) {
    const word = haStateOf(seen);
    if (says.paused.test(word) || !says.notProtecting.test(word)) return undefined;
    // It does what the whole instance does, such as to stop.
    if (word === seen.instance.progress) return undefined;
    return { severity: says.failoverFailed.test(word) ? 'critical' : 'warning', evidence: [haEvidence(seen.instance)] };
  },
};

const failed: Rule = {
  id: 'failed',
  topic: 'availability',
  reads: ['state'],
  title: 'The provider reports a failure',
  meaning: 'Its state says so, or that of all its servers. Expect that applications cannot use it.',
  remedies: ['listEvents', 'restart', 'readDetails'],
  check({ instance }) {
    if (instance.state !== 'failed' || isOut(instance)) return undefined;
    if (saysStorageFull.test(instance.providerState)) return undefined;
    return { severity: 'critical', evidence: [stateEvidence(instance)] };
  },
};

const degraded: Rule = {
  id: 'degraded',
  topic: 'availability',
  reads: ['state'],
  title: 'The instance is degraded',
  meaning: 'Something about it does not work as it should; the state is all that the provider tells of it.',
  remedies: ['listEvents', 'readDetails'],
  check({ instance }) {
    if (instance.state !== 'degraded' || saysStorageFull.test(instance.providerState)) return undefined;
    return { severity: 'warning', evidence: [stateEvidence(instance)] };
  },
};

const waitsForPerson: Rule = {
  id: 'waits-for-person',
  topic: 'availability',
  reads: [],
  title: 'The provider waits for a person',
  meaning:
    'A task stands until somebody continues it, often a failover. Until then the provider refuses other changes.',
  remedies: ['continueTask', 'listEvents', 'readDetails'],
  explains: ['degraded'],
  check: ({ instance: { progress = '' } }) =>
    says.waitsForPerson.test(progress)
      ? { severity: 'warning', evidence: [{ field: 'progress', value: sanitizeWords(progress) }] }
      : undefined,
};

const stateUnknown: Rule = {
  id: 'state-unknown',
  topic: 'availability',
  reads: ['state'],
  title: 'Whether it works cannot be told',
  meaning:
    'Its state says nothing, or no server shows. Usual right after a create or delete; otherwise ask the provider.',
  remedies: ['listEvents', 'readDetails'],
  check: ({ instance }) =>
    instance.state === 'unknown' ? { severity: 'warning', evidence: [stateEvidence(instance)] } : undefined,
};

export const availabilityRules: readonly Rule[] = [
  connectionFailed,
  replicationStopped,
  replicationDelayed,
  failoverHappened,
  highAvailabilityPaused,
  highAvailabilityFailed,
  failed,
  degraded,
  stopped,
  waitsForPerson,
  stateUnknown,
];
