import { once } from 'node:events';
import { connect } from 'node:net';
import type { Client } from '@modelcontextprotocol/client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startFleet } from '../../support/fleet.js';
import { connectHttp, type HttpConnection, httpPeers } from '../support/connect-http.js';
import { startHttp } from '../support/start-http.js';
import { wayTo } from '../support/way-to-fleet.js';

test('calls under way end with their answers before the process does, whatever the client', async () => {
  const way = await wayTo(await startFleet({ providers: ['nhn'] }));
  const server = await startHttp({ fleet: way, process: true });
  const connections = await Promise.all(httpPeers.map(async (peer) => connectHttp({ url: server.url, peer })));
  const health = async () =>
    fetch(`${server.url}/healthz`).then(
      ({ status }) => status,
      () => 'no answer',
    );
  expect(await health()).toBe(200);
  const { carriedOut, release } = way.holdBack(/^GET .*db-instances/);
  const calling = connections.map(({ call }) => call('nhn_list_db_instances'));
  await carriedOut(httpPeers.length);
  server.terminate();
  // Whoever comes now is sent elsewhere.
  await expect.poll(health).toBe(503);
  release();
  for (const { data } of await Promise.all(calling)) expect(data['dbInstances']).not.toEqual([]);
  expect(await server.exited).toBe(0);
  expect(server.stderr()).not.toMatch(/unexpected/i);
});

test('clients that hold sessions and streams do not keep the process alive', async () => {
  const server = await startHttp({ process: true });
  const connections = await Promise.all(httpPeers.map(async (peer) => connectHttp({ url: server.url, peer })));
  await Promise.all(connections.map(({ listTools }) => listTools()));
  const [{ client }] = connections as [HttpConnection];
  await (client as Client).listen({ resourceSubscriptions: ['pgfleet://fleet/instances'] });
  await server.stop();
  expect(await server.exited).toBe(0);
});

test('a connection over which nothing was ever sent does not hold up the end', async () => {
  const server = await startHttp();
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const closed = once(socket, 'close');
  // The server has taken the connection by the time that it answers on another one.
  await once(socket, 'connect');
  await fetch(`${server.url}/healthz`);
  // So that the patience with slow readers never ends.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  await server.stop();
  await closed;
});
