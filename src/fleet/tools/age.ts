import * as z from 'zod';
import type { Clock } from '../../values/clock.js';
import { type Values } from '../../values/values.js';
import { accountNameOf } from '../account.js';
import type { Fleet } from '../fleet.js';
import type { FleetInstance } from '../instance.js';
import { accountOf } from '../reference.js';

/** The age of what is shown, in the output of a tool. */
export const ageOutput = { ageSeconds: z.number().optional() };

export const freshArgument = z.boolean().describe('read again what is known of the last minute').optional();

/** The accounts that a text about an instance may lead to. All but for a reference, which names its account. */
export function accountsOfText(text: string, { accounts }: Pick<Fleet, 'accounts'>): ReadonlySet<string> {
  const names = accounts.map(({ name }) => name);
  const named = names.filter((name) => name === accountOf(text));
  return new Set(named.length > 0 ? named : names);
}

export const accountsHolding = (instances: readonly FleetInstance[]): ReadonlySet<string> =>
  new Set(instances.map(accountNameOf));

/** The age of what was read before the call began, in seconds. Undefined for what was read for this call. */
export const ageSecondsOf = (readAt: number | undefined, begun: number, now: () => number): number | undefined =>
  readAt === undefined || readAt >= begun ? undefined : Math.max(1, Math.round((now() - readAt) / 1000));

export interface ToldAge {
  field: Values;
  note: string | undefined;
}

/** Says how old is what is shown of some accounts, where it was read before the call began. */
export function ageOf(
  accounts: ReadonlySet<string>,
  begun: number,
  { fleet, clock }: { fleet: Pick<Fleet, 'readAt'>; clock: Pick<Clock, 'now'> },
): ToldAge {
  const ageSeconds = ageSecondsOf(fleet.readAt(accounts), begun, clock.now);
  if (ageSeconds === undefined) return { field: {}, note: undefined };
  const seconds = ageSeconds === 1 ? '1 second' : `${ageSeconds} seconds`;
  return { field: { ageSeconds }, note: `This was read ${seconds} ago; with fresh: true it is read again.` };
}
