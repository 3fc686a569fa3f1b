import { expect, test } from 'vitest';
import { patternFault, patternOf } from '../../../src/call/policy/pattern.js';

/** Names as providers and people make them. */
const paths = ['', '.', '..', '.hidden', '../../etc', '/', '/a/b', 'a/', 'a//b', './a', 'prod.eu.1'];
const syntax = ['db[1]', '[a]', '{a,b}', '(old) prod', '!prod', '*', '?', 'a*b', '+(a)', 'a|b', 'a,b', '^a$', '\\'];
const others = [
  '"quoted"',
  "it's",
  'CORP\\reporter',
  'a\nb',
  '\0',
  '운영-디비',
  'naïve',
  '🐘',
  '   ',
  '__proto__',
  '-',
  '%2F',
];
const strange = [...paths, ...syntax, ...others];

test.each(strange)('* fits %j', (name) => {
  expect(patternOf('*').fits(name)).toBe(true);
  expect(patternOf('prod-*').fits(`prod-${name}`)).toBe(true);
  expect(patternOf('*-prod').fits(`${name}-prod`)).toBe(true);
  expect(patternOf('prod-*').fits(`test-${name}`)).toBe(false);
});

/** With a backslash before every sign, a name fits itself and nothing else. */
test.each(strange.filter(Boolean))('%j can be written down', (name) => {
  const written = name.replace(/[^\p{L}\p{N}]/gu, '\\$&');
  expect(patternFault(written)).toBeUndefined();
  expect(strange.filter((other) => patternOf(written).fits(other))).toEqual([name]);
});

test.each([
  ['prod', 'prod', true],
  ['prod', 'prod-1', false],
  ['prod', 'a-prod', false],
  ['prod-?', 'prod-1', true],
  ['prod-?', 'prod-12', false],
  ['prod?1', 'prod/1', true],
  ['prod.1', 'prod-1', false],
  ['a*c*e', 'abcde', true],
  ['a*c*e', 'abcd', false],
  ['a**e', 'a/b/e', true],
  ['***', 'a/b', true],
  ['**/b', 'b', false],
  ['prod-{eu,kr}-*', 'prod-kr-1', true],
  ['prod-{eu,kr}-*', 'prod-us-1', false],
  ['{*-eu,kr}', 'x/y-eu', true],
  ['{prod,}1', '1', true],
  ['a,b', 'a,b', true],
  ['a{b,c},d', 'ac,d', true],
  ['a.{b/c,d}', 'a.b/c', true],
  ['a,b\\}', 'a,b}', true],
  ['{a\\,b,c\\}}', 'a,b', true],
  ['{a\\,b,c\\}}', 'c}', true],
  ['café', 'cafe\u0301', true],
  ['Prod', 'prod', false],
])('%j and the name %j: %s', (pattern, name, expected) => {
  expect(patternFault(pattern)).toBeUndefined();
  expect(patternOf(pattern).fits(name)).toBe(expected);
});

test('where case does not count, it does not count on either side', () => {
  expect(patternOf('Oncall@*').fitsInAnyCase('oNCALL@EXAMPLE.COM')).toBe(true);
  expect(patternOf('Oncall@*').fitsInAnyCase('reporter@example.com')).toBe(false);
});

test.each([
  ['!prod-*', 'cannot be turned round'],
  ['prod-[0-9]', 'list the names one by one'],
  ['@(a|b)', 'use {a,b}'],
  ['!(a)', 'cannot be turned round'],
  ['x*(a)', 'use {a,b}'],
  ['{a', 'braces go in pairs'],
  ['a}', 'braces go in pairs'],
  ['{a}', 'braces go in pairs'],
  ['{1..3}', 'braces go in pairs'],
  ['{a,{b,c}}', 'braces go in pairs'],
  ['CORP\\reporter', 'for a backslash itself write two'],
  ['a\\', 'for a backslash itself write two'],
])('%j is a fault: %s', (pattern, message) => {
  expect(patternFault(pattern)).toContain(message);
});
