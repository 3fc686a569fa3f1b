import type { Effect, Impossibility, StateValues } from '../../../src/define/index.js';
import { inGroup, noneInGroup, now } from './_looks.js';

const looks = {
  now,
  /** The service was only ever seen to answer that there is none, also for pairs; the members tell the truth. */
  settings: { read: 'nhn_get_high_availability' },
  primary: inGroup({ dbInstanceType: 'MASTER' }),
  standby: inGroup({ dbInstanceType: ['CANDIDATE_MASTER', 'FAILED_MASTER'] }),
  pair: inGroup({ dbInstanceType: ['MASTER', 'CANDIDATE_MASTER', 'FAILED_MASTER'] }),
  failed: inGroup({ dbInstanceType: 'FAILED_MASTER' }),
} as const;

/** A standby, or the state of a pair, tells that there is one; without either there is none. */
function isPair(at: StateValues): boolean | undefined {
  const [standby, state, group] = [at('standby'), at('settings.haStatus'), at('now.dbInstanceGroupId')];
  if (standby?.length || state?.some((each) => each !== null && each !== 'DELETED')) return true;
  return standby === undefined || state === undefined || !group?.length ? undefined : false;
}

const single: Impossibility = {
  if: { test: ({ at }) => not(isPair(at)) },
  because: '{now.dbInstanceName} has no standby.',
  instead: 'nhn_modify_high_availability turns high availability on.',
};

const not = (part: boolean | undefined): boolean | undefined => (part === undefined ? undefined : !part);

export const modifyHighAvailability: Effect = {
  looks,
  concerns: 'pair',
  changes: {
    useHighAvailability: { derived: isPair },
    pingInterval: 'settings.pingInterval',
    failoverReplWaitingTime: 'settings.failoverReplWaitingTime',
  },
  dangers: [
    {
      if: { becomes: { useHighAvailability: false } },
      risk: 'disruptive',
      warning:
        'The standby {standby.said} is given up, and a failure of {now.dbInstanceName} is an outage from then on: ' +
        'nothing takes over.',
      undo: 'Turn it on again, which builds a new standby.',
    },
    {
      if: { becomes: { useHighAvailability: true } },
      risk: 'disruptive',
      warning: 'A standby is built, which puts load on {now.dbInstanceName} meanwhile.',
      undo: 'Turn it off again, which gives the standby up.',
    },
    {
      if: {
        all: [
          { any: [{ changes: 'pingInterval' }, { changes: 'failoverReplWaitingTime' }] },
          { not: { changes: 'useHighAvailability' } },
        ],
      },
      risk: 'disruptive',
      warning: 'The standby takes over sooner or later than now when {now.dbInstanceName} fails or is only slow.',
      undo:
        'Set the old values again: pingInterval {settings.pingInterval}, failoverReplWaitingTime ' +
        '{settings.failoverReplWaitingTime}.',
    },
  ],
};

export const pauseHighAvailability: Effect = {
  looks,
  concerns: 'pair',
  dangers: [
    {
      risk: 'disruptive',
      warning: 'Until it is resumed, a failure of {primary.said} is an outage: {standby.said} does not take over.',
      undo: 'Resume it with nhn_resume_high_availability.',
    },
  ],
  impossible: [
    single,
    {
      if: { is: { 'settings.haStatus': ['PAUSED', 'PAUSING'] } },
      because: 'The high availability of {now.dbInstanceName} is paused already ({settings.haStatus}).',
      instead: 'nhn_resume_high_availability ends the pause.',
    },
  ],
};

export const resumeHighAvailability: Effect = {
  looks,
  ordinary: {
    warning: '{standby.said} takes over again when {primary.said} fails.',
    undo: 'nhn_pause_high_availability pauses it.',
  },
  concerns: 'pair',
  impossible: [single],
};

const whole: Impossibility = {
  if: noneInGroup('failed'),
  because: 'In the group of {now.dbInstanceName} there is no primary that was failed over (FAILED_MASTER).',
  instead: 'nhn_modify_high_availability turns high availability on or off.',
};

export const repairHighAvailability: Effect = {
  looks,
  concerns: 'pair',
  dangers: [
    {
      risk: 'disruptive',
      warning:
        '{failed.said} joins the pair of {primary.said} again. Replication and roles change while it runs, which can ' +
        'interrupt service.',
      undo: 'None needed: the pair works as one again afterwards.',
    },
  ],
  impossible: [whole],
};

export const splitHighAvailability: Effect = {
  looks,
  concerns: 'pair',
  dangers: [
    {
      risk: 'destructive',
      warning:
        'The pair ends for good: {primary.said} has no standby from then on, and {failed.said} is an instance of its ' +
        'own with the data of before its failure. Both take writes.',
      undo: 'None: they never become a pair again. nhn_modify_high_availability builds a new standby.',
      irreversible: true,
    },
  ],
  impossible: [whole],
};
