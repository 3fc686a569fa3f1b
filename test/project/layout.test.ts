import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedTexts } from '../../src/docs/update.js';
import { code, files, read, root } from './files.js';

test('the environment, arguments and exit codes are read in one place', () => {
  const elsewhere = code.filter(
    (path) =>
      path.startsWith('src/') && path !== 'src/cli/main.ts' && /process\.(env|argv|exitCode|exit\b)/.test(read(path)),
  );
  expect(elsewhere).toEqual([]);
});

test('the clock and chance come in from one place', () => {
  const own = /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|random(UUID|Bytes|Int)|set(Timeout|Interval))\b/;
  // The emulator is a world of its own. Sockets are given up by their own time-outs, whatever the clock shows.
  const exceptions = ['src/cli/system.ts', 'src/emulator/', 'src/http/bind.ts', 'src/store/redis-connection.ts'];
  const elsewhere = code.filter(
    (path) => path.startsWith('src/') && !exceptions.some((each) => path.startsWith(each)) && own.test(read(path)),
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
  const all = [...new Set(files.map((path) => dirname(path)))];
  const parents = new Set(
    all.flatMap((path) => path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))),
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
  for (const [path, text] of await generatedTexts()) expect(read(path), path).toBe(text);
});

test('nothing reads what lies outside the project', () => {
  expect(files.filter((path) => path !== 'test/project/layout.test.ts' && read(path).includes('../shared/'))).toEqual(
    [],
  );
});
