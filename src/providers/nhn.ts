import { isRecord, type Values } from '../values/values.js';
import { clientCredentials } from './client-credentials.js';
import { notTheEnvelope, plainText, readObject, statusFacts } from './gateway.js';
import { nhnJobs } from './nhn-jobs.js';
import { type Provider, ProviderError, type ProviderErrorKind, type ProviderOptions } from './provider.js';
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
    jobs: nhnJobs,
    signIn: () => token.get(),
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
    unwrap: (response) => unwrap(response, now()),
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
function unwrap(response: HttpResponse, now: number): Values {
  const answer = readObject(response.body);
  if (!answer || (!isRecord(answer['header']) && response.status !== 200)) throw notTheEnvelope(response, product, now);
  const { header, ...fields } = answer;
  // The documented example of the metric statistics has no header. With HTTP 200 and fields, that is a success.
  if (!isRecord(header)) {
    if (Object.keys(fields).length === 0) throw notTheEnvelope(response, product, now);
    return fields;
  }
  if (!isSuccess(header)) throw refusal(header, response, now);
  if (response.status >= 300) throw notTheEnvelope(response, product, now);
  return fields;
}

/** Codes and flags are also taken as text. */
function isSuccess({ resultCode, isSuccessful, successful }: Values): boolean {
  const flag = isSuccessful ?? successful;
  if (flag === false || flag === 'false') return false;
  return plainText(resultCode) === '0' || (resultCode === undefined && (flag === true || flag === 'true'));
}

/** The only documented codes are 80401 and 80403. 7008 was seen while another job or change was under way. */
const codes = new Map<string, ProviderErrorKind>([
  ['80401', 'unauthenticated'],
  ['80403', 'forbidden'],
  ['7008', 'busy'],
]);

function refusal({ resultCode, resultMessage }: Values, response: HttpResponse, now: number): ProviderError {
  const code = plainText(resultCode) ?? 'none';
  const message = typeof resultMessage === 'string' ? resultMessage : '';
  const byStatus = statusFacts(response, now);
  const kind = codes.get(code) ?? byStatus.kind ?? (saysMissing.test(message) ? 'not_found' : 'refused');
  return new ProviderError(kind, message || 'no message', {
    ...byStatus,
    code,
    mayHaveActed: byStatus.mayHaveActed && !codes.has(code),
  });
}

/** No code for it is documented, so only the message can tell. */
const saysMissing = /not.?found|does ?n.t exist|not exist|no such|존재하지|찾을 수 없/i;
