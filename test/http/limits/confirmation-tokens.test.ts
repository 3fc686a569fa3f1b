import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handClock } from '../../support/clock.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, type HttpConnection, httpPeers } from '../support/connect-http.js';
import { tokensFor } from '../support/people.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();
const clock = handClock();
const { env, tokens } = tokensFor({ oncall: {}, guest: {} });
const restart = 'nhn_restart_db_instance';

let fleet: Fleet;
let server: HttpServer;
let dbInstanceId: string;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
  server = await startHttp({ fleet, env: { ...env, PGFLEET_CALLS_PER_SECOND: '10000' }, clock, end });
  const { call } = await connectHttp({ url: server.url, token: tokens.oncall, end });
  ({ dbInstanceId } = await instanceNamed(call, 'analytics'));
});

beforeEach(async () => {
  fleet.world.advance(600_000);
  fleet.sent.length = 0;
  await clock.turn(60_000);
});

async function tokenOf({ call }: HttpConnection): Promise<{ confirmation_token: string }> {
  const { data } = await call(restart, { dbInstanceId });
  const { confirmation_token } = data;
  expect(confirmation_token).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
  return { confirmation_token: String(confirmation_token) };
}

const wrong = { confirmation_token: '0000000000' };

describe.each(httpPeers)('a client of the kind %s', (peer) => {
  const as = (name: keyof typeof tokens) => connectHttp({ url: server.url, peer, token: tokens[name] });

  test('waits after ten wrong tokens within a minute, while others go on', async () => {
    const [oncall, guest] = [await as('oncall'), await as('guest')];
    const [mine, theirs] = [await tokenOf(oncall), await tokenOf(guest)];
    for (let tries = 0; tries < 10; tries += 1) {
      const { isError, text } = await oncall.call('confirm_operation', wrong);
      expect([isError, text]).toEqual([true, expect.stringContaining('no such confirmation')]);
    }
    const refused = await oncall.call('confirm_operation', mine);
    expect([refused.isError, refused.text]).toEqual([true, expect.stringContaining('Wait a minute')]);
    expect(fleet.changes()).toEqual([]);
    expect((await guest.call('confirm_operation', theirs)).isError).toBe(false);
    fleet.world.advance(600_000);
    await clock.turn(60_000);
    expect((await oncall.call('confirm_operation', mine)).isError).toBe(false);
    expect(fleet.changes()).toHaveLength(2);
  });
});

const withSessions = httpPeers.filter((peer) => peer !== '2026');

test.each(withSessions)('a token of one session of %s counts in no other of the same caller', async (peer) => {
  const as = () => connectHttp({ url: server.url, peer, token: tokens.oncall });
  const [one, other] = [await as(), await as()];
  const token = await tokenOf(one);
  const refused = await other.call('confirm_operation', token);
  expect([refused.isError, refused.text]).toEqual([true, expect.stringContaining('in another session')]);
  expect(fleet.changes()).toEqual([]);
  expect((await one.call('confirm_operation', token)).isError).toBe(false);
  expect(fleet.changes()).toHaveLength(1);
});
