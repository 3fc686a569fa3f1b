import type { Effect, EffectFacts, StateValues } from '../../../src/define/index.js';
import { instanceNow, stopped } from './looks.js';

const day = 86_400_000;

/** How far back a restore can go, by the environment of the source. Undefined when that is not told. */
function daysBack(at: StateValues): number | undefined {
  const [environment] = at('source.environment') ?? [];
  if (typeof environment !== 'string' || environment === '') return undefined;
  return /^prod/i.test(environment) ? 14 : 7;
}

function isOutside({ args, at, now }: EffectFacts & { at: StateValues }): boolean | undefined {
  const { timestamp } = Object(args['options']) as { timestamp?: unknown };
  const moment = Date.parse(String(timestamp));
  const days = daysBack(at);
  if (moment > now) return true;
  return days === undefined ? undefined : moment < now - days * day;
}

function differInVersion({ at }: { at: StateValues }): boolean | undefined {
  const [one = Number.NaN, other = Number.NaN] = ['now.version', 'source.version'].map((path) =>
    Number.parseInt(String(at(path)?.[0]), 10),
  );
  return Number.isNaN(one) || Number.isNaN(other) ? undefined : one !== other;
}

export const restoreInstance: Effect = {
  // What is overwritten is another instance than the one that is restored, so nobody fills that in.
  prepares: { source: 'options.sourceId', fills: {} },
  looks: { now: instanceNow, source: { ...instanceNow, with: { id: '{options.sourceId}' } } },
  measures: {
    span: {
      label: 'moments that can be restored',
      of: ({ at, now }) => {
        const days = daysBack(at);
        if (days === undefined) return undefined;
        return { from: new Date(now - days * day).toISOString(), to: new Date(now).toISOString() };
      },
    },
  },
  dangers: [
    {
      risk: 'destructive',
      warning:
        'Everything in {now.name} is replaced by what {source.name} held at {options.timestamp}. ' +
        'What {now.name} holds today is lost, and it cannot be used meanwhile.',
      undo: 'None that is documented. What is overwritten can at best be had from the backups of {now.name}.',
      irreversible: true,
    },
  ],
  impossible: [
    {
      if: { is: { 'now.status': stopped } },
      because: '{now.name} is {now.status}, and a restore needs both instances to be ACTIVE.',
      instead: 'cegedim_start_instance starts it.',
    },
    {
      if: { is: { 'source.status': stopped } },
      because: 'The source, {source.name}, is {source.status}, and a restore needs both instances to be ACTIVE.',
      instead: 'cegedim_start_instance starts it.',
    },
    {
      if: { is: { 'source.backupStatus': false } },
      because: 'The source, {source.name}, is not backed up.',
      instead: 'Only an instance with backups can be the source.',
    },
    {
      if: { isBelow: { 'now.version': 12 } },
      because: '{now.name} has version {now.version}, and a restore needs version 12 or later.',
      instead: 'cegedim_upgrade_instance upgrades it.',
    },
    {
      if: { test: differInVersion },
      because: '{now.name} has version {now.version}, and {source.name} has {source.version}: both need the same one.',
      instead: 'Choose a source of the same version.',
    },
    {
      if: { test: isOutside },
      because: '{source.name} cannot be restored as it was at {options.timestamp}.',
      instead: 'A moment from {span.from} to {span.to} can be restored.',
    },
  ],
};
