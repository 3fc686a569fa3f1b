import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';

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

test('the package holds what runs and nothing else, and starts in an empty folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-package-'));
  const { filename, files } = await pack(folder);
  const expected = /^(dist\/|(package\.json|README\.md|LICENSE)$)/;
  expect(files.map(({ path }) => path).filter((path) => !expected.test(path))).toEqual([]);

  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, filename)], { cwd: folder });
  const client = new Client({ name: 'test', version: '1.0.0' });
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  await client.connect(
    new StdioClientTransport({ command: 'npx', args: ['--offline', 'pgfleet', '--sandbox'], cwd: folder, env }),
  );
  onTestFinished(() => client.close());
  const { content } = await client.callTool({ name: 'fleet_overview' });
  expect(JSON.stringify(content)).toContain('nhn available');
}, 60_000);

test('the licences of all that is bundled come with it', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const licences = readFileSync('dist/third-party-licenses.txt', 'utf8');
  for (const name of ['zod', 'undici', 'hono', 'jose', '@modelcontextprotocol/server'])
    expect(licences).toContain(`${name} ${devDependencies[name]}\n`);
  expect(licences).not.toContain('undefined');
});
