import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFacts } from '../../src/docs/packages/index.js';
import { packageSpec } from '../../src/docs/packages/start.js';
import { linksOf, read, root } from './documents.js';

const spec = packageSpec((await packageFacts()).version);

const hosts = readdirSync(join(root, 'docs/hosts')).filter((name) => name !== 'README.md');

/** What can be copied from a page, with the blocks that are lists of entries. */
const copied = (page: string): string => [...page.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].join('\n');

test('every host has its page in the list', () =>
  expect(
    linksOf(read('docs/hosts/README.md'))
      .filter((link) => hosts.includes(link))
      .toSorted(),
  ).toEqual(hosts.toSorted()));

test.each(hosts)('%s tells both ways to reach a server, and whether they were tried', (name) => {
  const page = read(`docs/hosts/${name}`);
  expect(copied(page)).toContain(spec);
  expect(copied(page)).toContain('http://127.0.0.1:8765/mcp');
  expect(page).toMatch(/^# .+\n\n(?:.+\n)*(?:Not tried here|.*Tried with \d)/);
  expect(page).toContain('## What is particular');
});
