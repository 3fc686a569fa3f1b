import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { realPlaces } from '../../src/observe/real-places.js';

const bundle = new URL('../../dist/main.js', import.meta.url);
const said = '`pgfleet: unexpected';

/** `line:column` of what is said first in a file, counted from 1. */
function placeIn(file: URL, text: string): string {
  const before = readFileSync(file, 'utf8').split(text)[0] ?? '';
  return `${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`;
}

test('a fault names the file that it was written in, not the bundle', () => {
  const inBundle = placeIn(bundle, said);
  const inSource = placeIn(new URL('../../src/cli/main.ts', import.meta.url), said);
  expect(realPlaces(`at run (${bundle.href}:${inBundle})\n at ${bundle.href}:${inBundle}`)).toBe(
    `at run (src/cli/main.ts:${inSource})\n at src/cli/main.ts:${inSource}`,
  );
});

test.each([
  ['a file without a map', `at ${new URL('none.js', bundle).href}:1:1`],
  ['a place that is not in the bundle', 'at file:///srv/app/index.js:1:1'],
  ['a file outside of the bundle', 'at node:internal/process:1:1'],
  ['a host that no file has', 'at file://host%00/dist/main.js:1:1'],
])('%s stays as it is', (_, text) => {
  expect(realPlaces(text)).toBe(text);
});
