import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { connectHttp, httpPeers } from '../support/connect-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

let fleet: Fleet;
let server: HttpServer;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end: afterAll });
  server = await startHttp({ fleet, end: afterAll });
});

test('two hundred clients at once, fifty of each kind, all get their list and their answer', async () => {
  const crowd = Array.from({ length: 200 }, (_, index) => httpPeers[index % httpPeers.length]);
  const answers = await Promise.all(
    crowd.map(async (peer) => {
      const { listTools, call, close } = await connectHttp({ url: server.url, peer });
      const [tools, answer] = await Promise.all([listTools(), call('nhn_list_db_instances')]);
      await close();
      return { tools: tools.length, isError: answer.isError, instances: answer.data['dbInstances'] };
    }),
  );
  const [first] = answers;
  expect(first).toMatchObject({ isError: false, instances: expect.arrayContaining([expect.anything()]) });
  for (const answer of answers) expect(answer).toEqual(first);
  expect(await server.metric('pgfleet_calls_in_flight{provider="nhn"}')).toBe(0);
  expect(server.logged().filter(({ outcome }) => outcome === 'ok')).toHaveLength(200);
  expect(server.logged().filter(({ message }) => message !== 'call')).toEqual([]);
});
