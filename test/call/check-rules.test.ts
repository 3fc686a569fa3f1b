import { expect, test } from 'vitest';
import { brokenRules } from '../../src/call/input/check-rules.js';
import type { InputRule } from '../../src/define/index.js';

/** A rule, arguments that follow it, arguments that break it, and words of the complaint. */
const table: [string, InputRule, object[], object[], string[]][] = [
  [
    'needed with a value',
    { if: { ha: true }, needs: ['ping'] },
    [{}, { ha: false }, { ha: true, ping: 3 }],
    [{ ha: true }],
    ['ping is needed', 'ha = true'],
  ],
  [
    'needed with one of some values',
    { if: { kind: ['A', 'B'] }, needs: ['name'] },
    [{ kind: 'C' }, { kind: 'B', name: 'x' }],
    [{ kind: 'B' }],
    ['name is needed', 'A or B'],
  ],
  [
    'needed unless',
    { unless: { all: true }, needs: ['ids'] },
    [{ all: true }, { ids: ['a'] }],
    [{}, { ids: [] }, { all: false }],
    ['ids is needed', 'unless all = true'],
  ],
  [
    'needed with a value unless',
    { if: { auto: false }, unless: { on: false }, needs: ['at'] },
    [{}, { auto: true }, { auto: false, on: false }, { auto: false, at: 1 }],
    [{ auto: false }, { auto: false, on: true }],
    ['at is needed with auto = false unless on = false'],
  ],
  [
    'of a form with a value',
    { if: { kind: 'v4' }, at: 'range', matches: /^[^:]*$/, as: 'an IPv4 range' },
    [
      { kind: 'v6', range: '::/0' },
      { kind: 'v4', range: '10.0.0.0/8' },
    ],
    [{ kind: 'v4', range: '::/0' }],
    ['range must be an IPv4 range with kind = v4'],
  ],
  [
    'needed with another',
    { ifGiven: 'a', needs: ['b'] },
    [{}, { b: 1 }, { a: 1, b: 1 }],
    [{ a: 1 }, { a: false }],
    ['b is needed with a'],
  ],
  [
    'forbidden with a value',
    { if: { ha: false }, forbids: ['ping'] },
    [{ ha: true, ping: 3 }, { ha: false }, { ha: false, ping: [] }],
    [{ ha: false, ping: 0 }],
    ['ping must be left out'],
  ],
  [
    'fixed by another',
    { if: { engine: 'pg' }, requires: { port: 5432 } },
    [
      { engine: 'x', port: 1 },
      { engine: 'pg', port: 5432 },
    ],
    [{ engine: 'pg', port: 1 }, { engine: 'pg' }],
    ['port must be 5432'],
  ],
  [
    'at least one',
    { anyOf: ['a', 'b'] },
    [{ a: 1 }, { b: null }, { a: 1, b: 2 }],
    [{}, { c: 1 }],
    ['At least one of a, b'],
  ],
  ['exactly one', { oneOf: ['a', 'b'] }, [{ a: 1 }, { b: 1 }], [{}, { a: 1, b: 1 }], ['Exactly one of a, b']],
  [
    'at least so much',
    { atLeast: 20, of: 'size' },
    [{}, { size: 20 }, { size: '1' }],
    [{ size: 19 }],
    ['size must be at least 20'],
  ],
  [
    'at most so much, with a value',
    { if: { kind: 'hdd' }, atMost: 100, of: 'size' },
    [{ size: 200 }, { kind: 'hdd', size: 100 }],
    [{ kind: 'hdd', size: 101 }],
    ['size must be at most 100', 'kind = hdd'],
  ],
  ['equal', { equal: ['a', 'b'] }, [{ a: 1 }, { a: 1, b: 1 }], [{ a: 1, b: 2 }], ['a and b must be equal']],
  [
    'in order, numbers',
    { ascending: ['from', 'to'] },
    [{}, { from: 1 }, { from: 1, to: 1 }, { from: 1, to: 2 }],
    [{ from: 2, to: 1 }],
    ['from must not be after to'],
  ],
  [
    'in order, moments of several zones',
    { ascending: ['from', 'to'] },
    [{ from: '2026-01-01T09:00:00+09:00', to: '2026-01-01T00:00:00Z' }],
    [{ from: '2026-01-01T00:00:00Z', to: '2026-01-01T08:00:00+09:00' }],
    ['from must not be after to'],
  ],
  [
    'not within',
    { excludes: ['password', 'user'] },
    [{ password: 'x', user: 'app' }, { password: 'x', user: '' }, { password: 'x' }],
    [{ password: 'my-app-1', user: 'app' }],
    ['password must not contain user'],
  ],
  [
    'within each item of a list',
    { in: 'rows[]', if: { on: true }, needs: ['at'] },
    [{}, { rows: [] }, { rows: [{ on: false }, { on: true, at: 1 }] }],
    [{ rows: [{ on: false }, { on: true }] }],
    ['rows[1].at is needed', 'rows[1].on = true'],
  ],
];

test.each(table)('%s', (_, rule, good, bad, words) => {
  for (const input of good) expect(brokenRules([rule], { ...input }), JSON.stringify(input)).toEqual([]);
  for (const input of bad) {
    const faults = brokenRules([rule], { ...input });
    expect(faults, JSON.stringify(input)).toHaveLength(1);
    for (const word of words) expect(faults[0]).toContain(word);
    expect(faults[0]).not.toMatch(/ {2}| \./);
  }
});

test('every broken rule is told', () => {
  const rules: InputRule[] = [{ anyOf: ['a'] }, { oneOf: ['b'] }, { ifGiven: 'c', needs: ['d', 'e'] }];
  expect(brokenRules(rules, { c: 1 })).toHaveLength(4);
});
