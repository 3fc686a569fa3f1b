import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { identity } from '../../../src/server/identity/identity.js';
import { emptyFolder, firstAnswer, pack } from './pack.js';

/** What a package has beside what runs. */
const around = [
  '.claude-plugin/icon.png',
  '.claude-plugin/marketplace.json',
  '.claude-plugin/plugin.json',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'THIRD-PARTY-NOTICES',
  'gemini-extension.json',
  'package.json',
];

test('the package holds what runs and nothing else, and its tarball starts in an empty folder', async () => {
  const folder = emptyFolder();
  const { tarball, paths } = await pack(folder);
  expect(paths.filter((path) => !/^(dist|skills)\//.test(path)).toSorted()).toEqual(around);
  expect(paths).toContain('dist/main.js');
  // In a home of its own npm has nothing in its cache, and what is optional cannot be fetched.
  const args = ['--offline', '-y', `file:${tarball}`, '--sandbox'];
  expect(await firstAnswer({ command: 'npx', args }, folder)).toContain('nhn available');
}, 60_000);

test('package.json says of the package what everything else says', () => {
  const { packageName: name, description, mcpName, websiteUrl: homepage, repository } = identity;
  expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({
    name,
    description,
    mcpName,
    ...(homepage !== undefined && { homepage }),
    ...(repository && { repository: { type: 'git', url: `git+${repository.url}.git` } }),
  });
});

test('the licences and notices of all that is bundled come with it', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const notices = readFileSync('THIRD-PARTY-NOTICES', 'utf8');
  for (const name of ['zod', 'undici', 'hono', 'jose', '@modelcontextprotocol/server'])
    expect(notices).toContain(`${name} ${devDependencies[name]}\n`);
  expect(notices).not.toContain('undefined');
  // The Apache licence wants the notices of a work handed on beside it.
  expect(notices).toContain('Apache ECharts\nCopyright');
});
