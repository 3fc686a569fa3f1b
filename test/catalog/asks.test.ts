import { expect, test } from 'vitest';
import { operationKinds } from '../../src/define/search/kinds.js';
import { termsOf } from '../../src/define/search/terms.js';
import { asksBy } from '../../src/docs/list-asks.js';
import { listTools } from '../../src/docs/list-tools.js';

const entries = await listTools();
const providers = Object.keys(asksBy);

test.each(providers)('everything of %s has six ways or more to ask for it, in both languages', (provider) => {
  const few = Object.entries(asksBy[provider] ?? {}).flatMap(([name, { en, ko }]) =>
    Math.min(new Set(en).size, new Set(ko).size) < 6 ? [name] : [],
  );
  expect(few).toEqual([]);
});

test.each(providers.filter((provider) => provider !== 'pgfleet'))(
  'every operation of %s can be asked for',
  (provider) => {
    const names = entries.flatMap((entry) => (entry.provider === provider ? [entry.name] : []));
    expect(Object.keys(asksBy[provider] ?? {}).toSorted()).toEqual(names.toSorted());
  },
);

test.each(providers)('nothing that is said means two operations of %s', (provider) => {
  const said = Object.values(asksBy[provider] ?? {}).flatMap(({ en, ko }) => [...en, ...ko]);
  const plain = said.map((ask) =>
    ask
      .toLowerCase()
      .replace(/[\s?.!]+/g, ' ')
      .trim(),
  );
  expect(plain.filter((ask, at) => plain.indexOf(ask) !== at)).toEqual([]);
});

test('everything that is said has words that it can be found by', () => {
  const said = Object.values(asksBy).flatMap((asks) => Object.values(asks).flatMap(({ en, ko }) => [...en, ...ko]));
  expect(said.filter((ask) => termsOf(ask).length === 0)).toEqual([]);
});

test.each(Object.keys(operationKinds))(
  'operations of the kind %s are several, and either all read or all change',
  (kind) => {
    const alike = entries.filter(({ provider, name }) =>
      asksBy[provider]?.[name]?.kinds?.some((each: string) => each === kind),
    );
    expect(alike.length).toBeGreaterThan(1);
    expect(new Set(alike.map(({ risk }) => risk === 'read')).size).toBe(1);
  },
);

test('no two kinds are said in the same words', () => {
  const said = Object.values(operationKinds);
  expect(new Set(said).size).toBe(said.length);
});
