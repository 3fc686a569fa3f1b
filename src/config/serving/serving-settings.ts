import * as z from 'zod';
import { clientScopes, scopeNamed } from '../../define/principal.js';
import { headerFault } from '../../values/header-text.js';

export const yesOrNo = z.enum(['1', 'true', '0', 'false']).transform((text) => text === '1' || text === 'true');
export const words = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean),
);

const wholeNumber = (least: number) => ({
  form: z.coerce.number().int().min(least),
  meaning: `a whole number, ${least} or more`,
});
const url = { form: z.url({ protocol: /^https?$/ }), meaning: 'an http or https URL' };
const text = (meaning: string) => ({ form: z.string(), meaning });

/** Settings for serving many callers: over HTTP, with sign-in, policy and several replicas. */
export const servingSettings = {
  host: { env: 'PGFLEET_HOST', ...text('an address to listen on') },
  port: { env: 'PGFLEET_PORT', form: z.coerce.number().int().min(0).max(65_535), meaning: 'a number from 0 to 65535' },
  publicUrl: { env: 'PGFLEET_PUBLIC_URL', ...url },
  allowedHosts: { env: 'PGFLEET_ALLOWED_HOSTS', form: words, meaning: 'names of hosts' },
  allowedOrigins: { env: 'PGFLEET_ALLOWED_ORIGINS', form: words, meaning: 'names of hosts whose pages may call' },
  issuer: { env: 'PGFLEET_ISSUER', ...url },
  audience: { env: 'PGFLEET_AUDIENCE', form: words, meaning: 'the audiences of access tokens' },
  challengeScopes: {
    env: 'PGFLEET_CHALLENGE_SCOPES',
    // Without the scope to read nobody gets in, so it is always among them.
    form: words
      .transform((names) => [...new Set(['pgfleet:read', ...names.map(scopeNamed)])])
      .pipe(z.array(z.enum(clientScopes))),
    meaning: `scopes such as read,write, out of ${clientScopes.join(', ')}`,
  },
  groupsClaim: { env: 'PGFLEET_GROUPS_CLAIM', ...text('the claim that holds the groups of a person') },
  personClaim: { env: 'PGFLEET_PERSON_CLAIM', ...text('the claim that is the same for all identities of a person') },
  clientId: { env: 'PGFLEET_CLIENT_ID', ...text('the client id of the approval page at the issuer') },
  clientSecret: { env: 'PGFLEET_CLIENT_SECRET', ...text('the client secret of the approval page') },
  tokensFile: { env: 'PGFLEET_TOKENS_FILE', ...text('a file of hashed tokens') },
  policy: { env: 'PGFLEET_POLICY', ...text('a file of rules') },
  hooks: { env: 'PGFLEET_HOOKS', ...text('a file of targets that events are sent to') },
  watch: { env: 'PGFLEET_WATCH', form: yesOrNo, meaning: '1 or 0' },
  findingSeconds: { env: 'PGFLEET_FINDING_SECONDS', ...wholeNumber(5) },
  store: {
    env: 'PGFLEET_STORE',
    form: z.url({ protocol: /^(redis|valkey)s?$/ }),
    meaning: 'the address of Redis or Valkey, as in redis://host:6379',
  },
  replicas: { env: 'PGFLEET_REPLICAS', ...wholeNumber(1) },
  key: {
    env: 'PGFLEET_KEY',
    form: z.string().refine((given) => Buffer.from(given, 'base64').length === 32),
    meaning: '32 bytes in base64, as from: openssl rand -base64 32',
  },
  callsPerSecond: { env: 'PGFLEET_CALLS_PER_SECOND', ...wholeNumber(1) },
  callsAtOnce: { env: 'PGFLEET_CALLS_AT_ONCE', ...wholeNumber(1) },
  providerCallsAtOnce: { env: 'PGFLEET_PROVIDER_CALLS_AT_ONCE', ...wholeNumber(1) },
  streamsAtOnce: { env: 'PGFLEET_STREAMS_AT_ONCE', ...wholeNumber(1) },
  requestBytes: { env: 'PGFLEET_REQUEST_BYTES', ...wholeNumber(1_024) },
  headerSeconds: { env: 'PGFLEET_HEADER_SECONDS', ...wholeNumber(1) },
  requestSeconds: { env: 'PGFLEET_REQUEST_SECONDS', ...wholeNumber(1) },
  proxyHops: { env: 'PGFLEET_PROXY_HOPS', ...wholeNumber(0) },
  drainSeconds: { env: 'PGFLEET_DRAIN_SECONDS', ...wholeNumber(0) },
  sse: { env: 'PGFLEET_SSE', form: yesOrNo, meaning: '1 or 0' },
  server: { env: 'PGFLEET_SERVER', ...url },
  token: {
    env: 'PGFLEET_TOKEN',
    form: z.string().refine((given) => headerFault(given) === undefined),
    meaning: 'an access token for pgfleet approvals, in one line',
  },
  logFormat: { env: 'PGFLEET_LOG_FORMAT', form: z.enum(['text', 'json']), meaning: 'text or json' },
} as const;
