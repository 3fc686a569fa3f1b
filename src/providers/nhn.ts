import { isRecord, type Values } from '../values/values.js';
import { clientCredentials } from './client-credentials.js';
import { notTheEnvelope, plainText, readObject } from './gateway.js';
import { type Jobs, type Provider, ProviderError, type ProviderErrorKind, type ProviderOptions } from './provider.js';
import { productOf, type SettingsOf } from './settings.js';
import type { HttpResponse } from './wire/http.js';

export interface NhnOptions extends ProviderOptions, SettingsOf<'nhn'> {}

const product = productOf('nhn');

/** NHN's API dialect, as in its API guide v1.0 and the guide to User Access Key tokens. */
export function nhn(options: NhnOptions): Provider {
  const { tokenUrl, appKey, accessKeyId, secretAccessKey, send, now, onRenewed } = options;
  const base = (options.baseUrl || addressOf(options)).replace(/\/$/, '');
  const token = clientCredentials(
    { product, tokenUrl, clientId: accessKeyId, clientSecret: secretAccessKey },
    send,
    now,
    onRenewed,
  );
  return {
    name: 'nhn',
    product,
    jobs,
    async sign({ method, path, query, body, contentType, repeatable }) {
      return {
        method,
        url: `${base}${path}${queryText(query)}`,
        headers: {
          'x-tc-app-key': appKey,
          'x-nhn-authorization': `Bearer ${await token.get()}`,
          accept: 'application/json',
          ...(body && { 'content-type': contentType }),
        },
        body: body && JSON.stringify(body),
        repeatable,
      };
    },
    unwrap,
    invalidateToken({ headers }) {
      token.drop((headers['x-nhn-authorization'] ?? '').replace('Bearer ', ''));
      return true;
    },
    secrets: () => [appKey, secretAccessKey, ...token.secrets()],
  };
}

const addressOf = ({ region }: NhnOptions): string => `https://${region}-rds-postgres.api.nhncloudservice.com`;

/** A list repeats its key. The plus sign of an offset has to be escaped, and URLSearchParams does that. */
function queryText(query: Values): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((item): [string, string] => [name, String(item)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/**
 * Failures also come with HTTP 200. The header tells them apart by `isSuccessful`, which the guide's table calls
 * `successful`.
 */
function unwrap(response: HttpResponse): Values {
  const answer = readObject(response.body);
  if (!answer || (!isRecord(answer['header']) && response.status !== 200)) throw notTheEnvelope(response, product);
  const { header, ...fields } = answer;
  // The documented example of the metric statistics has no header. With HTTP 200 and fields, that is a success.
  if (!isRecord(header)) {
    if (Object.keys(fields).length === 0) throw notTheEnvelope(response, product);
    return fields;
  }
  const { resultCode, resultMessage, isSuccessful, successful } = header;
  const flag = isSuccessful ?? successful;
  if (flag !== false && (resultCode === 0 || (resultCode === undefined && flag === true))) return fields;
  const message = typeof resultMessage === 'string' ? resultMessage : '';
  throw new ProviderError(refusalOf(resultCode, message), message || 'no message', {
    code: plainText(resultCode) ?? 'none',
    status: response.status,
    mayHaveActed: false,
  });
}

function refusalOf(code: unknown, message: string): ProviderErrorKind {
  if (code === 80401) return 'unauthenticated';
  if (code === 80403) return 'forbidden';
  // No other code is documented, so only the message can tell.
  return /not.?found|does ?n.t exist|not exist|존재하지/i.test(message) ? 'not_found' : 'refused';
}

const states: Readonly<Record<string, 'running' | 'succeeded' | 'failed'>> = {
  PREPARING: 'running',
  READY: 'running',
  RUNNING: 'running',
  REGISTERED: 'running',
  WAIT_TO_REGISTER: 'running',
  COMPLETED: 'succeeded',
  INTERRUPTED: 'failed',
  CANCELED: 'failed',
  FAILED: 'failed',
  ERROR: 'failed',
  DELETED: 'failed',
  FAIL_TO_READY: 'failed',
};

const jobs: Jobs = {
  idOf: ({ answer }) => (typeof answer['jobId'] === 'string' ? answer['jobId'] : undefined),
  reads: (id) => [{ tool: 'nhn_get_job', input: { jobId: id } }],
  stateOf: ([answer]) => {
    if (answer instanceof ProviderError) throw answer;
    const word = plainText(answer?.['jobStatus']) ?? 'none given';
    const state = states[word] ?? 'unknown';
    // A job does not say why it failed.
    return state === 'failed' ? { state, word, hint: 'nhn_list_events tells why.' } : { state, word };
  },
};
