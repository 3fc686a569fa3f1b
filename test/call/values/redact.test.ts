import { expect, test } from 'vitest';
import { redact, redactor } from '../../../src/values/redact.js';

const secret = 'p@ss "word"/1';

test.each([
  ['alone', secret, '***'],
  ['within a text', `it was ${secret}, twice: ${secret}`, 'it was ***, twice: ***'],
  ['in a URL', `?p=${encodeURIComponent(secret)}`, '?p=***'],
  ['in JSON', JSON.stringify({ p: secret }), '{"p":"***"}'],
  ['nowhere', 'p@ss word', 'p@ss word'],
])('a secret %s', (_, given, left) => {
  expect(redact([secret]).text(given)).toBe(left);
});

test('keys and texts of any value are cleaned, everything else stays', () => {
  const { value } = redact(['token-1', undefined, '']);
  const given = { a: ['x token-1', 1, null, { 'token-1': 'token-1' }], b: true, c: undefined };
  expect(value(given)).toEqual({ a: ['x ***', 1, null, { '***': '***' }], b: true, c: undefined });
  expect(given.a[0]).toBe('x token-1');
});

test('a secret within a longer one leaves no rest of it', () => {
  expect(redact(['abcd', 'abcdefgh']).text('abcdefgh abcd')).toBe('*** ***');
});

test('a very short secret is taken out only where it stands alone', () => {
  const { text } = redact(['ab']);
  expect(text('ab')).toBe('***');
  expect(text('cab')).toBe('cab');
});

test('without secrets nothing changes', () => {
  expect(redact([undefined, '']).value({ a: 'b', '': '' })).toEqual({ a: 'b', '': '' });
});

test('a token that was renewed is removed as the one before, and what a call brings counts for that call alone', () => {
  let token = 'first-token';
  const clean = redactor(() => ['the-key', token]);
  expect(clean().text('the-key first-token next-token brought')).toBe('*** *** next-token brought');
  token = 'next-token';
  expect(clean(['brought']).text('the-key next-token brought')).toBe('*** *** ***');
  expect(clean().text('the-key next-token brought')).toBe('*** *** brought');
});
