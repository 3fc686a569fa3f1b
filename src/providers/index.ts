import type { Provider, ProviderOptions } from './provider.js';
import type { ProviderName, SettingsOf } from './settings.js';

type Connect<Name extends ProviderName> = (options: ProviderOptions & SettingsOf<Name>) => Provider;

/** The API dialect of each provider, loaded when the provider is first called. */
const dialects: { readonly [Name in ProviderName]: () => Promise<Connect<Name>> } = {
  nhn: async () => (await import('./nhn.js')).nhn,
  samsung: async () => (await import('./samsung.js')).samsung,
  naver: async () => (await import('./naver.js')).naver,
  cegedim: async () => (await import('./cegedim.js')).cegedim,
};

/** A provider with its settings, ready for requests. */
export async function connectProvider<Name extends ProviderName>(
  name: Name,
  settings: SettingsOf<Name>,
  options: ProviderOptions,
): Promise<Provider> {
  const connect: Connect<Name> = await dialects[name]();
  return connect({ ...settings, ...options });
}
