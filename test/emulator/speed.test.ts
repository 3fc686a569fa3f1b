import { expect, test } from 'vitest';
import { systemClock } from '../../src/cli/system.js';
import { createWorld } from '../../src/emulator/core/world.js';
import type { ProviderName } from '../../src/providers/settings.js';
import type { Clock } from '../../src/values/clock.js';
import { textAt } from '../../src/values/json-path.js';
import { connect } from '../support/connect.js';
import { type Fleet, startFleet } from '../support/fleet.js';
import { instanceNamed } from '../support/nhn.js';
import { calls } from '../walk/providers/calls.js';

/** Work of an hour is done in a few milliseconds. */
const speed = 1_000_000;

const connectTo = (fleet: Fleet) => connect({ fleet, env: { PGFLEET_CONFIRM: 'off' }, clock: systemClock });

/** Asks until the answer is as wanted; the file's time limit ends what never is. */
async function until<Answer>(ask: () => Promise<Answer>, isWanted: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
  }
}

test('the clock stays that of clients while work goes fast', async () => {
  const world = createWorld({ speed });
  const done: number[] = [];
  world.later(3_600_000, () => done.push(world.now()));
  world.at(Date.now() + 3_600_000, () => done.push(Infinity));
  while (done.length === 0) {
    await new Promise(setImmediate);
    world.settle();
  }
  expect(Math.max(...done)).toBeLessThanOrEqual(Date.now());
});

test('the events of fast work are found, since they lie in the past', async () => {
  const fleet = await startFleet({ providers: ['nhn'], speed });
  const { call } = await connectTo(fleet);
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  expect((await call('nhn_restart_db_instance', { dbInstanceId })).isError).toBe(false);
  await until(
    () => call('nhn_get_db_instance', { dbInstanceId }),
    ({ data }) => data['progressStatus'] === 'NONE',
  );
  const { text } = await call('fleet_list_events', { instance: `nhn:${dbInstanceId}` });
  expect(text).toContain('The DB instance ended.');
  expect(text).toContain('The DB instance runs.');
});

const changes: Record<ProviderName, readonly [change: [string, object], reads: readonly string[]]> = {
  nhn: [
    ['nhn_create_db_security_group', { dbSecurityGroupName: 'fast', rules: [] }],
    ['nhn_list_db_security_groups', 'nhn_list_db_instances'],
  ],
  samsung: [calls.samsung.change, ['samsung_list_clusters']],
  naver: [
    ['naver_create_read_replica', { cloudPostgresqlInstanceNo: '1234925', subnetNo: '5051' }],
    ['naver_list_instances'],
  ],
  cegedim: [calls.cegedim.change, ['cegedim_list_actions', 'cegedim_list_resources']],
};

/** A clock that nothing but pauses move. */
function pausedClock(): Clock {
  let time = Date.now();
  const pause = async (milliseconds: number) => {
    await new Promise((resolve) => setImmediate(resolve));
    time += milliseconds;
  };
  return { ...systemClock, now: () => time, pause };
}

test.each([
  ['the usual speed', [], 10],
  ['ten times the speed', ['--sandbox-speed', '10'], 1],
])('at %s, a change at NAVER without a sign is done in its time, and a yes holds as long', async (_, more, seconds) => {
  const clock = pausedClock();
  const args = ['--sandbox', 'naver', '--profile', 'full', ...more];
  const { call } = await connect({ args, clock });
  const instance = { cloudPostgresqlInstanceNo: '1234925' };
  const started = await call('naver_add_databases', {
    ...instance,
    cloudPostgresqlDatabaseList: [{ name: 'fast', owner: 'orders_app' }],
  });
  expect(started.isError, started.text).toBe(false);
  const { data } = await call('wait_for_job', { job: textAt(started.data, 'pgfleet.job') });
  expect(data).toMatchObject({ state: 'succeeded' });
  expect(data['waitedSeconds']).toBeGreaterThanOrEqual(seconds);
  // Up to a second passes until the work counts as begun, and as much as the longest pause until the next look.
  expect(data['waitedSeconds']).toBeLessThan(seconds + 6);

  const asked = await call('naver_delete_instance', { cloudPostgresqlInstanceNo: '1235310' });
  const expires = Date.parse(String(asked.data['expires_at']));
  expect(expires).toBe(Math.floor(clock.now() / 1000 + 600) * 1000);
  const other = await call('naver_delete_instance', { cloudPostgresqlInstanceNo: '1235544' });
  // The service takes no request whose time is five minutes off.
  await clock.pause(240_000);
  const confirmed = await call('confirm_operation', { confirmation_token: asked.data['confirmation_token'] });
  expect(confirmed.isError, confirmed.text).toBe(false);
  await clock.pause(361_000);
  const late = await call('confirm_operation', { confirmation_token: other.data['confirmation_token'] });
  expect(late).toMatchObject({ isError: true, text: expect.stringContaining('expired') });
});

const timesIn = (text: string): number[] =>
  [...text.matchAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)?/g)].map(([time, zone]) =>
    Date.parse(zone ? time : `${time}Z`),
  );

test.each(Object.entries(changes))('%s tells of no time to come, however fast work goes', async (name, told) => {
  const [[change, args], reads] = told;
  const fleet = await startFleet({ providers: [name], speed });
  const { call } = await connectTo(fleet);
  const changed = await call(change, { ...args });
  expect(changed.isError, changed.text).toBe(false);
  const answers = await Promise.all(reads.map((read) => call(read)));
  const times = answers.flatMap(({ data }) => timesIn(JSON.stringify(data)));
  expect(times.length).toBeGreaterThan(0);
  expect(Math.max(...times)).toBeLessThanOrEqual(Date.now());
});
