/** One thing that has to be known of a provider before it can be called. */
export interface ProviderSetting {
  /** Its name in the configuration file. */
  key: string;
  /** The environment variables that hold it; the first is the one to name. */
  env: readonly [string, ...string[]];
  /** Used when nothing is given; without it the setting is needed. */
  fallback?: string;
  isUrl?: boolean;
}

export interface ProviderFacts {
  /** What its maker calls it. */
  product: string;
  settings: readonly ProviderSetting[];
}

/** A provider is on when any setting without a fallback is given, and then needs all of them. */
export const providerFacts: Readonly<Record<string, ProviderFacts>> = {
  nhn: {
    product: 'NHN Cloud RDS for PostgreSQL',
    settings: [
      { key: 'appKey', env: ['NHN_APP_KEY'] },
      { key: 'accessKeyId', env: ['NHN_ACCESS_KEY_ID'] },
      { key: 'secretAccessKey', env: ['NHN_SECRET_ACCESS_KEY'] },
      {
        key: 'baseUrl',
        env: ['NHN_BASE_URL'],
        fallback: 'https://kr1-rds-postgres.api.nhncloudservice.com',
        isUrl: true,
      },
      {
        key: 'tokenUrl',
        env: ['NHN_TOKEN_URL'],
        fallback: 'https://oauth.api.nhncloudservice.com/oauth2/token/create',
        isUrl: true,
      },
    ],
  },
};
