import { expect, test } from 'vitest';
import * as z from 'zod';
import { intendedArguments } from '../../src/call/input/intended-arguments.js';
import { secret } from '../../src/define/index.js';

const row = z.object({ id: z.string(), size: z.int().max(10).optional(), key: secret().optional() });
const input = z.object({
  id: z.string().min(1).optional(),
  size: z.int().min(2).optional(),
  share: z.number().optional(),
  on: z.boolean().optional(),
  days: z.enum(['5', '10']).optional(),
  note: z.string().optional(),
  key: secret().optional(),
  rows: z.array(row).min(1).max(2).optional(),
  place: row.optional(),
  chosen: z.string().min(1).optional(),
});

const understood: [string, object, object][] = [
  ['null is left out', { id: null, size: null, rows: null, key: null }, {}],
  ['null is left out at every level', { rows: [{ id: 'a', size: null }], place: null }, { rows: [{ id: 'a' }] }],
  ['a number as text', { size: '5', share: '0.5' }, { size: 5, share: 0.5 }],
  ['a negative number as text', { share: '-3' }, { share: -3 }],
  ['one that is out of bounds, so that the bounds are told', { size: '1' }, { size: 1 }],
  ['a number for a text', { id: 1230078 }, { id: '1230078' }],
  ['a number for one of several texts', { days: 10 }, { days: '10' }],
  ['a list as text', { rows: '[{"id":"a"}]' }, { rows: [{ id: 'a' }] }],
  ['a list as text with secrets', { rows: ' [ {"id": 7, "key": "k"} ] ' }, { rows: [{ id: '7', key: 'k' }] }],
  ['a list of objects as text', { rows: ['{"id":"a"}'] }, { rows: [{ id: 'a' }] }],
  ['an object as text', { place: '{"id":"\\ud55c\\/","size":"3"}' }, { place: { id: '한/', size: 3 } }],
  ['a list as text that is too short', { rows: '[]' }, { rows: [] }],
];

test.each(understood)('%s is understood', (_, given, meant) => {
  expect(intendedArguments({ input, risk: 'write' }, given)).toEqual(meant);
});

const untouched: [string, object][] = [
  ['what the schema takes, even if it looks like something else', { id: '5', note: '', days: '5' }],
  ['a number with leading zeros', { size: '05' }],
  ['a number with a fraction of nothing', { size: '5.0' }],
  ['a number with an exponent', { size: '1e3' }],
  ['a number with spaces', { size: ' 5' }],
  ['minus zero', { size: '-0' }],
  ['a number with more digits than can be kept', { size: '12345678901234567890' }],
  ['a fraction for a text, which may have lost a zero', { id: 16.1 }],
  ['a number too large to be exact, for a text', { id: 2 ** 60 }],
  ['a number for a secret', { key: 12345678 }],
  ['a number for a secret in a list', { rows: [{ id: 'a', key: 12345678 }] }],
  ['true as text', { on: 'true' }],
  ['a text that is no JSON', { rows: "[{'id':'a'}]" }],
  ['JSON with a name twice', { rows: '[{"id":"a","id":"b"}]' }],
  ['JSON with a number that would lose digits', { rows: '[{"id":12345678901234567890}]' }],
  ['an object for a list', { rows: '{"id":"a"}' }],
  ['null in a list', { rows: [null] }],
  ['an empty text in a change', { id: '', size: '' }],
  ['a name that is not known', { strange: null }],
];

test.each(untouched)('%s stays as it is', (_, given) => {
  expect(intendedArguments({ input, risk: 'write' }, given)).toEqual(given);
});

test('an empty text is left out of a read, but not where it would choose one thing', () => {
  const read = { input, risk: 'read', selects: ['chosen'] } as const;
  expect(intendedArguments(read, { id: '', size: '', chosen: '', note: '' })).toEqual({ chosen: '', note: '' });
});

test('what is needed stays, for the check to refuse it', () => {
  const needy = { input: z.object({ id: z.string().min(1) }), risk: 'read' } as const;
  for (const given of [{ id: null }, { id: '' }]) expect(intendedArguments(needy, given)).toEqual(given);
});
