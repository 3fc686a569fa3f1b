import type { Account } from '../providers/account.js';
import { settingsOf } from '../providers/settings.js';

/** One sentence for each value in use that its provider has marked as ended, with the variable that changes it. */
export function endedSettings(accounts: Iterable<Account>, now: number): string[] {
  return [...accounts].flatMap(({ name, provider, settings, isSandbox }) => {
    if (isSandbox) return [];
    const used = new Map(Object.entries<string>(settings));
    return Object.entries(settingsOf(provider)).flatMap(([key, { env, ended }]) => {
      if (!ended || used.get(key) !== ended.value || now < Date.parse(ended.since)) return [];
      const { value, since, next } = ended;
      return [
        `${name} uses ${key} "${value}", which its provider marks as deprecated since ${since}: ` +
          `set ${env[0]} (${key} of an account in the file) to "${next}" once that has been tried.`,
      ];
    });
  });
}
