import type { ProviderName } from '../../providers/settings.js';
import { fixedNumber } from './ids.js';

/** A named account of a provider, with its own credentials, fleet and ids. */
export interface Account {
  readonly name: string;
  readonly origin: string;
  /** Whether it has its provider's name. Its content is then the same as without further accounts. */
  readonly isFirst: boolean;
  /** Adds the account's name to a text that only this account has. The first account uses the text as given. */
  readonly own: (text: string) => string;
  /** The same for a number. */
  readonly ownNumber: (number: number) => number;
}

/** The names that may be part of an address and begin a fault. */
const form = /^[a-z][a-z0-9-]{0,40}$/;

/** The step is so large that the numbers of two accounts never overlap. */
const numberStep = 100_000;

export function createAccount(name: string, provider: ProviderName): Account {
  if (!form.test(name)) throw new Error(`${name} cannot name an account: use a-z, 0-9 and -, beginning with a letter.`);
  const isFirst = name === provider;
  const shift = numberStep * (1 + fixedNumber(`account ${name}`, 80));
  return {
    name,
    origin: `http://${name}.sandbox`,
    isFirst,
    own: (text) => (isFirst ? text : `${text}-${name}`),
    ownNumber: (number) => (isFirst ? number : number + shift),
  };
}
