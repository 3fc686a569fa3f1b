/** One setting that a provider needs before it can be called. */
export interface ProviderSetting {
  /** The environment variables that hold it. The first one is named in messages. */
  env: readonly [string, ...string[]];
  /** The default. A setting without one is required and is a secret. */
  fallback?: string;
  isUrl?: boolean;
  /** A value that the provider has marked as ended, since when, and the one to use in its place. */
  ended?: { value: string; since: string; next: string };
  /** The form of a value, and the same in words. */
  form?: RegExp;
  meaning?: string;
}

export interface ProviderFacts {
  /** The vendor's name of the product. */
  product: string;
  /** What people call the provider in another language. */
  alsoCalled?: readonly string[];
  /** The settings by their names in the configuration file. */
  settings: Readonly<Record<string, ProviderSetting>>;
}

/** A provider is on when any setting without a default is given. It then needs all of them. */
const facts = {
  nhn: {
    product: 'NHN Cloud RDS for PostgreSQL',
    settings: {
      appKey: { env: ['NHN_APP_KEY'] },
      accessKeyId: { env: ['NHN_ACCESS_KEY_ID'] },
      secretAccessKey: { env: ['NHN_SECRET_ACCESS_KEY'] },
      region: { env: ['NHN_REGION'], fallback: 'kr1', form: /^[a-z]{2}\d$/, meaning: 'a region such as kr1 or kr2' },
      // Without it, the address is built from the region.
      baseUrl: { env: ['NHN_BASE_URL'], fallback: '', isUrl: true },
      tokenUrl: {
        env: ['NHN_TOKEN_URL'],
        fallback: 'https://oauth.api.nhncloudservice.com/oauth2/token/create',
        isUrl: true,
      },
    },
  },
  samsung: {
    product: 'Samsung Cloud Platform PostgreSQL (DBaaS)',
    alsoCalled: ['삼성'],
    settings: {
      accessKey: { env: ['SAMSUNG_ACCESS_KEY'] },
      secretKey: { env: ['SAMSUNG_SECRET_KEY'] },
      region: { env: ['SAMSUNG_REGION'], fallback: 'kr-west1' },
      environment: { env: ['SAMSUNG_ENVIRONMENT'], fallback: 'e' },
      // Without it, the address is built from region and environment.
      baseUrl: { env: ['SAMSUNG_BASE_URL'], fallback: '', isUrl: true },
      // Without it, the newest version would answer, and its answers might change.
      apiVersion: {
        env: ['SAMSUNG_API_VERSION'],
        fallback: 'postgresql 1.0',
        ended: { value: 'postgresql 1.0', since: '2026-05-31', next: 'postgresql 1.1' },
      },
    },
  },
  naver: {
    product: 'NAVER Cloud DB for PostgreSQL',
    alsoCalled: ['네이버'],
    settings: {
      accessKey: { env: ['NAVER_ACCESS_KEY', 'NCLOUD_ACCESS_KEY'] },
      secretKey: { env: ['NAVER_SECRET_KEY', 'NCLOUD_SECRET_KEY'] },
      // The gateway of all products, by the name that it has in the provider's own tools.
      gateway: { env: ['NCLOUD_API_GW'], fallback: 'https://ncloud.apigw.ntruss.com', isUrl: true },
      // It includes the path that every operation begins with. Without it, the address is built from the gateway.
      baseUrl: { env: ['NAVER_BASE_URL'], fallback: '', isUrl: true },
    },
  },
  cegedim: {
    product: 'cegedim.cloud PostgreSQL',
    settings: {
      clientId: { env: ['CEGEDIM_CLIENT_ID'] },
      clientSecret: { env: ['CEGEDIM_CLIENT_SECRET'] },
      baseUrl: { env: ['CEGEDIM_BASE_URL'], fallback: 'https://api.cegedim.cloud', isUrl: true },
      tokenUrl: {
        env: ['CEGEDIM_TOKEN_URL'],
        fallback: 'https://accounts.cegedim.cloud/auth/realms/cloud/protocol/openid-connect/token',
        isUrl: true,
      },
    },
  },
} as const satisfies Readonly<Record<string, ProviderFacts>>;

export type ProviderName = keyof typeof facts;

/** The value of every setting of a provider, by key. */
export type SettingsOf<Name extends ProviderName> = Readonly<
  Record<keyof (typeof facts)[Name]['settings'] & string, string>
>;

/** The settings of any provider. */
export type ProviderSettings = SettingsOf<ProviderName>;

/** The facts by any name. Undefined for a name that is not a provider's. */
export const providerFacts: Readonly<Record<string, ProviderFacts | undefined>> = facts;

export const providerNames = Object.keys(facts) as readonly ProviderName[];

/** The word that a provider or an account is known by, however its name is written. */
export function knownAs(name: string): string {
  const word = name.normalize('NFC').trim().toLowerCase();
  return providerNames.find((each) => providerFacts[each]?.alsoCalled?.includes(word)) ?? word;
}

export const isProviderName = (name: string): name is ProviderName => Object.hasOwn(facts, name);

export const settingsOf = (name: ProviderName): Readonly<Record<string, ProviderSetting>> => facts[name].settings;

/** The values that must never be shown. A setting with a default is not a secret. */
export const secretsOf = (name: ProviderName, values: ProviderSettings): string[] => {
  const given = new Map(Object.entries(values));
  return Object.entries(settingsOf(name)).flatMap(([key, { fallback }]) =>
    fallback === undefined ? (given.get(key) ?? []) : [],
  );
};

export const productOf = (name: ProviderName): string => facts[name].product;

/** The same settings as environment variables, for a program that reads those. */
export function environmentOf<Name extends ProviderName>(
  name: Name,
  values: Partial<SettingsOf<Name>>,
): Record<string, string> {
  const given = new Map(Object.entries<string | undefined>(values));
  const pairs = Object.entries(settingsOf(name)).map(([key, { env }]) => [env[0], given.get(key)]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}
