import { expect, test } from 'vitest';
import * as z from 'zod';
import { buildRequest } from '../../src/call/exchange/build-request.js';
import { defineTool, type Tool } from '../../src/define/index.js';

const any = z.object({ id: z.string(), force: z.boolean(), tags: z.array(z.string()), note: z.string() }).partial();
const input = any.required({ id: true });

const facts = { title: '', description: '', input } as const;
const get = defineTool({ ...facts, name: 'x_get_thing', route: 'GET /things/{id}', risk: 'read' });
const make = defineTool({ ...facts, name: 'x_make_thing', route: 'POST /things/{id}', risk: 'write' });
const remove = defineTool({ ...facts, name: 'x_remove_thing', route: 'DELETE /things/{id}', risk: 'write' });
const forced = { ...make, query: ['force'] };
const fixed = { ...make, sends: { kind: 'PARTIAL' } };
const bare: Tool = { ...make, input: z.object({ id: z.string() }) };

const table = [
  [
    'a read sends the rest in its query',
    get,
    { id: 'a', force: true, tags: ['x', 'y'] },
    { path: '/things/a', query: { force: true, tags: ['x', 'y'] }, repeatable: true },
  ],
  [
    'a change sends the rest in its body',
    make,
    { id: 'a', force: true },
    { path: '/things/a', query: {}, body: { force: true }, repeatable: false },
  ],
  ['a change with nothing to say has an empty body', make, { id: 'a' }, { body: {}, query: {} }],
  [
    'a deletion sends the rest in its query',
    remove,
    { id: 'a', note: 'x' },
    { query: { note: 'x' }, repeatable: false },
  ],
  [
    'a declared query value leaves the body',
    forced,
    { id: 'a', force: false, note: 'x' },
    { query: { force: false }, body: { note: 'x' } },
  ],
  ['what is not given is not sent', make, { id: 'a', note: undefined }, { body: {} }],
  ['a fixed value goes along', fixed, { id: 'a', note: 'x' }, { body: { kind: 'PARTIAL', note: 'x' } }],
  [
    'a value in the path is escaped',
    get,
    { id: 'a/../b?c=d#e %' },
    { path: '/things/a%2F..%2Fb%3Fc%3Dd%23e%20%25', query: {} },
  ],
  ['escapes in a value are escaped again', get, { id: '%2e%2e' }, { path: '/things/%252e%252e' }],
] as const;

test.each(table)('%s', (_, tool, values, request) => {
  expect(buildRequest(tool, values)).toMatchObject(request);
});

test('a read, a deletion and an operation without fields have no body', () => {
  expect(buildRequest(get, { id: 'a', note: 'x' }).body).toBeUndefined();
  expect(buildRequest(remove, { id: 'a', note: 'x' }).body).toBeUndefined();
  expect(buildRequest(bare, { id: 'a' }).body).toBeUndefined();
});

test('another path takes the same values', () => {
  expect(buildRequest(get, { id: 'a', note: 'x' }, '/v2/{id}/things')).toMatchObject({
    path: '/v2/a/things',
    query: { note: 'x' },
  });
});

test.each(['', '.', '..'])('%j cannot stand in a path', (id) => {
  expect(() => buildRequest(get, { id })).toThrow('id: ');
});
