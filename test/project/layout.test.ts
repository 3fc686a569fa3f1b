import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { generatedTexts } from '../../src/docs/update.js';

const root = join(import.meta.dirname, '../..');
const folders = ['src', 'tools', 'prompts', 'demo', 'bench', 'test'];

const walk = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.name === '__snapshots__') return [];
    return entry.isDirectory() ? walk(path) : [path];
  });

const files = folders.flatMap(walk);
const code = files.filter((path) => path.endsWith('.ts'));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Own files that a file imports, from the root of the project; packages by their name. */
const importsOf = (path: string): string[] =>
  [...read(path).matchAll(/(?:\bfrom |\bimport\(|^import )'([^']+)'/gm)].map(([, name = '']) =>
    name.startsWith('.') ? relative(root, join(root, dirname(path), name)) : name,
  );

/** An import may only go down, and only to what is named here. */
const mayImport: Record<string, readonly string[]> = {
  tools: ['src/define', 'zod'],
  'src/values': ['fastest-levenshtein'],
  prompts: ['src/define'],
  'src/define': ['zod'],
  'src/providers/wire': ['undici', 'p-retry', 'node:'],
  'src/providers': ['src/values', 'src/define', 'src/providers/wire', 'node:'],
  'src/emulator': ['src/providers/wire', 'src/providers/settings', 'hono', 'zod', 'node:'],
  'src/store': ['@redis/client', 'rate-limiter-flexible', 'node:'],
  'src/call/audit': ['src/store', 'proper-lockfile', 'safe-stable-stringify', 'node:'],
  'src/call/policy': ['src/define', 'picomatch', 'zod'],
  'src/call': [
    'src/values',
    'src/define',
    'src/providers',
    'src/providers/wire',
    'src/call/audit',
    'src/store',
    'src/call/policy/decision',
    '@modelcontextprotocol/server',
    'zod',
    'jose',
    'safe-stable-stringify',
    'node:',
  ],
  'src/server': ['src/values', 'src/call', 'src/define', 'tools', '@modelcontextprotocol/server', 'zod', 'node:'],
  'src/fleet': [
    'src/values',
    'src/call',
    'src/providers',
    'src/define',
    'src/store',
    '@modelcontextprotocol/server',
    'zod',
    'node:',
  ],
  'src/observe': ['src/values', 'src/providers/wire', '@opentelemetry/', 'prom-client', 'pino', 'node:'],
  'src/http/auth': [
    'src/define',
    'src/values',
    '@modelcontextprotocol/server',
    'jose',
    'openid-client',
    'zod',
    'node:',
  ],
  'src/http/page': [
    'src/http/auth',
    'src/values',
    'src/call',
    'src/define',
    'src/call/audit',
    'src/store',
    'src/fleet',
    'src/providers/provider',
    'hono',
    'jose',
    'zod',
    'node:',
  ],
  'src/http': [
    'src/server',
    'src/values',
    'src/call',
    'src/define',
    'src/call/audit',
    'src/store',
    'src/fleet',
    'src/providers/provider',
    '@modelcontextprotocol/',
    'hono',
    'jose',
    'openid-client',
    'zod',
    'node:',
  ],
};

/** The innermost of the fenced folders that a file stands in. */
const fenceOf = (path: string): string | undefined =>
  Object.keys(mayImport)
    .filter((folder) => path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.length - a.length)[0];

test.each(Object.entries(mayImport))('%s imports only %j', (folder, allowed) => {
  const own = code.filter((path) => fenceOf(path) === folder);
  const strange = own.flatMap((path) =>
    importsOf(path)
      .filter((name) => ![`${folder}/`, ...allowed].some((each) => name.startsWith(each)))
      .map((name) => `${path}: ${name}`),
  );
  expect(own.length).toBeGreaterThan(0);
  expect(strange).toEqual([]);
});

test('a provider’s API dialect, emulator and tools know no other provider', () => {
  const providers = readdirSync(join(root, 'tools'));
  const mixed = code.flatMap((path) => {
    const own = providers.find((name) => new RegExp(`^(tools|src/emulator|src/providers)/${name}\\b`).test(path));
    const others = providers.filter((name) => own && name !== own);
    return importsOf(path)
      .filter((name) => others.some((other) => new RegExp(`/${other}(/|\\.)`).test(name)))
      .map((name) => `${path}: ${name}`);
  });
  expect(mixed).toEqual([]);
});

const nameless = ['values', 'call', 'define', 'audit', 'wire', 'fleet', 'store', 'policy', 'observe', 'http', 'server'];

test.each(nameless.map((name) => `src/${name}`))('%s knows no provider by name', (folder) => {
  // Only the adapters of the fleet turn a provider's answers into records, and the catalogue lists what there is.
  const exceptions = ['src/fleet/adapters/', 'src/server/catalog.ts'];
  const own = code.filter((path) => path.startsWith(`${folder}/`) && !exceptions.some((each) => path.startsWith(each)));
  expect(own.filter((path) => /'(nhn|samsung|naver|cegedim)/.test(read(path)))).toEqual([]);
});

test('the environment, arguments and exit codes are read in one place', () => {
  const elsewhere = code.filter(
    (path) =>
      path.startsWith('src/') && path !== 'src/main.ts' && /process\.(env|argv|exitCode|exit\b)/.test(read(path)),
  );
  expect(elsewhere).toEqual([]);
});

test('files stay under 300 lines of at most 120 characters', () => {
  const long = code.filter((path) => read(path).split('\n').length > 301);
  const wide = code.filter((path) =>
    read(path)
      .split('\n')
      .some((line) => line.length > 120),
  );
  expect({ long, wide }).toEqual({ long: [], wide: [] });
});

test('folders have at most 15 entries', () => {
  const homes = [...new Set(files.map((path) => dirname(path)))];
  const parents = new Set(
    homes.flatMap((path) => path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))),
  );
  const crowded = [...parents].filter(
    (path) => readdirSync(join(root, path)).filter((name) => name !== '__snapshots__').length > 15,
  );
  expect(crowded).toEqual([]);
});

test('a declaration has at most 25 lines', () => {
  const long = code
    .filter((path) => path.startsWith('tools/'))
    .flatMap((path) =>
      [...read(path).matchAll(/export const (\w+) = defineTool\(\{[\s\S]*?\n\}\);/g)].map(([text, name]) => ({
        path,
        name,
        lines: text.split('\n').length,
      })),
    );
  expect(long.filter(({ lines }) => lines > 25)).toEqual([]);
});

test('what is generated is in step; `npm run update` writes it', async () => {
  for (const [path, text] of await generatedTexts(read('README.md'))) expect(read(path), path).toBe(text);
});

test('nothing reads what lies outside the project', () => {
  expect(files.filter((path) => path !== 'test/project/layout.test.ts' && read(path).includes('../shared/'))).toEqual(
    [],
  );
});
