import { expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { type Frame, saying } from '../../support/raw.js';
import { connectHttp } from '../support/connect-http.js';
import { tokensFor } from '../support/people.js';
import { rawHttp } from '../support/raw-http.js';
import { startHttp } from '../support/start-http.js';

const restart = 'nhn_restart_db_instance';
const key = { PGFLEET_KEY: Buffer.alloc(32, 7).toString('base64') };
const { env, tokens } = tokensFor({ oncall: {} });

/** A server, a second one with the same key and no store, as after a restart, and the instance to be restarted. */
async function startTwice() {
  const fleet = await startFleet({ providers: ['nhn'] });
  const start = () => startHttp({ env: { ...env, ...key }, fleet });
  const [first, second] = [await start(), await start()];
  const { call } = await connectHttp({ url: first.url, token: tokens.oncall });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  return { fleet, first, second, dbInstanceId };
}

function expectElsewhere(frame: Frame): void {
  expect(frame.result?.['isError']).toBe(true);
  for (const words of ['by another process', 'PGFLEET_STORE', 'Nothing was sent', 'call the tool again'])
    expect(saying(frame)).toContain(words);
}

test.each(['2026', '2025'] as const)('without a store, a token of %s counts only where it was made', async (era) => {
  const { fleet, first, second, dbInstanceId } = await startTwice();
  const as = (url: string) => rawHttp({ url, era, token: tokens.oncall, capabilities: {} });
  const [there, here] = [await as(first.url), await as(second.url)];
  const tokenOf = async () => {
    const { result } = await there.call(restart, { dbInstanceId });
    const data = result?.['structuredContent'] as Record<string, unknown>;
    return { confirmation_token: data['confirmation_token'] };
  };
  const [used, unused] = [await tokenOf(), await tokenOf()];
  expect((await there.call('confirm_operation', used)).result?.['isError']).toBeUndefined();
  fleet.world.advance(3_600_000);
  for (const token of [used, unused]) expectElsewhere(await here.call('confirm_operation', token));
  expect(fleet.changes()).toHaveLength(1);

  // The one that was not used still counts where it was made.
  expect((await there.call('confirm_operation', unused)).result?.['isError']).toBeUndefined();
  expect(fleet.changes()).toHaveLength(2);
});

test('without a store, the yes to a form counts only where it was asked for', async () => {
  const { fleet, first, second, dbInstanceId } = await startTwice();
  const [there, here] = [
    await rawHttp({ url: first.url, token: tokens.oncall }),
    await rawHttp({ url: second.url, token: tokens.oncall }),
  ];
  const { result } = await there.call(restart, { dbInstanceId });
  const inputResponses = { confirm: { action: 'accept', content: { confirm: true } } };
  const yes = { inputResponses, requestState: result?.['requestState'] };
  expectElsewhere(await here.call(restart, { dbInstanceId }, yes));
  expect(fleet.changes()).toEqual([]);
  expect((await there.call(restart, { dbInstanceId }, yes)).result?.['isError']).toBeUndefined();
  expectElsewhere(await here.call(restart, { dbInstanceId }, yes));
  expect(fleet.changes()).toHaveLength(1);
});

test('over stdio too, what was confirmed before a restart is refused with the same sentence', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const [before, after] = [await connect({ fleet, env: key }), await connect({ fleet, env: key })];
  const { dbInstanceId } = await instanceNamed(before.call, 'analytics');
  const { data } = await before.call(restart, { dbInstanceId });
  const token = { confirmation_token: data['confirmation_token'] };
  expect((await after.call('confirm_operation', token)).text).toContain('by another process');
  expect(fleet.changes()).toEqual([]);
});
