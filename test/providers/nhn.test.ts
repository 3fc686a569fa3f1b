import { expect, test } from 'vitest';
import { nhn } from '../../src/providers/nhn.js';
import { ProviderError } from '../../src/providers/provider.js';
import type { HttpResponse } from '../../src/providers/wire/http.js';

const now = Date.parse('2026-03-01T12:00:00Z');

const provider = nhn({
  region: 'kr1',
  baseUrl: '',
  tokenUrl: 'https://tokens.example.test/token',
  appKey: 'app-key',
  accessKeyId: 'key-id',
  secretAccessKey: 'secret-key',
  now: () => now,
  send: () => Promise.reject(new Error('Unwrapping asks nobody.')),
});

const answer = (status: number, header: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body: JSON.stringify({ header, dbInstances: [] }),
});

/** The error that an answer becomes. */
function refusalOf(response: HttpResponse): ProviderError {
  try {
    provider.unwrap(response);
  } catch (error) {
    if (error instanceof ProviderError) return error;
  }
  throw new Error('The answer was not refused.');
}

const failure = (resultCode: unknown, resultMessage = 'as it says') => ({
  resultCode,
  resultMessage,
  isSuccessful: false,
});

test.each([
  ['a number', { resultCode: 0, isSuccessful: true }],
  ['a text', { resultCode: '0', isSuccessful: true }],
  ['a text beside a flag as text', { resultCode: '0', isSuccessful: 'true' }],
  ["a number beside the table's name of the flag", { resultCode: 0, successful: true }],
  ['no code', { isSuccessful: true }],
])('success is %s', (_, header) => {
  expect(provider.unwrap(answer(200, header))).toEqual({ dbInstances: [] });
});

test.each([
  [200, failure(80_401), 'unauthenticated', false],
  [200, failure('80403'), 'forbidden', false],
  [200, failure(7008), 'busy', false],
  [500, failure(7008), 'busy', false],
  [200, failure(90_400), 'refused', false],
  [200, failure(90_400, 'It does not exist.'), 'not_found', false],
  [200, failure(90_400, 'No such job'), 'not_found', false],
  [200, failure(90_400, '작업을 찾을 수 없습니다.'), 'not_found', false],
  [400, failure(90_400), 'refused', false],
  [404, failure(90_400), 'not_found', false],
  [429, failure(90_400), 'too_fast', false],
  [500, failure(90_500), 'refused', true],
  [502, failure(90_500), 'unavailable', true],
  [503, failure(90_500), 'unavailable', true],
  [200, { resultCode: 0, isSuccessful: false }, 'refused', false],
  [200, { resultCode: 0, isSuccessful: 'false' }, 'refused', false],
  [500, { resultCode: 0, isSuccessful: true }, 'unreadable', true],
])('HTTP %i with %j is %s, %s', (status, header, kind, mayHaveActed) => {
  expect(refusalOf(answer(status, header))).toMatchObject({ kind, mayHaveActed, status });
});

test.each([
  ['9', 9],
  [new Date(now + 40_000).toUTCString(), 40],
  [new Date(now - 40_000).toUTCString(), 0],
  ['soon', undefined],
  ['', undefined],
])('a wait of %j is understood as %s seconds', (header, seconds) => {
  expect(refusalOf(answer(429, failure(90_429), { 'retry-after': header })).retryAfterSeconds).toBe(seconds);
});
