import type { Provider, ProviderOptions } from './provider.js';
import type { ProviderName, SettingsOf } from './settings.js';

type Connect<Name extends ProviderName> = (options: ProviderOptions & SettingsOf<Name>) => Provider;

/** Every provider's API dialect, loaded when it is called first. */
const dialects: { readonly [Name in ProviderName]: () => Promise<Connect<Name>> } = {
  nhn: async () => (await import('./nhn.js')).nhn,
  samsung: async () => (await import('./samsung.js')).samsung,
  naver: async () => (await import('./naver.js')).naver,
  cegedim: async () => (await import('./cegedim.js')).cegedim,
};

/** A provider with its settings, ready to be asked. */
export async function connectProvider<Name extends ProviderName>(
  name: Name,
  settings: SettingsOf<Name>,
  options: ProviderOptions,
): Promise<Provider> {
  const connect: Connect<Name> = await dialects[name]();
  return connect({ ...settings, ...options });
}
