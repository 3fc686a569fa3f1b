import { expect, test } from 'vitest';
import { changesOf } from '../../../src/call/effect/changes.js';
import type { ChangeRule, StateValues } from '../../../src/define/index.js';

const seen = {
  now: {
    records: [
      {
        days: 7,
        name: 'orders',
        note: null,
        groups: ['a', 'b'],
        windows: [{ start: '01:00', length: 'ONE_HOUR', id: 4 }],
        parameters: [
          { parameterName: 'work_mem', value: '4MB', defaultValue: '4MB' },
          { parameterName: 'max_connections', value: '800', defaultValue: '200', type: 'FILE' },
        ],
        allowed: ['10.0.0.0/24'],
        schedule: null,
        window: '0330',
      },
    ],
  },
  recorded: { records: [{ days: 7 }], lags: 'it was read an hour ago' },
  failed: { records: [], unread: 'x_get_thing could not be read (503: down).' },
};

const hour = (at: StateValues) => String(at('now.window')?.[0]).slice(0, 2);

const table: [string, ChangeRule, unknown, object[]][] = [
  ['a value that differs', 'now.days', 3, [{ field: 'it', before: 7, after: 3 }]],
  ['a value that is equal', 'now.days', 7, []],
  ['a text that means the same number', 'now.days', '7', []],
  ['a value that is left out', 'now.days', undefined, []],
  ['an empty text for what is null', 'now.note', '', []],
  [
    'a value that is left out where the whole is replaced',
    { value: 'now.name', whole: true },
    undefined,
    [{ before: 'orders', after: null }],
  ],
  ['a look that failed', 'failed.days', 7, [{ after: 7, unknown: 'x_get_thing could not be read (503: down).' }]],
  ['a field that the answer lacks', 'now.other', 7, [{ after: 7, unknown: 'the answer does not tell it' }]],
  ['a field of settings that are off', 'now.schedule.hour', 2, [{ before: null, after: 2 }]],
  ['what is equal to an old record', 'recorded.days', 7, [{ before: 7, after: 7, unknown: 'it was read an hour ago' }]],
  ['what differs from an old record', 'recorded.days', 3, [{ field: 'it', before: 7, after: 3 }]],
  ['what the operation itself sets', { value: 'now.days', becomes: null }, undefined, [{ before: 7, after: null }]],
  ['what is so already', { value: 'now.note', becomes: null }, undefined, []],
  ['a part of a text that differs', { derived: hour }, '04', [{ before: '03', after: '04' }]],
  ['a part of a text that is equal', { derived: hour }, '03', []],
  ['a part that is not known', { derived: () => undefined }, '03', [{ unknown: 'the answer does not tell it' }]],
  ['a list in another order', { list: 'now.groups' }, ['b', 'a'], []],
  ['a list with one more and one less', { list: 'now.groups' }, ['b', 'c'], [{ added: ['c'], removed: ['a'] }]],
  ['an emptied list', { list: 'now.groups' }, [], [{ added: [], removed: ['a', 'b'] }]],
  ['records with the same fields', { list: 'now.windows' }, [{ start: '01:00', length: 'ONE_HOUR' }], []],
  [
    'a record with another field',
    { list: 'now.windows' },
    [{ start: '02:00', length: 'ONE_HOUR' }],
    [{ added: [{ start: '02:00' }] }],
  ],
  ['what is added to a list', { addsTo: 'now.groups' }, ['a', 'c'], [{ added: ['c'], removed: [] }]],
  ['what is there already', { addsTo: 'now.groups' }, ['a'], []],
  ['what is taken from a list', { takesFrom: 'now.groups' }, ['b', 'z'], [{ added: [], removed: ['b'] }]],
  ['what is not there', { takesFrom: 'now.groups' }, ['z'], []],
  [
    'records in words',
    { list: 'now.windows', says: 'from {start} for {length}' },
    [{ start: '02:00', length: 'ONE_HOUR' }],
    [{ added: ['from 02:00 for ONE_HOUR'], removed: ['from 01:00 for ONE_HOUR'] }],
  ],
  ['an action', { action: 'takes a backup' }, true, [{ action: 'takes a backup' }]],
  ['an action that is not wanted', { action: 'takes a backup' }, false, []],
  ['what another change tells', { partOf: 'that' }, 5, []],
  ['a password', { unreadable: 'it is never shown' }, '********', [{ field: 'it', unknown: 'it is never shown' }]],
];

test.each(table)('%s', (_, rule, value, expected) => {
  expect(changesOf({ it: rule }, { it: value }, seen)).toMatchObject(expected);
  expect(changesOf({ it: rule }, { it: value }, seen)).toHaveLength(expected.length);
});

