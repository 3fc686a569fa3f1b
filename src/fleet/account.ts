import type { Account } from '../providers/account.js';
import { knownAs } from '../providers/settings.js';
import type { TimeText } from '../values/time-text.js';
import type {
  FleetEvent,
  FleetInstance,
  FleetJob,
  Observations,
  ProviderEvent,
  ProviderInstance,
  ProviderJob,
  ProviderObservations,
  Restorable,
} from './instance.js';
import { referenceOf } from './reference.js';

/** What the fleet has to know about an account. */
export type FleetAccount = Readonly<Pick<Account, 'name' | 'provider'>>;

/** The account of an instance or an event. It is only named when its name differs from that of its provider. */
interface Belonging {
  provider: string;
  account?: string;
}

export const accountNameOf = ({ account, provider }: Belonging): string => account ?? provider;

const belongingTo = ({ name, provider }: FleetAccount): Belonging =>
  name === provider ? { provider } : { provider, account: name };

/** The words that an argument may use for accounts: their names, and the names of their providers. */
export const filtersOf = (accounts: readonly FleetAccount[]): string[] => [
  ...new Set([...accounts.map(({ name }) => name), ...accounts.map(({ provider }) => provider)]),
];

/**
 * The names of the accounts that a word means: of the account of that name, and of all accounts of the provider of that
 * name, so that none is left out. A name in another case means them where none is written so.
 */
export function accountsNamed(word: string, accounts: readonly FleetAccount[]): ReadonlySet<string> {
  const exact = accounts.filter(({ name, provider }) => [name, provider].includes(word));
  const alike = accounts.filter(({ name, provider }) => [knownAs(name), provider].includes(knownAs(word)));
  return new Set((exact.length > 0 ? exact : alike).map(({ name }) => name));
}

/** Counts the instances in each state for each account, with keys such as `nhn available`. */
export function stateCounts(instances: readonly FleetInstance[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const instance of instances) {
    const key = `${accountNameOf(instance)} ${instance.state}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Makes an instance of the fleet from what its provider reports. */
export const instanceOf = (account: FleetAccount, record: ProviderInstance, timeText: TimeText): FleetInstance => ({
  reference: referenceOf(account.name, record.id),
  ...belongingTo(account),
  ...record,
  backups: record.backups && { ...record.backups, newest: told(record.backups.newest, timeText) },
  created: told(record.created, timeText),
  changed: told(record.changed, timeText),
  primary: record.primary === undefined ? undefined : referenceOf(account.name, record.primary),
  replicas: record.replicas?.map((id) => referenceOf(account.name, id)),
});

const told = (time: string | undefined, timeText: TimeText): string | undefined =>
  time === undefined ? undefined : timeText(time);

/** Makes an event of the fleet from what its provider reports. */
export function eventOf(account: FleetAccount, event: ProviderEvent, timeText: TimeText): FleetEvent {
  const { time, kind, category, instanceId, ...rest } = event;
  const reference = instanceId === undefined ? undefined : referenceOf(account.name, instanceId);
  return { time: timeText(time), ...belongingTo(account), kind, category, reference, ...rest };
}

/** What an instance can be restored to, with its times as people are told them. */
export function restorableOf(seen: Restorable, timeText: TimeText): Restorable {
  if (seen.kind === 'nothing') return seen;
  if (seen.kind === 'untold') return { ...seen, from: told(seen.from, timeText) };
  return { ...seen, from: timeText(seen.from), to: timeText(seen.to) };
}

/** What rules use, from what the provider reports and what the fleet knows. */
export const observationsOf = (
  account: FleetAccount,
  seen: ProviderObservations,
  around: Pick<Observations, 'related' | 'now' | 'timeText'>,
): Observations => ({
  ...seen,
  ...around,
  instance: instanceOf(account, seen.instance, around.timeText),
  events: seen.events?.map((event) => eventOf(account, event, around.timeText)),
  jobs: seen.jobs?.map((job) => jobOf(account, job, around.timeText)),
});

function jobOf(account: FleetAccount, job: ProviderJob, timeText: TimeText): FleetJob {
  const { state, word, since } = job;
  return { handle: 'id' in job ? referenceOf(account.name, job.id) : job.name, state, word, since: timeText(since) };
}
