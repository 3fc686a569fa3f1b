import { createHmac } from 'node:crypto';
import { isRecord, type Values } from '../values/values.js';
import { clockHint } from './clock.js';
import { notTheEnvelope, readObject, statusFacts } from './gateway.js';
import { naverJobs } from './naver-jobs.js';
import { type Provider, ProviderError, type ProviderErrorKind, type ProviderOptions } from './provider.js';
import { productOf, type SettingsOf } from './settings.js';
import type { HttpResponse } from './wire/http.js';

export interface NaverOptions extends ProviderOptions, SettingsOf<'naver'> {}

const product = productOf('naver');

/** NAVER's API dialect: API gateway signature v2, flat parameters, and answers inside the operation's name. */
export function naver(options: NaverOptions): Provider {
  const { accessKey, secretKey, now } = options;
  const { origin, pathname } = new URL(options.baseUrl || addressOf(options));
  return {
    name: 'naver',
    product,
    jobs: naverJobs,
    async sign({ method, path, query, body, repeatable }) {
      // Without this, the provider answers in XML.
      const parameters = flat({ ...query, ...body, responseFormatType: 'json' });
      const isRead = method === 'GET';
      const target = `${pathname.replace(/\/$/, '')}${path}${isRead ? `?${parameters}` : ''}`;
      const timestamp = String(now());
      return {
        method,
        url: origin + target,
        headers: {
          'x-ncp-apigw-timestamp': timestamp,
          'x-ncp-iam-access-key': accessKey,
          'x-ncp-apigw-signature-v2': signature(secretKey, `${method} ${target}\n${timestamp}\n${accessKey}`),
          accept: 'application/json',
          ...(!isRead && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        body: isRead ? undefined : parameters,
        repeatable,
      };
    },
    unwrap: (response) => unwrap(response, now()),
    invalidateToken: () => false,
    secrets: () => [accessKey, secretKey],
  };
}

/** The path that every operation begins with is signed too. */
const addressOf = ({ gateway }: NaverOptions): string => `${gateway.replace(/\/+$/, '')}/vpostgresql/v2`;

const signature = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');

/** Encodes values as a form: items of a list are numbered from 1, and fields of an item follow its number. */
const flat = (values: Values): string =>
  new URLSearchParams(Object.entries(values).flatMap(([name, value]) => pairs(name, value))).toString();

function pairs(name: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => pairs(`${name}.${index + 1}`, item));
  if (isRecord(value)) return Object.entries(value).flatMap(([field, item]) => pairs(`${name}.${field}`, item));
  const text = textOf(value);
  return text === undefined ? [] : [[name, text]];
}

/** Numbers may come as texts, and texts as numbers. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

const envelopeFields = new Set(['requestId', 'returnCode', 'returnMessage']);

/** Both error shapes are failures with any HTTP status. The count of rows stays, because lists come in pages. */
function unwrap(response: HttpResponse, now: number): Values {
  const answer = readObject(response.body);
  if (!answer) throw notTheEnvelope(response, product, now);
  const { error, responseError } = answer;
  if (isRecord(error)) throw gatewayError(error, response, now);
  if (isRecord(responseError)) throw serviceError(responseError, response, now);
  const [reply] = Object.entries(answer).flatMap(([name, value]) =>
    name.endsWith('Response') && isRecord(value) ? [value] : [],
  );
  if (!reply) throw notTheEnvelope(response, product, now);
  if ((textOf(reply['returnCode']) ?? '0') !== '0') throw serviceError(reply, response, now);
  if (response.status >= 300) throw notTheEnvelope(response, product, now);
  return Object.fromEntries(Object.entries(reply).filter(([name]) => !envelopeFields.has(name)));
}

/** The only known code of the service: there is no such instance, or it is gone. */
const noSuchInstance = '5001017';

function serviceError({ returnCode, returnMessage }: Values, response: HttpResponse, now: number): ProviderError {
  const byStatus = statusFacts(response, now);
  const code = textOf(returnCode) ?? String(response.status);
  const kind = code === noSuchInstance ? 'not_found' : (byStatus.kind ?? 'refused');
  return new ProviderError(kind, sentences(returnMessage), { ...byStatus, code });
}

interface Meaning {
  kind: ProviderErrorKind;
  mayHaveActed: boolean;
}

const turnedAway = (kind: ProviderErrorKind): Meaning => ({ kind, mayHaveActed: false });

/** The gateway's own codes. They look like HTTP statuses but are not. */
const gatewayCodes: Readonly<Record<string, Meaning>> = {
  100: turnedAway('refused'), // malformed
  200: turnedAway('unauthenticated'), // key, signature or clock
  210: turnedAway('forbidden'), // comes with HTTP 401 although it means forbidden
  300: turnedAway('no_such_path'),
  400: turnedAway('too_fast'), // quota
  410: turnedAway('too_fast'),
  420: turnedAway('too_fast'),
  430: turnedAway('refused'), // too large
  500: turnedAway('unavailable'), // the service was not reached
  510: { kind: 'unavailable', mayHaveActed: true }, // the service was reached and did not answer in time
  900: { kind: 'refused', mayHaveActed: true }, // not classified
};

function gatewayError({ errorCode, message, details }: Values, response: HttpResponse, now: number): ProviderError {
  const { status, headers } = response;
  const byStatus = notTheEnvelope(response, product, now);
  const code = textOf(errorCode) ?? String(status);
  const { kind, mayHaveActed } = gatewayCodes[code] ?? byStatus;
  const hint = kind === 'unauthenticated' ? clockHint(headers, now) : undefined;
  const { retryAfterSeconds } = byStatus;
  const text = sentences([message, hint].filter(Boolean).join('; '), details);
  return new ProviderError(kind, text, { code, status, mayHaveActed, retryAfterSeconds });
}

/** The most important parts come first, because long messages are cut when they are shown. */
const sentences = (...parts: unknown[]): string =>
  parts
    .filter((part) => typeof part === 'string' && part.trim() !== '')
    .map((part) => String(part).replace(/[.\s]*$/, '.'))
    .join(' ') || 'no message.';
