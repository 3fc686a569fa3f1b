import { expect, test } from 'vitest';
import { holds } from '../../../src/call/effect/conditions.js';
import type { EffectCondition, FieldChange } from '../../../src/define/index.js';

const changes: FieldChange[] = [
  { field: 'days', before: 7, after: 3 },
  { field: 'months', before: '6M', after: '12M' },
  { field: 'port', after: 5433, unknown: 'it was not read' },
  { field: 'groups', before: ['a'], after: [], added: [], removed: ['a'] },
  {
    field: 'ranges',
    added: ['0.0.0.0/0'],
    removed: [],
    admits: { gained: { ranges: ['0.0.0.0/0'], unjudged: [] }, lost: { ranges: [], unjudged: [] }, isWide: true },
  },
  {
    field: 'host',
    added: ['db.example.com'],
    removed: [],
    admits: { gained: { ranges: [], unjudged: ['db.example.com'] }, lost: { ranges: [], unjudged: [] }, isWide: false },
  },
];
const facts = {
  args: {
    port: 5433,
    network: { public: true },
    allowed: ['10.0.0.0/8'],
    open: ['198.51.100.0/23'],
    host: ['a.example.com'],
  },
  seen: {
    now: { records: [{ status: 'STOPPED', backups: [], rules: ['::/0', null] }] },
    failed: { records: [], unread: 'down' },
  },
  changes,
  now: 0,
};

const table: [EffectCondition, boolean | undefined][] = [
  [{ falls: 'days' }, true],
  [{ rises: 'days' }, false],
  [{ rises: 'months' }, true],
  [{ falls: 'port' }, undefined],
  [{ falls: 'other' }, false],
  [{ changes: 'port' }, true],
  [{ changes: 'other' }, false],
  [{ becomes: { days: 3 } }, true],
  [{ becomes: { days: [0, 1] } }, false],
  [{ loses: 'groups' }, true],
  [{ gains: 'groups' }, false],
  [{ empties: 'groups' }, true],
  [{ empties: 'days' }, false],
  [{ admits: 'ranges' }, true],
  [{ admitsWide: 'ranges' }, true],
  [{ admitsWide: 'host' }, true],
  [{ excludes: 'ranges' }, false],
  [{ opensWide: 'allowed' }, false],
  [{ opensWide: 'open' }, true],
  [{ opensWide: 'host' }, true],
  [{ opensWide: 'left out' }, false],
  [{ opensWide: 'now.rules' }, true],
  [{ opensWide: 'failed.rules' }, undefined],
  [{ given: 'network.public' }, true],
  [{ given: 'network.zone' }, false],
  [{ when: { 'network.public': true, port: 5433 } }, true],
  [{ when: { 'network.public': false } }, false],
  [{ is: { 'now.status': ['STOPPED', 'FAILED'] } }, true],
  [{ is: { 'now.status': 'AVAILABLE' } }, false],
  [{ is: { 'now.role': 'MASTER' } }, undefined],
  [{ is: { 'failed.status': 'AVAILABLE' } }, undefined],
  [{ has: 'now' }, true],
  [{ has: 'now.role' }, false],
  [{ has: 'failed' }, undefined],
  [{ all: [{ falls: 'days' }, { falls: 'port' }] }, undefined],
  [{ all: [{ rises: 'days' }, { falls: 'port' }] }, false],
  [{ any: [{ falls: 'days' }, { falls: 'port' }] }, true],
  [{ any: [{ rises: 'days' }, { falls: 'port' }] }, undefined],
  [{ not: { falls: 'port' } }, undefined],
  [{ not: { falls: 'days' } }, false],
  [{ test: ({ args }) => args['port'] === 5433 }, true],
];

test.each(table)('%j: %s', (condition, expected) => {
  expect(holds(condition, facts)).toBe(expected);
});
