import type { Client } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { connectHttp, type HttpConnection, httpPeers } from '../support/connect-http.js';
import { startHeldFleet } from '../support/held-fleet.js';
import { startHttp } from '../support/start-http.js';

test.each(httpPeers)('a call under way ends with its answer before the process does (%s)', async (peer) => {
  const fleet = await startHeldFleet({ providers: ['nhn'] });
  const server = await startHttp({ fleet });
  const { call } = await connectHttp({ url: server.url, peer });
  const health = async () =>
    fetch(`${server.url}/healthz`).then(
      ({ status }) => status,
      () => 'no answer',
    );
  expect(await health()).toBe(200);
  fleet.hold(/^GET .*db-instances/);
  const calling = call('nhn_list_db_instances');
  await fleet.arrived(1);
  server.terminate();
  // Whoever comes now is sent elsewhere.
  await expect.poll(health).toBe(503);
  fleet.release();
  expect((await calling).data['dbInstances']).not.toEqual([]);
  expect(await server.exited).toBe(0);
  expect(server.stderr()).not.toMatch(/unexpected/i);
});

test('clients that hold sessions and streams do not keep the process alive', async () => {
  const server = await startHttp();
  const connections = await Promise.all(httpPeers.map(async (peer) => connectHttp({ url: server.url, peer })));
  await Promise.all(connections.map(({ listTools }) => listTools()));
  const [{ client }] = connections as [HttpConnection];
  await (client as Client).listen({ resourceSubscriptions: ['pgfleet://fleet/instances'] });
  expect(await server.stop()).toBe(0);
});
