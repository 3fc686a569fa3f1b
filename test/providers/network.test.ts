import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../src/cli/system.js';
import { openNetwork, wireLimits } from '../../src/providers/wire/network.js';
import { retrying } from '../../src/providers/wire/retrying.js';
import { turningClock } from '../support/clock.js';

test('a connection that does not come about in time is not tried again', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    // It never says hello, as one behind a firewall that drops everything.
    onTestFinished(() => void socket.destroy());
  });
  onTestFinished(() => void server.close());
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  const { send } = openNetwork({ limits: { ...wireLimits, connectMilliseconds: 50 } });
  const trying = retrying(send, { clock: turningClock(), random: systemRandom });
  const request = { method: 'GET', url: `https://127.0.0.1:${port}/`, headers: {}, repeatable: true };
  await expect(trying(request)).rejects.toMatchObject({ failure: 'timeout', sent: false });
  expect(connections).toBe(1);
});
