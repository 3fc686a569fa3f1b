import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';
import { identity } from '../../src/server/identity/identity.js';

const run = promisify(execFile);

interface Packed {
  filename: string;
  files: { path: string }[];
}

async function pack(folder: string): Promise<Packed> {
  // Without `prepack`: the bundle is there, and building it anew would take it from under the other tests.
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  const [packed] = JSON.parse(stdout) as Packed[];
  if (!packed) throw new Error('npm packed nothing.');
  return packed;
}

/** What a package has beside what runs. */
const around = ['CHANGELOG.md', 'LICENSE', 'README.md', 'THIRD-PARTY-NOTICES', 'package.json'];

test('the package holds what runs and nothing else, and its tarball starts in an empty folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-package-'));
  const { filename, files } = await pack(folder);
  const paths = files.map(({ path }) => path);
  expect(paths.filter((path) => !path.startsWith('dist/')).toSorted()).toEqual(around);
  expect(paths).toContain('dist/main.js');

  const client = new Client({ name: 'test', version: '1.0.0' });
  // With a home of its own npm has nothing in its cache, and what is optional cannot be fetched.
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const args = ['--offline', '-y', `file:${join(folder, filename)}`, '--sandbox'];
  await client.connect(new StdioClientTransport({ command: 'npx', args, cwd: folder, env }));
  onTestFinished(() => client.close());
  const { content } = await client.callTool({ name: 'fleet_overview' });
  expect(JSON.stringify(content)).toContain('nhn available');
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
