import { createHmac } from 'node:crypto';
import { isRecord, type Values } from '../values/values.js';
import { clockHint } from './clock.js';
import { notTheEnvelope, plainText, readList, readObject, statusFacts } from './gateway.js';
import { type Provider, ProviderError, type ProviderOptions } from './provider.js';
import { samsungJobs } from './samsung-jobs.js';
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
    jobs: samsungJobs,
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
  const listed = answer && (answer['errors'] ?? undefined) !== undefined;
  if (answer && !listed && response.status >= 200 && response.status < 300) return answer;
  throw withClock(errorOf(answer, response, now), response, now);
}

function errorOf(answer: Values | undefined, response: HttpResponse, now: number): ProviderError {
  if (answer && (answer['errors'] ?? undefined) !== undefined) return ofProduct(answer['errors'], response, now);
  if (answer && typeof answer['error'] === 'string' && 'requestId' in answer) return ofGateway(answer, response, now);
  const faults = response.status >= 400 ? readList(response.body)?.flatMap(faultText) : undefined;
  return faults?.length
    ? refusal(response, now, { message: faults.join('; ') })
    : notTheEnvelope(response, product, now);
}

/** A fault of one value: a text, or `{msg, loc}`, where `loc` is the path of the value. */
function faultText(fault: unknown): string[] {
  if (!isRecord(fault)) return [plainText(fault) ?? []].flat();
  const message = plainText(fault['msg']);
  if (message === undefined) return [];
  const path = [fault['loc']].flat().flatMap((part) => plainText(part) ?? []);
  return [path.length > 0 ? `${path.join('.')}: ${message}` : message];
}

/** The errors of the product itself: a list, whose detail is a text or a list of faults. */
function ofProduct(errors: unknown, response: HttpResponse, now: number): ProviderError {
  const all = [errors].flat().filter(isRecord);
  const details = all.flatMap(({ detail, title }) => [detail ?? title].flat()).flatMap(faultText);
  const code = all.flatMap((each) => plainText(each['code']) ?? plainText(each['title']) ?? [])[0];
  const request = all.flatMap((each) => plainText(each['request_id']) ?? [])[0];
  const message = details.join('; ') || 'no detail';
  return refusal(response, now, { code, message: request ? `${message} (request ${request})` : message });
}

/** The error of the gateway before the product. A signature that is not accepted gets the same 404 as a wrong path. */
function ofGateway(answer: Values, response: HttpResponse, now: number): ProviderError {
  const request = plainText(answer['requestId']) ?? 'none';
  const message = `${plainText(answer['error'])} (gateway request ${request})`;
  const { status } = response;
  if (status !== 404) return refusal(response, now, { message });
  return new ProviderError('no_such_path', `${message}; keys or a clock that are wrong get this answer too`, {
    status,
    mayHaveActed: false,
  });
}

/** The code of a cluster that takes no change because another one is under way. */
const busyCode = /^Cluster_?Busy$/i;

/** An unknown request id is a 400, so the message counts too. */
const saysMissing = /not.?found|does ?n.t exist|not exist/i;

function refusal(
  response: HttpResponse,
  now: number,
  { message, code = '' }: { message: string; code?: string },
): ProviderError {
  const byStatus = statusFacts(response, now);
  const { status, kind = 'refused' } = byStatus;
  const isBusy = busyCode.test(code);
  const isMissing = status === 400 && saysMissing.test(`${code} ${message}`);
  return new ProviderError(isBusy ? 'busy' : isMissing ? 'not_found' : kind, message, {
    ...byStatus,
    code: code || undefined,
    // After an error in a success, the outcome is unknown. A busy cluster has done nothing.
    mayHaveActed: !isBusy && (status < 400 || byStatus.mayHaveActed),
  });
}

/** A signature is refused when the clocks differ too much, and nothing in the answer says so. */
function withClock(error: ProviderError, { headers }: HttpResponse, now: number): ProviderError {
  const isSuspect = error.kind === 'unauthenticated' || error.kind === 'no_such_path';
  const hint = isSuspect ? clockHint(headers, now) : undefined;
  return hint ? new ProviderError(error.kind, `${error.message.replace(/\.$/, '')}; ${hint}`, error) : error;
}
