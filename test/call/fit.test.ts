import { expect, test } from 'vitest';
import { limitSize, mostBytes } from '../../src/call/answer/limit-size.js';

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const rows = (count: number, text = 'x'.repeat(90)) => Array.from({ length: count }, (_, id) => ({ id, text }));

test('what is small enough stays as it is', () => {
  const answer = { a: [1, 2], b: null, c: { d: [] } };
  expect(limitSize(answer)).toEqual({ answer, leftOut: {} });
});

test('of the largest list the end is left out, and counted', () => {
  const { answer, leftOut } = limitSize({ small: rows(5), large: rows(1000) }, 20_000);
  const { small, large } = answer as { small: object[]; large: object[] };
  expect(small).toEqual(rows(5));
  expect(large).toEqual(rows(large.length));
  expect(large.length).toBeGreaterThan(100);
  expect(leftOut).toEqual({ large: 1000 - large.length });
  expect(sizeOf(answer)).toBeLessThanOrEqual(20_000);
});

test('lists within lists are cut too', () => {
  const { answer, leftOut } = limitSize({ groups: [{ rows: rows(500) }, { rows: rows(2) }] }, 10_000);
  expect(answer).toMatchObject({ groups: [{ rows: expect.any(Array) }, { rows: rows(2) }] });
  expect(Object.keys(leftOut)).toEqual(['groups[0].rows']);
  expect(sizeOf(answer)).toBeLessThanOrEqual(10_000);
});

const large: [string, object][] = [
  ['one long text', { a: 'x'.repeat(100_000), b: 'short' }],
  ['several long texts', { a: 'x'.repeat(50_000), b: { c: ['y'.repeat(50_000)] } }],
  ['one row that is too large', { rows: [{ a: 'x'.repeat(100_000) }] }],
  ['long texts in rows', { rows: rows(50, 'x'.repeat(10_000)) }],
  ['characters of several bytes', { rows: rows(1000, '데이터베이스') }],
  ['too many fields', Object.fromEntries(rows(20_000).map(({ id }) => [`field-${id}`, id]))],
];
test.each(large)('%s fit as well', (_, answer) => {
  const fitted = limitSize({ ...answer });
  expect(sizeOf(fitted.answer)).toBeLessThanOrEqual(mostBytes);
  expect(Object.keys(fitted.answer).length).toBeGreaterThan(0);
});

test('a text that was cut says so', () => {
  expect(limitSize({ a: 'x'.repeat(100_000), b: 'short' }).answer).toMatchObject({
    a: expect.stringMatching(/x… \(cut\)$/),
    b: 'short',
  });
});

test('the answer that was given is not touched', () => {
  const answer = { rows: rows(1000) };
  limitSize(answer, 5_000);
  expect(answer.rows).toHaveLength(1000);
});
