import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { providerNames } from '../../src/providers/settings.js';

/** What every emulator is made of. Who knows one of them finds everything in the others under the same name. */
const everywhere = [
  'access.ts',
  'backups.ts',
  'entities.ts',
  'index.ts',
  'provisioning.ts',
  'replies.ts',
  'requests.ts',
  'routes',
  'seed',
  'seed/catalog.ts',
  'seed/fleet.ts',
  'seed/index.ts',
  'seed/scenarios.ts',
  'store.ts',
  'views',
  'views/backups.ts',
  'views/catalog.ts',
  'views/time.ts',
  'work.ts',
];

/** What only some need, beside the files of routes, seeds and views that are named after a thing. */
const somewhere = ['contents.ts', 'fields.ts', 'metrics.ts', 'replication.ts'];

test.each(providerNames)('the emulator of %s has the shape of all of them', (name) => {
  const folder = join(import.meta.dirname, '../../src/emulator', name);
  const there = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(everywhere.filter((file) => !there.includes(file))).toEqual([]);
  const known = new Set([...everywhere, ...somewhere]);
  expect(readdirSync(folder).filter((file) => !known.has(file))).toEqual([]);
});
