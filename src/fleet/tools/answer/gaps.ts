import * as z from 'zod';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import { type Values } from '../../../values/values.js';
import type { Diagnosis, Missed } from '../../fleet.js';
import type { AccountFailure, Denied } from '../../reader.js';
import { accountOf } from '../../reference.js';
import { groupBy } from './answer.js';
import type { LabelOf } from './rows.js';

/** What an answer lacks: accounts that did not answer, instances and parts that could not be read, what is denied. */
export interface Gaps {
  failures?: readonly AccountFailure[];
  missed?: readonly Missed[];
  /** Parts of diagnoses that could not be read. */
  unseen?: readonly Pick<Diagnosis, 'instance' | 'unavailable'>[];
  denied?: readonly Denied[];
}

const perInstance = z.array(
  z.object({ what: z.string().optional(), why: z.string(), instances: z.array(z.string()) }).loose(),
);

/** The fields of `tellGaps`. */
export const gapsOutput = {
  failures: z
    .array(z.object({ provider: z.string(), message: z.string(), isPartial: z.boolean().optional() }).loose())
    .optional(),
  missed: perInstance.optional(),
  unseen: perInstance.optional(),
  denied: z.number().optional(),
  more: z.string().optional(),
  source: z.string().optional(),
};

export interface ToldGaps {
  /** With the words of providers, so they stand among the data. */
  lines: readonly string[];
  fields: Values;
  notes: readonly string[];
}

/** An answer names so many of the instances that have one gap in common. */
const mostNamed = 10;

/** What an answer lacks, each kind on one line. */
export function tellGaps({ failures = [], missed = [], unseen = [], denied = [] }: Gaps, labelOf: LabelOf): ToldGaps {
  const unread = kindsOf(missed.map(({ instance, why }) => ({ label: labelOf(instance), why })));
  const unknown = kindsOf(
    unseen.flatMap(({ instance, unavailable }) =>
      unavailable.map(({ what, why }) => ({ label: labelOf(instance), what, why })),
    ),
  );
  return {
    lines: [
      ...failures.map(failureLine),
      ...unread.map(({ why, instances }) => `not examined: ${listed(instances)} (${why})`),
      ...unknown.map(({ what, why, instances }) => `could not be read: ${what} of ${listed(instances)} (${why})`),
    ],
    fields: {
      failures: failures.map(({ provider, message, isPartial }) => ({
        provider,
        message,
        ...(isPartial && { isPartial }),
      })),
      missed: unread.map(cut),
      unseen: unknown.map(cut),
      denied: countOf(denied) || undefined,
    },
    notes: [
      ...failures.map(failureNote),
      ...(missed.length > 0 ? [`${missed.length} instances could not be examined.`] : []),
    ],
  };
}

interface Kind {
  what?: string;
  why: string;
  instances: readonly string[];
}

interface Gap {
  label: string;
  what?: string;
  why: string;
}

const kindsOf = (gaps: readonly Gap[]): Kind[] =>
  [...groupBy(gaps, ({ what, why }) => JSON.stringify([what, why]))].map(([, [first, ...others]]) => ({
    ...(first?.what !== undefined && { what: sanitizeWords(first.what) }),
    why: sanitizeWords(first?.why ?? '', 200),
    instances: [first, ...others].flatMap((gap) => gap?.label ?? []),
  }));

const cut = ({ instances, ...kind }: Kind): Values => ({
  ...kind,
  instances: [...instances.slice(0, mostNamed), ...furtherOf(instances)],
});

const listed = (instances: readonly string[]): string =>
  [...instances.slice(0, mostNamed).map((label) => sanitizeWords(label)), ...furtherOf(instances)].join(', ');

const furtherOf = ({ length }: readonly string[]): string[] =>
  length > mostNamed ? [`${length - mostNamed} more`] : [];

/** Says why an account could not be asked. */
const failureLine = ({ provider, message, isPartial }: AccountFailure): string =>
  `${provider} could ${isPartial ? 'be read in part' : 'not be asked'}: ${sanitizeWords(message, 300)}`;

/** Names the accounts that could not be asked, so that the answer is still useful for the others. */
const failureNote = ({ provider, isPartial }: AccountFailure): string =>
  isPartial
    ? `Not all that ${provider} has could be read: the rest is missing here.`
    : `${provider} could not be asked: what it has is missing here.`;

/** Says how much the policy denies to the one who asks, so that what is left does not look like everything. */
export function deniedNote(denied: readonly Denied[], [one, several]: readonly [string, string]): string | undefined {
  const count = countOf(denied);
  if (count === 0) return undefined;
  return count === 1
    ? `1 ${one} is not shown: the policy denies it.`
    : `${count} ${several} are not shown: the policy denies them.`;
}

export const instanceWords = ['instance', 'instances'] as const;

/** Each of these references once. */
export const deniedAt = (references: readonly string[]): Denied[] =>
  [...new Set(references)].map((reference) => ({ provider: accountOf(reference), count: 1 }));

const countOf = (denied: readonly Denied[]): number => denied.reduce((sum, { count }) => sum + count, 0);
