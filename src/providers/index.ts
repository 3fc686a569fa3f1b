import type { Provider, ProviderOptions } from './provider.js';

type Connect = (settings: Readonly<Record<string, string>>, options: ProviderOptions) => Promise<Provider>;

/** Every provider's manners, loaded when it is called first. */
const providers: Readonly<Record<string, Connect>> = {
  nhn: async (settings, options) => {
    const { nhn } = await import('./nhn.js');
    return nhn({
      ...required(settings, 'baseUrl', 'tokenUrl', 'appKey', 'accessKeyId', 'secretAccessKey'),
      ...options,
    });
  },
  samsung: async (settings, options) => {
    const { samsung } = await import('./samsung.js');
    const keys = required(settings, 'accessKey', 'secretKey', 'baseUrl', 'region', 'environment', 'apiVersion');
    return samsung({ ...keys, ...options });
  },
  naver: async (settings, options) => {
    const { naver } = await import('./naver.js');
    return naver({ ...required(settings, 'baseUrl', 'accessKey', 'secretKey'), ...options });
  },
  cegedim: async (settings, options) => {
    const { cegedim } = await import('./cegedim.js');
    return cegedim({ ...required(settings, 'baseUrl', 'tokenUrl', 'clientId', 'clientSecret'), ...options });
  },
};

export async function connectProvider(name: string, ...made: Parameters<Connect>): Promise<Provider> {
  const connect = providers[name];
  if (!connect) throw new Error(`There is no provider ${name}.`);
  return connect(...made);
}

function required<Key extends string>(settings: Readonly<Record<string, string>>, ...keys: Key[]): Record<Key, string> {
  return Object.fromEntries(keys.map((key) => [key, settings[key] ?? ''])) as Record<Key, string>;
}
