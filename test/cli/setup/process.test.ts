import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { emptyFolder, firstAnswer, pack } from '../../project/packages/pack.js';
import { run } from '../../support/raw.js';
import { newHome } from './set-up.js';

test('one command with the tarball is enough for a host to start the sandbox', async () => {
  const folder = emptyFolder();
  const { tarball } = await pack(folder);
  const args = ['--offline', '-y', `file:${tarball}`, 'setup', 'cursor', '--sandbox'];
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const { stdout } = await promisify(execFile)('npx', args, { cwd: folder, env });
  const file = join(folder, '.cursor/mcp.json');
  expect(stdout).toContain(`Wrote ${file}.`);
  // What npx brought may be cleared away, and that is said.
  expect(stdout).toContain('npm install -g');
  const { mcpServers } = JSON.parse(readFileSync(file, 'utf8'));
  expect(await firstAnswer(mcpServers.pgfleet, folder)).toContain('nhn available');
}, 120_000);

test('the process keeps an account in the user’s own folder, and ends with 0', async () => {
  const { home, read } = newHome();
  const keys = ['appKey', 'accessKeyId', 'secretAccessKey'].flatMap((key) => ['--key', `${key}=env:${key}`]);
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    appKey: 'a',
    accessKeyId: 'b',
    secretAccessKey: 'c',
  };
  const args = ['setup', 'codex', '--provider', 'nhn', '--no-check', '--keep', 'file', ...keys];
  expect(await run(args, env)).toMatchObject({ code: 0, stderr: '' });
  const file = read('.codex/config.toml');
  const config = /"--config", "(.+)"/.exec(file)?.[1] ?? '';
  expect(config.startsWith(home)).toBe(true);
  expect(config).toMatch(/pgfleet.*config\.json$/);
  expect(statSync(config).mode & 0o777).toBe(0o600);
});

test('what cannot be set up ends the process with 1, and a fault with 2', async () => {
  const { home, write } = newHome();
  write('.cursor/mcp.json', '[]');
  expect(await run(['setup', 'cursor', '--sandbox'], { HOME: home })).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('was not changed'),
  });
  expect(await run(['setup', 'cursor'], { HOME: home })).toMatchObject({ code: 2, stdout: '' });
});
