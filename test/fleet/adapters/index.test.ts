import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/define/config-error.js';
import { adapters, requireAdapters } from '../../../src/fleet/adapters/index.js';
import { providerNames } from '../../../src/providers/settings.js';

test('every provider has an adapter', () => {
  expect(Object.keys(adapters).toSorted()).toEqual([...providerNames].toSorted());
  expect(() => requireAdapters(providerNames)).not.toThrow();
});

test.each([
  [['acme'], ['acme']],
  [['nhn', 'acme'], ['acme']],
  [
    ['acme', 'naver', 'other'],
    ['acme', 'other'],
  ],
])('of the providers %j, a sentence names each of %j', (providers, missing) => {
  const faults = missing.map((name) =>
    expect.stringMatching(`^A provider of the configuration, ${name}, has no adapter for the fleet: `),
  );
  expect(() => requireAdapters(providers)).toThrow(ConfigError);
  expect(() => requireAdapters(providers)).toThrow(expect.objectContaining({ faults }));
});
