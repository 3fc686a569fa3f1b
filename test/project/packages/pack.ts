import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'pgfleet-package-'));

/** Packs the package as it is built, and gives its tarball with the paths in it. */
export async function pack(folder: string): Promise<{ tarball: string; paths: string[] }> {
  // Without `prepack`: the bundle is there, and building it anew would take it from under the other tests.
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  if (!packed) throw new Error('npm packed nothing.');
  return { tarball: join(folder, packed.filename), paths: packed.files.map(({ path }) => path) };
}

/** Packs the package and unpacks it elsewhere, as somebody does who was given the tarball. */
export async function unpacked(): Promise<string> {
  const folder = emptyFolder();
  const { tarball } = await pack(folder);
  await run('tar', ['-xzf', tarball, '-C', folder]);
  return join(folder, 'package');
}

export interface Started {
  command: string;
  args?: string[];
  env?: Record<string, string>;
}

/** Starts what a host would start, in a home of its own, and asks the first question. */
export async function firstAnswer({ command, args, env }: Started, cwd: string): Promise<string> {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const own = { PATH: process.env['PATH'] ?? '', HOME: emptyFolder() };
  await client.connect(new StdioClientTransport({ command, args, cwd, env: { ...own, ...env } }));
  onTestFinished(() => client.close());
  const { content } = await client.callTool({ name: 'fleet_overview' });
  return JSON.stringify(content);
}
