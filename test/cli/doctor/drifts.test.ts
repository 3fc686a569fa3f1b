import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Drift, driftsOf, textsIn, withoutData } from '../../../src/cli/doctor/account/drifts.js';
import { scenarios } from '../../../src/emulator/core/world.js';
import { type ProviderName, providerNames } from '../../../src/providers/settings.js';
import { loadReadFacts, loadToolset } from '../../../src/server/catalog.js';
import type { Values } from '../../../src/values/values.js';
import { startFleet } from '../../support/fleet.js';
import { examined, troubles } from './run-doctor.js';

describe.each(providerNames)('the answers of %s', async (provider) => {
  const toolset = await loadToolset(provider);
  const facts = await loadReadFacts(provider);
  const reads: string[] = Object.values(toolset?.groups ?? {})
    .flat()
    .filter(({ risk }) => risk === 'read')
    .map(({ name }) => name);

  test('are declared for each read and for nothing else', () => {
    expect(Object.keys(facts?.answers ?? {}).toSorted()).toEqual(reads.toSorted());
    expect(Object.keys(facts?.given ?? {}).filter((name) => !reads.includes(name))).toEqual([]);
  });

  test.each(examplesOf(provider))('of %s are declared as its document shows them', (tool, answer) => {
    const declared = facts?.answers[tool];
    expect(declared && driftsOf(declared, answer)).toEqual([]);
  });
});

/** The documented answers to reads, without the envelope. */
function examplesOf(provider: ProviderName): [string, unknown][] {
  const file = new URL(`../../project/examples/${provider}.json`, import.meta.url);
  const all = JSON.parse(readFileSync(file, 'utf8')) as {
    tool: string;
    request: { method: string };
    answer: unknown;
  }[];
  const isRead = /_(list|get)_/;
  return all.flatMap(({ tool, answer }) => (isRead.test(tool) ? [[tool, opened[provider](answer)] as const] : [])) as [
    string,
    unknown,
  ][];
}

const without = (answer: unknown, ...names: string[]): Values =>
  Object.fromEntries(Object.entries(answer ?? {}).filter(([name]) => !names.includes(name)));

const opened: Record<ProviderName, (answer: unknown) => unknown> = {
  nhn: (answer) => without(answer, 'header'),
  samsung: (answer) => answer,
  naver: (answer) => without(Object.values(answer ?? {})[0], 'requestId', 'returnCode', 'returnMessage'),
  cegedim: (answer) => (Array.isArray(answer) ? { items: answer } : answer),
};

test.each(scenarios.filter((name) => name !== 'region-down'))('the story %s has no drift', async (scenario) => {
  const { environment } = await startFleet({ scenario });
  expect(troubles(await examined([], environment))).toEqual([]);
});

const story = z.strictObject({
  name: z.string(),
  state: z.enum(['UP', 'DOWN']),
  port: z.number(),
  note: z.string().nullable().optional(),
  inner: z.union([z.strictObject({ a: z.number() }), z.strictObject({ b: z.array(z.number()) })]),
});

test.each<[string, Values, Drift[]]>([
  ['nothing', {}, []],
  ['null where it is allowed', { note: null }, []],
  ['a field missing', { port: undefined }, [{ kind: 'missing', path: 'list[].port' }]],
  ['another type', { port: '1' }, [{ kind: 'type', path: 'list[].port', expected: 'number', found: 'text' }]],
  ['null where it is not', { name: null }, [{ kind: 'type', path: 'list[].name', expected: 'text', found: 'null' }]],
  ['a new field', { size: [1] }, [{ kind: 'new', path: 'list[]', word: 'size', found: 'list' }]],
  ['an unknown word', { state: 'ASLEEP' }, [{ kind: 'word', path: 'list[].state', word: 'ASLEEP' }]],
  ['a number for a word', { state: 7 }, [{ kind: 'type', path: 'list[].state', expected: 'text', found: 'number' }]],
  [
    'the nearest form',
    { inner: { b: ['x'] } },
    [{ kind: 'type', path: 'list[].inner.b[]', expected: 'number', found: 'text' }],
  ],
  ['no form at all', { inner: 5 }, [{ kind: 'type', path: 'list[].inner', expected: 'object', found: 'number' }]],
])('%s is told once for all records', (_, change, drifts) => {
  const record = { name: 'orders', state: 'UP', port: 5432, inner: { a: 1 }, ...change };
  const declared = z.strictObject({ list: z.array(story) });
  expect(driftsOf(declared, { list: [record, record] })).toEqual(drifts);
});

test.each<[string, boolean]>([
  ['hibernation', true],
  ['orders', false],
  ['ORDERS', false],
  ['night', false],
  ['blue_whale', false],
  ['ordersPrimary', false],
  ['the_orders_primary', false],
  ['ordersPrimaryState', false],
  ['order_state', true],
  ['postgresqlFlavour', true],
  ['sleepsAtNight', false],
  ['at_night', false],
  ['sleepsNight', true],
  ['ends2', false],
  ['a'.repeat(41), false],
  ['a-b', false],
])('the new field %s is shown: %s', (word, shown) => {
  const answer = {
    list: [{ name: 'orders-primary', state: 'UP', port: 1, note: 'sleeps at night', inner: { a: 1 }, [word]: 1 }],
  };
  const declared = z.strictObject({ list: z.array(story) });
  const [drift] = withoutData(driftsOf(declared, answer), textsIn(declared, answer), [
    'blue_whale',
    'a hibernation of another',
    'postgresql-16',
  ]);
  expect(drift?.word).toBe(shown ? word : undefined);
});

test('words of states are no texts, and hide nothing', () => {
  expect(textsIn(story, { name: 'orders', state: 'UP', more: { deep: ['x'] } })).toEqual(['orders', 'x']);
});

test('a state of an instance that no document and no word of pgfleet knows is named', async () => {
  const { environment } = await startFleet({
    providers: ['cegedim'],
    between: (send) => async (request, signal) => {
      const answer = await send(request, signal);
      return { ...answer, body: answer.body.replaceAll('"status":"ACTIVE"', '"status":"HIBERNATING"') };
    },
  });
  const found = await examined([], environment);
  const words = found.lines.flatMap(({ drift, operation }) =>
    drift ? [`${operation} ${drift.path} ${drift.word}`] : [],
  );
  expect(words).toEqual([
    'cegedim_list_resources content[].status HIBERNATING',
    'cegedim_get_instance status HIBERNATING',
    'cegedim_list_nodes items[].status HIBERNATING',
  ]);
});
