import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { code, importsOf, read, root, source } from './files.js';
import { mayImport } from './may-import.js';

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

/** Folders of `src` that stand beside each other, and which of them import which. */
function neighbours(parent: string): Map<string, Set<string>> {
  const within = (path: string) => (path.startsWith(`${parent}/`) ? path.slice(parent.length + 1).split('/') : []);
  const edges = new Map<string, Set<string>>();
  for (const path of code) {
    const [from = '', ...below] = within(path);
    if (below.length === 0) continue;
    for (const name of importsOf(path)) {
      const [to = '', ...deeper] = within(name);
      if (deeper.length > 0 && to !== from) edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
  }
  return edges;
}

/** The first way that leads back to where it began. */
function circleIn(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const walk = (here: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(here)) return [...way.slice(way.indexOf(here)), here];
    if (done.has(here)) return undefined;
    for (const next of edges.get(here) ?? []) {
      const found = walk(next, [...way, here]);
      if (found) return found;
    }
    done.add(here);
    return undefined;
  };
  for (const begin of edges.keys()) {
    const found = walk(begin, []);
    if (found) return found;
  }
  return undefined;
}

const homes = [...new Set(source.map((path) => dirname(path)))];

test.each(['src', ...homes])('no folders in %s import each other in a circle', (parent) => {
  expect(circleIn(neighbours(parent))).toBeUndefined();
});

test('no files import each other in a circle', () => {
  const fileOf = (name: string) => name.replace(/\.js$/, '.ts');
  const edges = new Map(
    code.map((path) => [
      path,
      new Set(
        importsOf(path)
          .map(fileOf)
          .filter((name) => code.includes(name)),
      ),
    ]),
  );
  expect(circleIn(edges)).toBeUndefined();
});

test('only modules of the project are loaded late', () => {
  // An `import()` of a library that is CommonJS finds no names in the bundle.
  const late = source.flatMap((path) =>
    [...read(path).matchAll(/(?<!typeof )\bimport\('([^.'][^']*)'\)/g)].map(([, name]) => `${path}: ${name}`),
  );
  expect(late).toEqual([]);
});

test('the validator is imported as a namespace', () => {
  // Its export `z` holds everything, with all languages, and each start would read that.
  const whole = code.filter((path) => /import \{[^}]*\} from 'zod'/.test(read(path)));
  expect(whole).toEqual([]);
});

test('an exported name means one thing', () => {
  // The emulators of the providers, and the adapters of the fleet, have the same shape and so the same names.
  const isOneOfAKind = (path: string) => !/^src\/(emulator|fleet\/adapters)\//.test(path);
  const homesOf = new Map<string, string[]>();
  for (const path of source.filter(isOneOfAKind))
    for (const [, name = ''] of read(path).matchAll(
      /^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm,
    ))
      homesOf.set(name, [...(homesOf.get(name) ?? []), path]);
  expect([...homesOf].filter(([, paths]) => paths.length > 1)).toEqual([]);
});

const nameless = ['values', 'define', 'store', 'call', 'fleet', 'server', 'observe', 'http', 'config', 'app', 'cli'];

test.each(nameless.map((name) => `src/${name}`))('%s knows no provider by name', (folder) => {
  // Only the adapters of the fleet turn a provider's answers into records, and the catalogue lists what there is.
  const exceptions = ['src/fleet/adapters/', 'src/server/catalog.ts'];
  const own = code.filter((path) => path.startsWith(`${folder}/`) && !exceptions.some((each) => path.startsWith(each)));
  expect(own.filter((path) => /'(nhn|samsung|naver|cegedim)/.test(read(path)))).toEqual([]);
});
