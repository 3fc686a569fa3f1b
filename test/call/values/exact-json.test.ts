import { expect, test } from 'vitest';
import { exactId, parseExactly } from '../../../src/values/exact-json.js';

test.each([
  ['{"id":1,"size":0.1,"name":"9007199254740993"}', { id: 1, size: 0.1, name: '9007199254740993' }],
  ['{"id":9007199254740991}', { id: 9007199254740991 }],
  ['{"id":9007199254740993}', { id: '9007199254740993' }],
  ['{"id": -9007199254740993 }', { id: '-9007199254740993' }],
  ['[9223372036854775807,1]', ['9223372036854775807', 1]],
  ['{"a\\":9007199254740993":9007199254740993}', { 'a":9007199254740993': '9007199254740993' }],
  ['{"note":"is: 9007199254740993, or so"}', { note: 'is: 9007199254740993, or so' }],
  ['{"size":1234567890123456.5}', { size: 1234567890123456.5 }],
  ['{"size":12345678901234567e3}', { size: 12345678901234567e3 }],
])('%s keeps every digit', (json, value) => {
  expect(parseExactly(json)).toEqual(value);
});

test('a long text beside a long number is no obstacle', () => {
  const note = 'a'.repeat(5_000_000);
  expect(parseExactly(`{"note":"${note}","id":9007199254740993}`)).toEqual({ note, id: '9007199254740993' });
});

test.each([
  ['7', 7],
  ['9007199254740993', '9007199254740993'],
])('the id %s is %j', (digits, id) => {
  expect(exactId(digits)).toBe(id);
});
