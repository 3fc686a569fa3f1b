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
  samsung: {
    product: 'Samsung Cloud Platform PostgreSQL (DBaaS)',
    settings: [
      { key: 'accessKey', env: ['SAMSUNG_ACCESS_KEY'] },
      { key: 'secretKey', env: ['SAMSUNG_SECRET_KEY'] },
      { key: 'region', env: ['SAMSUNG_REGION'], fallback: 'kr-west1' },
      { key: 'environment', env: ['SAMSUNG_ENVIRONMENT'], fallback: 'e' },
      // Without it, the address is made from region and environment.
      { key: 'baseUrl', env: ['SAMSUNG_BASE_URL'], fallback: '', isUrl: true },
      { key: 'apiVersion', env: ['SAMSUNG_API_VERSION'], fallback: 'postgresql 1.0' },
    ],
  },
  naver: {
    product: 'NAVER Cloud DB for PostgreSQL',
    settings: [
      { key: 'accessKey', env: ['NAVER_ACCESS_KEY', 'NCLOUD_ACCESS_KEY'] },
      { key: 'secretKey', env: ['NAVER_SECRET_KEY', 'NCLOUD_SECRET_KEY'] },
      {
        key: 'baseUrl',
        env: ['NAVER_BASE_URL'],
        fallback: 'https://ncloud.apigw.ntruss.com/vpostgresql/v2',
        isUrl: true,
      },
    ],
  },
  cegedim: {
    product: 'cegedim.cloud PostgreSQL',
    settings: [
      { key: 'clientId', env: ['CEGEDIM_CLIENT_ID'] },
      { key: 'clientSecret', env: ['CEGEDIM_CLIENT_SECRET'] },
      { key: 'baseUrl', env: ['CEGEDIM_BASE_URL'], fallback: 'https://api.cegedim.cloud', isUrl: true },
      {
        key: 'tokenUrl',
        env: ['CEGEDIM_TOKEN_URL'],
        fallback: 'https://accounts.cegedim.cloud/auth/realms/cloud/protocol/openid-connect/token',
        isUrl: true,
      },
    ],
  },
};
