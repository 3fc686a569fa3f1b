import { type Accounts, readWith } from '../call/call-context.js';
import { adapterFor } from '../fleet/adapters/index.js';
import { ProviderError } from '../providers/provider.js';
import { sanitizeText } from '../values/sanitize-text.js';

/** The accounts whose credentials are refused. One that cannot be reached is not one of them. */
export async function accountsRefused(accounts: Accounts): Promise<string[]> {
  const answers = accounts.all.map(async ({ name, provider }) => {
    try {
      await adapterFor(provider).list((tool, input = {}) => readWith(tool, input, name, accounts));
      return [];
    } catch (error) {
      return error instanceof ProviderError && error.kind === 'unauthenticated' ? [name] : [];
    }
  });
  return (await Promise.all(answers)).flat();
}

/** What to say of an account that could not be asked, and whether it wants to be asked less often. */
export function reasonOf(error: unknown): { message: string; isBusy?: boolean } {
  if (!(error instanceof ProviderError))
    return { message: error instanceof Error ? sanitizeText(error.message, 300) : '' };
  const isBusy = error.kind === 'too_fast' || error.kind === 'unavailable';
  return { message: `${error.code}: ${sanitizeText(error.message, 300)}`, isBusy };
}