test('each named value is a change of its own', () => {
  const rule = { items: 'now.parameters', key: 'parameterName', value: 'value' };
  const it = [
    { parameterName: 'work_mem', value: '8MB' },
    { parameterName: 'jit', value: 'off' },
  ];
  expect(changesOf({ it: rule }, { it }, seen)).toEqual([
    { field: 'work_mem', before: '4MB', after: '8MB' },
    { field: 'jit', after: 'off', unknown: 'it is not among those that the answer lists' },
  ]);
});

test('a named value has the name that people know, and what else helps to judge it', () => {
  const records = [{ all: [{ id: 'p1', name: 'work_mem', value: '4MB', apply: 'static' }] }];
  const rule = { items: 'now.all', key: 'id', value: 'value', nowName: 'name', tells: ['apply'] };
  expect(changesOf({ it: rule }, { it: [{ id: 'p1', value: '8MB' }] }, { now: { records } })).toEqual([
    { field: 'work_mem', before: '4MB', after: '8MB', told: { apply: 'static' } },
  ]);
});

test('each field of a record in a list is compared with that of the record of its name', () => {
  const seen = { users: { records: [{ userName: 'app', range: '10.0.0.0/8', mayCopy: false }] } };
  const rules = {
    'users[].range': { recordsOf: 'users', key: 'name', nowKey: 'userName', admits: 'itself' },
    'users[].mayCopy': { recordsOf: 'users', key: 'name', nowKey: 'userName' },
    'users[].password': { recordsOf: 'users', key: 'name', unreadable: 'it is never shown' },
  } as const;
  const users = [{ name: 'app', range: '10.1.0.0/16', mayCopy: false, password: '********' }];
  expect(changesOf(rules, { users }, seen)).toMatchObject([
    { field: 'app range', argument: 'users[].range', before: '10.0.0.0/8', after: '10.1.0.0/16' },
    { field: 'app password', argument: 'users[].password', unknown: 'it is never shown' },
  ]);
  const other = { users: [{ name: 'other', mayCopy: true }] };
  expect(changesOf(rules, other, seen)).toMatchObject([{ unknown: 'it is not among those that the answer lists' }]);
  const adding = { 'users[].mayCopy': { ...rules['users[].mayCopy'], adds: true } } as const;
  expect(changesOf(adding, other, seen)).toEqual([
    { field: 'other mayCopy', argument: 'users[].mayCopy', before: undefined, after: true },
  ]);
});

test('names in a list of records are compared with those that there are, also when there are none', () => {
  const rules = { 'wanted[].name': { addsTo: 'now.installed.name' } };
  const wanted = [{ name: 'pg_trgm' }, { name: 'hstore' }];
  const withInstalled = (installed: object[]) => ({ now: { records: [{ installed }] } });
  expect(changesOf(rules, { wanted }, withInstalled([{ name: 'hstore' }]))).toMatchObject([{ added: ['pg_trgm'] }]);
  const [all] = changesOf(rules, { wanted }, withInstalled([]));
  expect(all).toMatchObject({ added: ['pg_trgm', 'hstore'], before: [] });
  expect(all).not.toHaveProperty('unknown');
});

test('named values that are reset go back to another field of their record, with what there is to say of them', () => {
  const notes = { type: { FILE: 'needs a restart' } };
  const rule = { resets: 'now.parameters', key: 'parameterName', value: 'value', to: 'defaultValue', notes };
  expect(changesOf({ it: rule }, {}, seen)).toEqual([
    { field: 'max_connections', before: '800', after: '200', note: 'needs a restart' },
  ]);
  expect(changesOf({ it: { ...rule, resets: 'failed.parameters' } }, {}, seen)).toMatchObject([{ field: 'it' }]);
});

test('rules in another order are a change, also where nobody else gets in', () => {
  const open = (from: string) => ({ words: from, from, admits: true });
  const rules = (...after: string[]): ChangeRule => ({
    rules: () => ({ before: ['10.0.0.0/24', '10.0.1.0/24'].map(open), after: after.map(open) }),
  });
  expect(changesOf({ it: rules('10.0.0.0/24', '10.0.1.0/24') }, {}, seen)).toEqual([]);
  expect(changesOf({ it: rules('10.0.1.0/24', '10.0.0.0/24') }, {}, seen)).toMatchObject([
    { field: 'it', added: [], removed: [], admits: { gained: { ranges: [] }, lost: { ranges: [] } } },
  ]);
});

test('ranges are compared by who gets in', () => {
  const rule = { list: 'now.allowed', admits: 'itself' } as const;
  const [wider] = changesOf({ it: rule }, { it: ['0.0.0.0/0'] }, seen);
  expect(wider?.admits).toMatchObject({ isWide: true, lost: { ranges: [] } });
  const [narrower] = changesOf({ it: rule }, { it: ['10.0.0.0/25'] }, seen);
  expect(narrower?.admits).toMatchObject({
    isWide: false,
    gained: { ranges: [] },
    lost: { ranges: ['10.0.0.128/25'] },
  });
});
