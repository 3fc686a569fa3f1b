import { beforeAll, expect, test } from 'vitest';
import { turningClock } from '../../support/clock.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { type HttpPeer, httpPeers } from '../support/connect-http.js';
import { oauthHost } from '../support/oauth-host.js';
import { type OidcIssuer, startOidc } from '../support/oidc.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

let issuer: OidcIssuer;
let fleet: Fleet;
let server: HttpServer;

beforeAll(async () => {
  issuer = await startOidc(end);
  fleet = await startFleet({ providers: ['nhn'], end });
  server = await startHttp({ fleet, env: { PGFLEET_ISSUER: issuer.url }, end });
});

const first = 'pgfleet:read pgfleet:write';
const peersOfMcp = httpPeers.filter((peer) => peer !== 'former SDK over SSE');
const addresses: [HttpPeer, string, string][] = [
  ...peersOfMcp.flatMap((peer): [HttpPeer, string, string][] => [
    [peer, '/mcp', first],
    [peer, '/mcp/x/nhn:instances', first],
    [peer, '/mcp/readonly', 'pgfleet:read'],
  ]),
  ['former SDK over SSE', '/sse', first],
];

test.each(addresses)('a host of the kind %s registers, signs in and calls at %s', async (peer, path, scope) => {
  const host = oauthHost();
  const { call, listTools } = await host.connect({ url: server.url, peer, path });
  expect((await listTools()).length).toBeGreaterThan(0);
  expect(await call('nhn_list_db_instances')).toMatchObject({ isError: false });
  expect(host.visits).toHaveLength(1);
  const asked = host.visits[0]?.searchParams;
  expect(asked?.get('resource')).toBe(`${server.url}${path}`);
  // The newer SDK asks for a token to renew with as well.
  expect(asked?.get('scope')?.replace(' offline_access', '')).toBe(scope);
});

// The former SDK renews its token instead, and a token that is renewed allows no more than before.
test.each(['2026', '2025'] as const)('a host of the kind %s signs in for more when a call needs more', async (peer) => {
  const host = oauthHost({ clientId: issuer.clients.host });
  const at = { url: server.url, peer };
  const { call } = await host.connect(at);
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  expect(host.tokens().scope).toBe(first);
  const restarted = await host.widening(at, () => call('nhn_restart_db_instance', { dbInstanceId }));
  expect(restarted.text).toContain('Nothing was sent yet');
  expect(host.visits).toHaveLength(2);
  expect(new Set(host.tokens().scope.split(' '))).toEqual(new Set([...first.split(' '), 'pgfleet:disruptive']));
});

test.each(httpPeers)('a host of the kind %s that comes back later renews its token without a browser', async (peer) => {
  const clock = turningClock();
  const { url } = await startHttp({ fleet, env: { PGFLEET_ISSUER: issuer.url }, clock });
  const host = oauthHost();
  issuer.tokenSeconds = 60;
  await (await host.connect({ url, peer })).close();
  const before = host.tokens();
  issuer.tokenSeconds = 3_600;
  await clock.pause(300_000);
  const { call } = await host.connect({ url, peer });
  expect(await call('nhn_list_db_instances')).toMatchObject({ isError: false });
  expect(host.visits).toHaveLength(1);
  expect(host.tokens().access).not.toBe(before.access);
  expect(host.tokens().refresh).not.toBe(before.refresh);
});
