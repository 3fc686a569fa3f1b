import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';

test('without the package that makes pictures, the numbers come with what to install', async () => {
  // Away from the packages of this project, none but those within the bundle are found.
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-alone-'));
  cpSync('dist', join(folder, 'dist'), { recursive: true });
  cpSync('package.json', join(folder, 'package.json'));
  const client = new Client({ name: 'test', version: '1.0.0' });
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const args = [join(folder, 'dist/main.js'), '--sandbox'];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, cwd: folder, env }));
  onTestFinished(() => client.close());
  const answer = await client.callTool({
    name: 'fleet_get_metrics',
    arguments: { instance: 'orders-replica', metrics: ['cpu'], picture: true },
  });
  const { content, structuredContent } = answer as { content: { type: string }[]; structuredContent: object };
  expect(content.map(({ type }) => type)).toEqual(['text', 'text']);
  expect(JSON.stringify(content)).toMatch(/cpu \(%\): \d+ values.*npm install @resvg\/resvg-js/);
  expect(structuredContent).toMatchObject({ more: expect.stringContaining('@resvg/resvg-js') });
}, 60_000);
