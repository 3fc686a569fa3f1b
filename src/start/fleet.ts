import { jobFacts } from '../call/builtin/jobs.js';
import { type CallContext, readWith } from '../call/call-context.js';
import { adapters, requireAdapters } from '../fleet/adapters/index.js';
import { createFleet, type Fleet } from '../fleet/fleet.js';
import { rules } from '../fleet/rules/index.js';
import { ProviderError } from '../providers/provider.js';
import { isProviderName } from '../providers/settings.js';
import { sanitizeText } from '../values/sanitize-text.js';
import { type Values } from '../values/values.js';

/** The fleet over the accounts, reading through the same corridor as every call. */
export function composeFleet(context: CallContext): Fleet {
  requireAdapters(context.providers);
  return createFleet({
    accounts: context.providers.filter(isProviderName).map((name) => ({ name, provider: name })),
    adapterFor: (provider) => adapters[provider],
    rules,
    readerOf:
      () =>
      async (tool, input = {}) =>
        readWith(tool, input, context),
    job: async (account, id) => jobFacts(account, id, context),
    now: context.now,
    reasonOf,
  });
}

/** The providers that refuse the credentials of this server. One that cannot be reached is none of them. */
export async function refusingProviders(context: CallContext): Promise<string[]> {
  const read = async (tool: string, input: Values = {}) => readWith(tool, input, context);
  const answers = context.providers.filter(isProviderName).map(async (provider) => {
    try {
      await adapters[provider].list(read);
      return [];
    } catch (error) {
      return error instanceof ProviderError && error.kind === 'unauthenticated' ? [provider] : [];
    }
  });
  return (await Promise.all(answers)).flat();
}

/** What to say of a provider that could not be asked, and whether it wants to be asked less often. */
export function reasonOf(error: unknown): { message: string; isBusy?: boolean } {
  if (!(error instanceof ProviderError))
    return { message: error instanceof Error ? sanitizeText(error.message, 300) : '' };
  const isBusy = error.kind === 'too_fast' || error.kind === 'unavailable';
  return { message: `${error.code}: ${sanitizeText(error.message, 300)}`, isBusy };
}
