import { expect, test } from 'vitest';
import * as z from 'zod';
import { dangerOf, riskOf } from '../../src/call/guard/danger.js';
import { defineTool, type Tool } from '../../src/define/index.js';

const input = z.object({ id: z.string() });
const facts = { title: '', description: '', route: 'PUT /things/{id}', input } as const;
const words = { warning: 'own warning', undo: 'own way back' };

const read = defineTool({ ...facts, name: 'x_read_thing', risk: 'read' });
const write = defineTool({ ...facts, name: 'x_write_thing', risk: 'write' });
const restart = defineTool({ ...facts, name: 'x_restart_thing', risk: 'disruptive', ...words });
const remove = defineTool({ ...facts, name: 'x_remove_thing', risk: 'destructive', ...words });

const open = { when: { 'network.public': true }, risk: 'exposing', warning: 'open', undo: 'close' } as const;
const anyGroup = { given: 'groups', risk: 'exposing', warning: 'groups', undo: 'set again' } as const;
const wiped = { when: { 'rules[].action': 'WIPE' }, risk: 'destructive', warning: 'wiped', undo: 'none' } as const;
const both = { when: { a: 1, b: 2 }, risk: 'disruptive', warning: 'both', undo: 'none' } as const;

const raising: Tool = { ...write, raises: [open, anyGroup, wiped, both] };
const lowering: Tool = {
  ...restart,
  lowers: [
    { onlyGiven: ['name', 'note'], risk: 'write' },
    { when: { on: true }, risk: 'write' },
  ],
  raises: [anyGroup],
};

const table: [string, Tool, object, string, string?][] = [
  ['a read', read, {}, 'read'],
  ['a write', write, { id: 'a', anything: 1 }, 'write'],
  ['a disruptive one', restart, {}, 'disruptive', 'own warning'],
  ['a destructive one', remove, {}, 'destructive', 'own warning'],
  ['a write whose condition is not met', raising, { network: { public: false } }, 'write'],
  ['a write whose condition is half met', raising, { a: 1, b: 3 }, 'write'],
  ['a write whose condition is met by text', raising, { network: { public: 'true' } }, 'write'],
  ['a write that is raised', raising, { network: { public: true } }, 'exposing', 'open'],
  ['a write that is raised by both values', raising, { a: 1, b: 2 }, 'disruptive', 'both'],
  ['a write that is raised by an argument, even an empty one', raising, { groups: [] }, 'exposing', 'groups'],
  ['a write with an argument left out', raising, { groups: undefined }, 'write'],
  [
    'a write that is raised by one item',
    raising,
    { rules: [{ action: 'KEEP' }, { action: 'WIPE' }] },
    'destructive',
    'wiped',
  ],
  ['the worst of several', raising, { a: 1, b: 2, groups: [], rules: [{ action: 'WIPE' }] }, 'destructive', 'wiped'],
  ['a guarded one with harmless arguments', lowering, { id: 'a', name: 'x' }, 'write'],
  ['a guarded one with none but its target', lowering, { id: 'a' }, 'write'],
  ['a guarded one with one more argument', lowering, { id: 'a', name: 'x', port: 1 }, 'disruptive', 'own warning'],
  ['a guarded one lowered by a value', lowering, { id: 'a', on: true, port: 1 }, 'write'],
  ['a guarded one not lowered by another value', lowering, { id: 'a', on: false }, 'disruptive', 'own warning'],
  ['one that is lowered and raised', lowering, { id: 'a', on: true, groups: ['g'] }, 'exposing', 'groups'],
];

test.each(table)('%s', (_, tool, values, risk, warning) => {
  expect(riskOf(tool, { ...values })).toBe(risk);
  expect(dangerOf(tool, { ...values })?.warning).toBe(warning);
});
