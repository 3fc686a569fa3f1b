import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aiCatalog, serverCard } from '../../../src/server/identity/server-card.js';
import { connectHttp } from '../support/connect-http.js';
import { rawHttp } from '../support/raw-http.js';
import { startHttp } from '../support/start-http.js';

const token = 'a-token-of-somebody';

/** A server that takes this token alone. */
function startClosed() {
  const file = join(mkdtempSync(join(tmpdir(), 'pgfleet-card-')), 'tokens.json');
  const sha256 = createHash('sha256').update(token).digest('hex');
  writeFileSync(file, JSON.stringify({ tokens: [{ name: 'one', sha256, scopes: ['pgfleet:read'] }] }), { mode: 0o600 });
  return startHttp({ env: { PGFLEET_TOKENS_FILE: file } });
}

const fromAnyPage = { origin: 'https://catalogue.example' };

interface Document {
  name: string;
  description: string;
  entries: { type: string; url: string }[];
  remotes: { supportedProtocolVersions: string[]; headers?: unknown }[];
}

async function got(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  expect(response.status).toBe(200);
  return { headers: response.headers, body: (await response.json()) as Document };
}

test('a host that knows nothing but the address finds the server, and what it needs to connect', async () => {
  const { url } = await startClosed();
  const catalogue = await got(`${url}/.well-known/ai-catalog.json`, fromAnyPage);
  expect(catalogue.headers.get('content-type')).toBe('application/ai-catalog+json');
  const [entry = { type: '', url: '' }] = catalogue.body.entries;
  expect(entry).toEqual({
    identifier: 'urn:air:example.com:mcp:pgfleet',
    displayName: 'pgfleet',
    type: 'application/mcp-server-card+json',
    url: `${url}/mcp/server-card`,
  });
  const card = await got(entry.url, { ...fromAnyPage, accept: entry.type });
  expect(card.headers.get('content-type')).toBe(entry.type);
  expect(card.headers.get('access-control-allow-origin')).toBe('*');
  const [remote] = card.body.remotes;
  expect(remote).toMatchObject({
    url: `${url}/mcp`,
    headers: [{ name: 'Authorization', isRequired: true, isSecret: true }],
  });

  const { client } = await connectHttp({ url, token });
  const { name, ...said } = client.getServerVersion() ?? { name: '' };
  expect(card.body).toMatchObject(said);
  expect(card.body.name).toMatch(new RegExp(`^[a-z0-9.-]+/${name}$`));
  expect(card.body.description.length).toBeLessThanOrEqual(100);
});

/** The revision that the server answers with when a client of the older era asks for one. */
async function agreedOn(url: string, revision: string): Promise<string | undefined> {
  const params = { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const response = await fetch(`${url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }),
  });
  return /"protocolVersion":"([^"]*)"/.exec(await response.text())?.[1];
}

test('the card names the revisions of the protocol that are served', async () => {
  const { url } = await startHttp();
  const { body } = await got(`${url}/mcp/server-card`);
  const [{ supportedProtocolVersions, headers } = { supportedProtocolVersions: [] }] = body.remotes;
  expect(headers).toBeUndefined();
  const { frame } = await (await rawHttp({ url })).request('server/discover');
  const older = await Promise.all(
    supportedProtocolVersions.slice(1).map((revision: string) => agreedOn(url, revision)),
  );
  expect([frame.result?.['supportedVersions'], older].flat()).toEqual(supportedProtocolVersions);
});

test('a card that has not changed is not sent again', async () => {
  const { url } = await startHttp();
  const { headers } = await got(`${url}/mcp/server-card`);
  expect(headers.get('cache-control')).toBe('public, max-age=3600');
  const again = await fetch(`${url}/mcp/server-card`, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
});

test('without sign-in, the page of a stranger does not find the server', async () => {
  const { url } = await startHttp();
  for (const path of ['/mcp/server-card', '/.well-known/ai-catalog.json'])
    expect((await fetch(`${url}${path}`, { headers: fromAnyPage })).status).toBe(403);
});

test('addresses that are set when it is published stand in the card and in the catalogue', () => {
  const who = {
    packageName: 'pgfleet',
    title: 'pgfleet',
    author: '',
    description: '',
    mcpName: 'io.github.somebody/pgfleet',
    isPublished: true,
    websiteUrl: 'https://pgfleet.example',
    repository: { url: 'https://code.example/pgfleet', source: 'gitea' },
  };
  const card = serverCard({ version: '1.0.0', url: 'https://mcp.example/mcp', needsStaticToken: false }, who);
  expect(card).toMatchObject({
    name: who.mcpName,
    websiteUrl: who.websiteUrl,
    repository: who.repository,
  });
  expect(aiCatalog('https://mcp.example/mcp/server-card', who).entries).toMatchObject([
    { identifier: 'urn:air:somebody.github.io:mcp:pgfleet' },
  ]);
});
