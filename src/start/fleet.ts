import { type Doors, readWith } from '../call/doors.js';
import { jobFacts } from '../call/own/jobs.js';
import { plain } from '../call/plain.js';
import { adapters } from '../fleet/adapters/index.js';
import { createFleet, type Fleet } from '../fleet/fleet.js';
import { ProviderError } from '../providers/provider.js';

/** The fleet over the providers that are on, reading through the same corridor as every call. */
export function composeFleet(doors: Doors): Fleet {
  return createFleet({
    adapters: adapters.filter(({ provider }) => doors.providers.includes(provider)),
    readerOf:
      () =>
      async (tool, input = {}) =>
        readWith(tool, input, doors),
    job: async (provider, id) => jobFacts(provider, id, doors),
    now: doors.now,
    reasonOf,
  });
}

/** What to say of a provider that could not be asked, and whether it wants to be asked less often. */
export function reasonOf(error: unknown): { message: string; isBusy?: boolean } {
  if (!(error instanceof ProviderError)) return { message: error instanceof Error ? plain(error.message, 300) : '' };
  const isBusy = error.refusal === 'too_fast' || error.refusal === 'unavailable';
  return { message: `${error.code}: ${plain(error.message, 300)}`, isBusy };
}
