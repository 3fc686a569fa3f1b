import type { ConfirmMode } from '../define/confirm-mode.js';
import { knownAs, type ProviderName, type ProviderSettings } from './settings.js';

/**
 * A provider with its credentials, endpoint and options, under a name. The account that environment variables configure
 * has the name of its provider.
 */
export interface Account {
  name: string;
  provider: ProviderName;
  settings: ProviderSettings;
  /** The name that people use for it. */
  label?: string;
  /** Whether nothing may be changed in it. */
  readOnly?: boolean;
  /** How guarded calls are confirmed in it, if that is stricter than for the server. */
  confirm?: ConfirmMode;
  /** The only tools that it takes, as profile words. */
  profile?: readonly string[];
  /** Whether it is emulated in this process. */
  isSandbox?: boolean;
  /** How many times as fast its work goes, where it is emulated. */
  workSpeed?: number;
}

/** The account of a name, in any case. Undefined when there is none, or several that differ in their case only. */
export function accountNamed<Named extends { name: string }>(
  text: string,
  accounts: readonly Named[],
): Named | undefined {
  const alike = accounts.filter(({ name }) => knownAs(name) === knownAs(text));
  return accounts.find(({ name }) => name === text) ?? (alike.length === 1 ? alike[0] : undefined);
}
