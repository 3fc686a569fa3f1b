import type { Hono } from 'hono';
import { createEmulator, type EmulatedAccount, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js';
import type { ProviderName } from '../../src/providers/settings.js';

/** The emulator of one provider, on a clock that only moves by hand. */
export function start(
  provider: ProviderName,
  options: EmulatorOptions = {},
): Emulator & EmulatedAccount & { app: Hono } {
  const emulator = createEmulator({ speed: 0, providers: [provider], ...options });
  const account = emulator.accounts.get(provider);
  const app = account && emulator.apps().get(account.origin);
  if (!app) throw new Error(`The emulator has no ${provider}.`);
  return { ...emulator, ...account, app };
}
