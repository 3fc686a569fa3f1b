import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCatalog } from '../../src/server/catalog.js';
import { readConfig } from '../../src/start/config.js';
import { rulesIn } from '../../src/start/rules.js';
import { servingSettings } from '../../src/start/serving-settings.js';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = ['README.md', 'Dockerfile', ...readdirSync(join(root, 'examples')).map((name) => `examples/${name}`)];

function faultsOf(env: Record<string, string>): string {
  try {
    readConfig({ env, flags: {} });
    return '';
  } catch (error) {
    return String(error);
  }
}

test.each(documents)('every variable in %s is one that pgfleet knows', (path) => {
  const named = [...new Set(read(path).match(/\bPGFLEET_[A-Z_]*[A-Z]\b/g) ?? [])];
  const unknown = named.filter(
    (name) => !name.startsWith('PGFLEET_SECRET') && faultsOf({ [name]: '1' }).includes('not known'),
  );
  expect(unknown.filter((name) => name !== 'PGFLEET_CONFIG')).toEqual([]);
});

test('every setting of serving many stands in the README', () => {
  const text = read('README.md');
  const missing = Object.values(servingSettings).filter(({ env }) => !text.includes(`\`${env}\``));
  expect(missing).toEqual([]);
});

test('the policy among the examples can be used as it is', async () => {
  const catalog = await readCatalog(new URL('../../dist/tools.json', import.meta.url));
  expect(rulesIn(join(root, 'examples/policy.json'), catalog).rules.length).toBeGreaterThan(0);
});

test('the names of settings and their variables fit together', () => {
  const odd = Object.entries(servingSettings).filter(
    ([key, { env }]) => env !== `PGFLEET_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
  );
  expect(odd).toEqual([]);
});
