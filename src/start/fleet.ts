import { type Doors, readWith } from '../call/doors.js';
import { jobFacts } from '../call/own/jobs.js';
import { plain } from '../call/plain.js';
import { adapters } from '../fleet/adapters/index.js';
import { createFleet, type Fleet } from '../fleet/fleet.js';
import { ProviderError, type Values } from '../providers/provider.js';

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

/** The providers that refuse the credentials of this server. One that cannot be reached is none of them. */
export async function refusingProviders(doors: Doors): Promise<string[]> {
  const read = async (tool: string, input: Values = {}) => readWith(tool, input, doors);
  const asked = adapters.filter(({ provider }) => doors.providers.includes(provider));
  const answers = asked.map(async (adapter) => {
    try {
      await adapter.list(read);
      return [];
    } catch (error) {
      return error instanceof ProviderError && error.refusal === 'unauthenticated' ? [adapter.provider] : [];
    }
  });
  return (await Promise.all(answers)).flat();
}

/** What to say of a provider that could not be asked, and whether it wants to be asked less often. */
export function reasonOf(error: unknown): { message: string; isBusy?: boolean } {
  if (!(error instanceof ProviderError)) return { message: error instanceof Error ? plain(error.message, 300) : '' };
  const isBusy = error.refusal === 'too_fast' || error.refusal === 'unavailable';
  return { message: `${error.code}: ${plain(error.message, 300)}`, isBusy };
}
