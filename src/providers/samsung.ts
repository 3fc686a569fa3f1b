import { createHmac } from 'node:crypto';
import { isRecord, type Values } from '../values/values.js';
import { clockHint } from './clock.js';
import { notTheEnvelope, plainText, readObject } from './gateway.js';
import { type Provider, ProviderError, type ProviderErrorKind, type ProviderOptions } from './provider.js';
import { jobs } from './samsung-jobs.js';
import { productOf, type SettingsOf } from './settings.js';
import type { HttpResponse } from './wire/http.js';

export interface SamsungOptions extends ProviderOptions, SettingsOf<'samsung'> {}

const product = productOf('samsung');
const clientType = 'Openapi';

/** Samsung's API dialect, as in its API reference and its public SDK. */
export function samsung(options: SamsungOptions): Provider {
  const { accessKey, secretKey, apiVersion, now } = options;
  const base = (options.baseUrl || addressOf(options)).replace(/\/$/, '');
  return {
    name: 'samsung',
    product,
    jobs,
    async sign({ method, path, query, body, contentType, repeatable }) {
      // The URL is sent in its canonical form, and the signature has to cover exactly the same characters.
      const { href: url } = new URL(`${base}${path}${queryText(query)}`);
      const timestamp = String(now());
      // Half of the changes are documented without any body.
      const text = body && Object.keys(body).length > 0 ? JSON.stringify(body) : undefined;
      return {
        method,
        url,
        headers: {
          'scp-accesskey': accessKey,
          'scp-signature': signature({ method, url, timestamp, accessKey }, secretKey),
          'scp-timestamp': timestamp,
          'scp-clienttype': clientType,
          'scp-api-version': apiVersion,
          'accept-language': 'en-US',
          accept: 'application/json',
          ...(text !== undefined && { 'content-type': contentType }),
        },
        body: text,
        repeatable,
      };
    },
    unwrap: (response) => unwrap(response, now()),
    invalidateToken: () => false,
    secrets: () => [accessKey, secretKey],
  };
}

const addressOf = ({ region, environment }: SamsungOptions): string =>
  `https://postgresql.${region}.${environment}.samsungsdscloud.com`;

/**
 * Values are escaped once. A space becomes `%20`, because not every reader of a signed query accepts a plus sign for
 * it.
 */
function queryText(query: Values): string {
  const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString().replaceAll('+', '%20')}`;
}

export interface Signed {
  method: string;
  /** The whole URL, as it is sent. */
  url: string;
  /** Epoch milliseconds. */
  timestamp: string;
  accessKey: string;
}

/** The parts are joined without any separator. The body is not signed. */
export const signature = ({ method, url, timestamp, accessKey }: Signed, secretKey: string): string =>
  createHmac('sha256', secretKey).update(`${method}${url}${timestamp}${accessKey}${clientType}`).digest('base64');

/** There is no envelope: a success is its fields, and only the status tells it from an error. */
function unwrap(response: HttpResponse, now: number): Values {
  const answer = readObject(response.body);
  const listed = answer && 'errors' in answer;
  if (answer && !listed && response.status >= 200 && response.status < 300) return answer;
  const isGateway = answer && typeof answer['error'] === 'string' && 'requestId' in answer;
  const error = listed
    ? ofProduct(answer['errors'], response)
    : isGateway
      ? ofGateway(answer, response)
      : notTheEnvelope(response, product);
  throw withClock(error, response, now);
}

const refusals: Readonly<Record<number, ProviderErrorKind>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  429: 'too_fast',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** The errors of the product itself: a list, whose detail is a text or a list of texts. */
function ofProduct(errors: unknown, response: HttpResponse): ProviderError {
  const all = [errors].flat().filter(isRecord);
  const details = all.flatMap(({ detail, title }) => [detail ?? title].flat()).flatMap((text) => plainText(text) ?? []);
  const code = all.flatMap((each) => plainText(each['code']) ?? plainText(each['title']) ?? [])[0];
  const request = all.flatMap((each) => plainText(each['request_id']) ?? [])[0];
  const message = details.join('; ') || 'no detail';
  return refusal(response, {
    // An unknown request id is a 400, so the message counts too.
    isMissing: /not.?found|does ?n.t exist|not exist/i.test(`${code} ${message}`),
    code,
    message: request ? `${message} (request ${request})` : message,
  });
}

/** The error of the gateway before the product. A signature that is not accepted gets the same 404 as a wrong path. */
function ofGateway(answer: Values, response: HttpResponse): ProviderError {
  const request = plainText(answer['requestId']) ?? 'none';
  const said = `${plainText(answer['error'])} (gateway request ${request})`;
  const { status } = response;
  if (status !== 404) return refusal(response, { message: said });
  return new ProviderError('no_such_path', `${said}; keys or a clock that are wrong get this answer too`, {
    status,
    mayHaveActed: false,
  });
}

function refusal(
  { status, headers }: HttpResponse,
  said: { message: string; code?: string; isMissing?: boolean },
): ProviderError {
  const seconds = Number(headers['retry-after']);
  const known = refusals[status] ?? (status === 400 && said.isMissing ? 'not_found' : 'refused');
  return new ProviderError(known, said.message, {
    code: said.code,
    status,
    // A 503 refuses a request. After any other failure of a server, or an error in a success, the outcome is unknown.
    mayHaveActed: status < 400 || (status >= 500 && status !== 503),
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : undefined,
  });
}

/** A signature is refused when the clocks differ too much, and nothing in the answer says so. */
function withClock(error: ProviderError, { headers }: HttpResponse, now: number): ProviderError {
  const isSuspect = error.kind === 'unauthenticated' || error.kind === 'no_such_path';
  const hint = isSuspect ? clockHint(headers, now) : undefined;
  return hint ? new ProviderError(error.kind, `${error.message.replace(/\.$/, '')}; ${hint}`, error) : error;
}
