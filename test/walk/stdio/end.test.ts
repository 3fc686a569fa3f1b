import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileOf } from '../../config/reading.js';
import { entry } from '../../support/connect.js';
import { freePort } from '../../support/services/redis.js';

/** The built product, whose client holds its stdin. */
function started(env: Record<string, string>): ChildProcessWithoutNullStreams {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-end-'));
  const child = spawn(process.execPath, [entry, '--sandbox', 'nhn'], { env: { HOME: folder, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** The first part of what it says on stderr that has these words. */
async function said(child: ChildProcessWithoutNullStreams, words: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of child.stderr) {
    text += String(chunk);
    const found = words.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  throw new Error(`It ended with: ${text}`);
}

const hello = { jsonrpc: '2.0', id: 1, method: 'initialize' };
const clientInfo = { name: 'test', version: '1' };
const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };

const rules = [{ effect: 'human', tools: ['nhn_delete_db_instance'] }];
const policy = fileOf(`\uFEFF${JSON.stringify({ rules })}`);
/** The settings of a store that does not answer. The key would otherwise be asked of it. */
const nowhere = async () => ({
  PGFLEET_STORE: `redis://127.0.0.1:${await freePort()}`,
  PGFLEET_KEY: Buffer.alloc(32, 7).toString('base64'),
});

const targets = fileOf(
  { targets: { chat: { url: 'https://127.0.0.1:9/hook', shape: 'slack', allow: '127.0.0.1/32' } } },
  'hooks.json',
);

const configurations: [string, () => Promise<Record<string, string>>][] = [
  ['nothing more', async () => ({})],
  ['an approval page', async () => ({ PGFLEET_CONFIRM: 'human' })],
  ['a policy', async () => ({ PGFLEET_POLICY: policy })],
  ['a shared store that does not answer', nowhere],
  ['a watch and targets of events', async () => ({ PGFLEET_WATCH: '1', PGFLEET_HOOKS: targets })],
  ['a connection to a database', async () => ({ PGFLEET_DB_URL_NHN_STAGING: 'postgres://a:b@127.0.0.1:9/orders' })],
];

test.each(configurations)(
  'a server over stdio with %s ends by itself when its client closes the pipe',
  async (_, env) => {
    const child = started(await env());
    child.stdin.write(`${JSON.stringify({ ...hello, params })}\n`);
    await once(child.stdout, 'data');
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

test('it ends although a browser keeps its connection to the approval page', async () => {
  const child = started({ PGFLEET_CONFIRM: 'human' });
  const address = await said(child, /approval page: (http\S+)/);
  expect((await fetch(address)).status).toBe(200);
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('it ends although its client had subscribed to changes', async () => {
  const child = started({});
  const subscribe = { ...hello, id: 2, method: 'resources/subscribe', params: { uri: 'pgfleet://fleet/instances' } };
  for (const frame of [{ ...hello, params }, subscribe]) {
    child.stdin.write(`${JSON.stringify(frame)}\n`);
    expect(JSON.parse(String((await once(child.stdout, 'data'))[0]))).toHaveProperty('result');
  }
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a start that fails after the store was opened ends too', async () => {
  const child = started({ ...(await nowhere()), PGFLEET_PROFILE: 'moon' });
  expect(await once(child, 'exit')).toEqual([2, null]);
});

test('it ends when it is told to, with a shared store too', async () => {
  const child = started(await nowhere());
  child.stdin.write(`${JSON.stringify({ ...hello, params })}\n`);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
