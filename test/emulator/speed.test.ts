import { expect, test } from 'vitest';
import { systemClock } from '../../src/cli/system.js';
import { createWorld } from '../../src/emulator/core/world.js';
import type { ProviderName } from '../../src/providers/settings.js';
import { calls } from '../providers-walk/calls.js';
import { connect } from '../support/connect.js';
import { type Fleet, startFleet } from '../support/fleet.js';
import { instanceNamed } from '../support/nhn.js';

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
