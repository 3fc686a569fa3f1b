import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isGuarded } from '../../../src/define/index.js';
import { boardTools, boardUri } from '../../../src/define/presentation.js';
import { connect, peers } from '../../support/connect.js';
import { catalog } from '../../support/in-process.js';

test.each(peers)('a client of %s learns of the board and reads it', async (peer) => {
  const { client } = await connect({ peer });
  expect(client.getServerCapabilities()).toMatchObject({ extensions: { 'io.modelcontextprotocol/ui': {} } });
  const { contents } = await client.readResource({ uri: boardUri });
  expect(contents).toHaveLength(1);
  expect(contents[0]).toMatchObject({
    uri: boardUri,
    mimeType: 'text/html;profile=mcp-app',
    // Nothing is loaded from elsewhere, and nothing is sent anywhere.
    _meta: { ui: { csp: { connectDomains: [], resourceDomains: [] } } },
    text: expect.stringMatching(/^<!doctype html>/),
  });
  const html = (contents[0] as { text: string }).text;
  expect(html).toMatch(
    /content="default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'/,
  );
  expect(html).toContain("require-trusted-types-for 'script'");
  expect(html).not.toMatch(/<(link|img|iframe|script src)/);
});

test('the board is shown with what it can show, and calls only what reads', async () => {
  const entries = await catalog();
  const shown = entries.filter(({ _meta }) => _meta.ui?.resourceUri === boardUri).map(({ name }) => name);
  const guarded = entries.filter(({ risk, name }) => isGuarded(risk) && name !== 'confirm_operation');
  const looks = ['fleet_overview', 'fleet_get_instance', 'fleet_diagnose_instance', 'fleet_check'];
  expect(new Set(shown)).toEqual(new Set([...looks, ...guarded.map(({ name }) => name)]));
  for (const tool of boardTools)
    expect(entries.find(({ name }) => name === tool)?.annotations.readOnlyHint, tool).toBe(true);
});

test('the server carries nothing of the board in its own code', () => {
  const dist = join(import.meta.dirname, '../../../dist');
  const scripts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(5);
  expect(scripts.filter((path) => readFileSync(join(dist, path), 'utf8').includes('ui/notifications/'))).toEqual([]);
});

test('no App may confirm, nor run what was not declared for it', async () => {
  const forModelAlone = (await catalog()).filter(({ _meta }) => _meta.ui?.visibility?.join() === 'model');
  expect(forModelAlone.map(({ name }) => name)).toEqual(['run_operation', 'confirm_operation']);
});
