import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Connection, connect, peers } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, type HttpPeer, httpPeers } from '../support/connect-http.js';
import { approverWith, tokensFor } from '../support/people.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

/** The number of calls of one caller that may wait. */
const most = 20;
const nameOf = (peer: HttpPeer) => peer.replaceAll(' ', '-');
const callers = Object.fromEntries(httpPeers.map((peer) => [nameOf(peer), {}]));
const { env: people, tokens } = tokensFor<string>({
  ...callers,
  guest: {},
  reviewer: { scopes: ['pgfleet:read', 'pgfleet:approve'] },
});
const env = { PGFLEET_CONFIRM: 'human' };

let fleet: Fleet;
let server: HttpServer;
let dbInstanceId: string;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
  server = await startHttp({ fleet, env: { ...people, ...env }, end });
  const { call } = await connectHttp({ url: server.url, token: tokens['guest'], end });
  dbInstanceId = (await instanceNamed(call, 'staging')).dbInstanceId;
});

beforeEach(() => {
  fleet.sent.length = 0;
});

type Call = Connection['call'];

const rights = { dbPassword: 'a-password', authorityType: 'READ' };

const createUser = (call: Call, number: number) =>
  call('nhn_create_db_user', { dbInstanceId, dbUserName: `user_${number}`, ...rights });

/** Makes as many calls as may wait, and one more, which is refused. Returns the ids of those that wait. */
async function fill(call: Call): Promise<string[]> {
  const answers = [];
  for (let number = 0; number < most; number += 1) answers.push(await createUser(call, number));
  for (const { data, text } of answers) expect(data['status'], text).toBe('approval_pending');
  const late = await createUser(call, most);
  expect(late).toMatchObject({
    isError: true,
    text: expect.stringMatching(/20 calls of .* wait for a person already.* Nothing was sent\..*\/approvals/),
  });
  // The same call as one that waits is no other one.
  const again = await createUser(call, 0);
  expect(again.data['approval_id']).toBe(answers[0]?.data['approval_id']);
  expect(fleet.changes()).toEqual([]);
  return answers.map(({ data }) => String(data['approval_id']));
}

describe.each(httpPeers)('a caller by a client of the kind %s', (peer) => {
  test('has at most 20 calls that wait for a person, until one is decided on', async () => {
    const token = tokens[nameOf(peer)] ?? '';
    const { call } = await connectHttp({ url: server.url, peer, token });
    const [first = '', second = ''] = await fill(call);
    const guest = await connectHttp({ url: server.url, token: tokens['guest'] });
    const others = await createUser(guest.call, httpPeers.indexOf(peer));
    expect(others.data['status']).toBe('approval_pending');

    const reviewer = approverWith(server.url, tokens['reviewer'] ?? '');
    await reviewer.refuse(first);
    expect((await createUser(call, most)).data['status']).toBe('approval_pending');
    expect((await createUser(call, most + 1)).isError).toBe(true);
    await reviewer.approve(second);
    expect((await createUser(call, most + 1)).data['status']).toBe('approval_pending');
  });
});

test.each(peers)('over stdio too, a client of the kind %s has at most 20 calls that wait', async (peer) => {
  const { call, audit } = await connect({ peer, fleet, env });
  await fill(call);
  expect(audit().at(-1)).toMatchObject({ event: 'refused', outcome: expect.stringContaining('denied') });
});
