import type { ProviderName } from '../../providers/settings.js';
import { fixedNumber } from './ids.js';

/** A provider under a name, with credentials, a fleet and ids of its own. */
export interface Account {
  readonly name: string;
  readonly origin: string;
  /** Bears its provider's name: everything in it is as it is without any further account. */
  readonly isFirst: boolean;
  /** What is the account's own gets its name into it; the first account has it as given. */
  readonly own: (text: string) => string;
  /** The same for a number. */
  readonly ownNumber: (number: number) => number;
}

/** Names that may stand in an address and begin a fault. */
const form = /^[a-z][a-z0-9-]{0,40}$/;

/** So far apart that the numbers of an account never meet others of the same account. */
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
