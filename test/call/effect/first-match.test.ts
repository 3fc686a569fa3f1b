import { expect, test } from 'vitest';
import { admissionOf } from '../../../src/call/effect/first-match.js';
import type { AccessRule } from '../../../src/define/index.js';

/** `+10.0.0.0/8 orders app`: let in, to which databases, as which user. */
const rule = (text: string): AccessRule => {
  const [from = '', databases, user] = text.slice(1).split(' ');
  const only = [databases, user].map((name) => (name === undefined || name === 'all' ? [] : name.split(',')));
  return { words: text, from, admits: text.startsWith('+'), only };
};

const table: [string, string[], string[], { gained?: string[]; lost?: string[]; isWide?: boolean }][] = [
  ['a rule where there was none', [], ['+10.0.0.0/8'], { gained: ['10.0.0.0/8'] }],
  ['a rule behind one that decides', ['+10.0.0.0/8'], ['+10.0.0.0/8', '+10.1.0.0/16'], {}],
  ['a rule behind one that rejects', ['-10.0.0.0/8'], ['-10.0.0.0/8', '+10.1.0.0/16'], {}],
  [
    'a rule for another user',
    ['+10.0.0.0/8 all app'],
    ['+10.0.0.0/8 all app', '+10.0.0.0/8 all etl'],
    { gained: ['10.0.0.0/8'] },
  ],
  ['a rule for a user whom the rule for all lets in', ['+10.0.0.0/8'], ['+10.0.0.0/8', '+10.0.0.0/8 all etl'], {}],
  ['a reject that goes', ['-10.0.0.0/9', '+10.0.0.0/8'], ['+10.0.0.0/8'], { gained: ['10.0.0.0/9'] }],
  [
    'a reject that goes, of one database',
    ['-0.0.0.0/0 orders', '+0.0.0.0/0'],
    ['+0.0.0.0/0'],
    { gained: ['0.0.0.0/0'], isWide: true },
  ],
  ['a reject that comes first', ['+10.0.0.0/8'], ['-10.0.0.0/9', '+10.0.0.0/8'], { lost: ['10.0.0.0/9'] }],
  ['a reject that comes last', ['+10.0.0.0/8'], ['+10.0.0.0/8', '-10.0.0.0/9'], {}],
  ['another order', ['-10.0.0.0/9', '+10.0.0.0/8'], ['+10.0.0.0/8', '-10.0.0.0/9'], { gained: ['10.0.0.0/9'] }],
  ['another order of rules that do not meet', ['+10.0.0.0/24', '+10.0.1.0/24'], ['+10.0.1.0/24', '+10.0.0.0/24'], {}],
  [
    'the last rule of a user',
    ['+10.0.0.0/8 orders app', '+10.0.0.0/8 all etl'],
    ['+10.0.0.0/8 all etl'],
    { lost: ['10.0.0.0/8'] },
  ],
  ['everybody', [], ['+0.0.0.0/0'], { gained: ['0.0.0.0/0'], isWide: true }],
  ['a host', [], ['+db.example.com'], { gained: ['db.example.com'] }],
  ['a host that is kept out', [], ['-db.example.com'], { lost: ['db.example.com'] }],
  [
    'a host that is kept out no more',
    ['-db.example.com', '+10.0.0.0/8'],
    ['+10.0.0.0/8'],
    { gained: ['db.example.com'] },
  ],
  ['a host that has two rules', ['+db.example.com'], ['+db.example.com', '-db.example.com'], {}],
];

test.each(table)('%s', (_, before, after, { gained = [], lost = [], isWide = false }) => {
  const found = admissionOf(before.map(rule), after.map(rule));
  expect([...found.gained.ranges, ...found.gained.unjudged]).toEqual(gained);
  expect([...found.lost.ranges, ...found.lost.unjudged]).toEqual(lost);
  expect(found.isWide).toBe(isWide);
});

test('all who get in by the rules after are told too', () => {
  const after = ['-10.0.0.0/9', '+10.0.0.0/8', '+db.example.com', '-old.example.com'].map(rule);
  expect(admissionOf([], after).admitted).toEqual({ ranges: ['10.128.0.0/9'], unjudged: ['db.example.com'] });
});

test('a rule decides about those whom no rule before it fits', () => {
  const decided = (before: string[], after: string) => {
    const rules = before.map(rule);
    return admissionOf(rules, [...rules, rule(after)]).decided.ranges;
  };
  expect(decided([], '-10.0.0.0/8')).toEqual(['10.0.0.0/8']);
  expect(decided(['+10.0.0.0/8'], '-10.1.0.0/16')).toEqual([]);
  expect(decided(['+10.0.0.0/8 all app'], '-10.1.0.0/16')).toEqual(['10.1.0.0/16']);
});
