import { beforeAll, expect, test } from 'vitest';
import { RefusedError } from '../../../src/call/errors.js';
import { changeMarks } from '../../../src/store/change-marks.js';
import { inMemory } from '../../../src/store/memory.js';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { failuresIn } from '../reader.js';
import { fleetInRounds } from './rounds.js';

// What is loaded with its first use is loaded before, so that it takes no time of a look.
beforeAll(async () => void (await fleetInRounds().check()));

test('a second look within the minute sends nothing, whatever it asks', async () => {
  const { fleet, clock, check, counted } = fleetInRounds();
  const { diagnoses } = await check();
  await clock.turn(50_000);
  const again = await counted(check);
  expect(again.result.diagnoses).toEqual(diagnoses);
  expect(again.requests).toEqual([]);
  const others = await counted(async () => {
    await fleet.attention();
    const [found] = (await fleet.find('analytics')).instances;
    if (found) await fleet.diagnose(found);
  });
  expect(others.requests).toEqual([]);
  await clock.turn(20_000);
  expect((await counted(check)).requests.length).toBeGreaterThan(80);
});

test('where something is, is not told from what a minute ago was known', async () => {
  const { fleet, clock, check, counted } = fleetInRounds({ providers: ['naver'] });
  await check();
  const [instance] = (await fleet.inventory()).instances;
  await clock.turn(4_000);
  expect((await counted(() => fleet.locate('naver', [instance?.id ?? ''], false))).requests).not.toEqual([]);
});

test('what could not be read is read again', async () => {
  const { emulator, check, counted } = fleetInRounds({ providers: ['naver'] });
  const users = 'GET /vpostgresql/v2/getCloudPostgresqlUserList';
  emulator.faults.add({ on: users, kind: 'status', value: 400, times: 1 });
  const first = await check();
  expect(first.diagnoses.flatMap(failuresIn)).toHaveLength(1);
  const again = await counted(check);
  expect(again.requests).toEqual([expect.stringContaining('getCloudPostgresqlUserList')]);
  expect(again.result.diagnoses.flatMap(failuresIn)).toEqual([]);
});

test('a change drops what every replica knows of its account, and of no other', async () => {
  const store = inMemory(Date.now);
  const replica = () => {
    const marks = changeMarks({ store, now: Date.now, newId: () => crypto.randomUUID(), log: () => undefined });
    return { marks, ...fleetInRounds({ providers: ['nhn', 'naver'], lastChange: marks.last }) };
  };
  const [one, other] = [replica(), replica()];
  await Promise.all([one.check(), other.check()]);
  await one.marks.note('nhn');
  for (const { check, counted } of [one, other]) {
    const { requests } = await counted(check);
    expect(new Set(requests.map((request) => request.split(' ')[0]))).toEqual(new Set(['nhn']));
  }
});

test('while nobody can tell what was changed, only the last seconds count', async () => {
  let isAway = false;
  const { clock, check, counted } = fleetInRounds({
    providers: ['naver'],
    lastChange: async () => {
      if (isAway) throw new Error('The store is away.');
      return '';
    },
  });
  await check();
  isAway = true;
  expect((await counted(check)).requests).toEqual([]);
  await clock.turn(4_000);
  expect((await counted(check)).requests).not.toEqual([]);
});

test('a change that could not be noted is noted before anything is shown', async () => {
  const memory = inMemory(Date.now);
  const log: string[] = [];
  let isAway = true;
  const store = {
    ...memory,
    get: async (collection: string, id: string) => {
      if (isAway) throw new Error('The store is away.');
      return memory.get(collection, id);
    },
  };
  const marks = changeMarks({ store, now: Date.now, newId: () => 'one', log: (line) => log.push(line) });
  await marks.note('nhn');
  expect(log).toEqual(['A change of nhn was not noted yet: Error: The store is away.']);
  await expect(marks.last('nhn')).rejects.toThrow('The store is away.');
  isAway = false;
  expect(await marks.last('nhn')).toBe('one');
});

test('who may not read an instance does not see it in what others have read', async () => {
  const { fleet, clock, check, counted } = fleetInRounds({ providers: ['nhn'] });
  await check();
  const refusal = new RefusedError('denied', 'It is not yours.');
  const readable = fleet.readableBy(async ({ instances }) =>
    (await instances()).names.includes('orders-standby') ? refusal : undefined,
  );
  const { requests, result } = await counted(() => readable.survey(new Set(['nhn']), { until: clock.now() + 40_000 }));
  const text = JSON.stringify(result);
  expect(result.inventory.denied).toEqual([{ provider: 'nhn', count: 1 }]);
  expect(result.diagnoses.map(({ instance }) => instance.name)).not.toContain('orders-standby');
  expect(text).not.toContain('"name":"orders-standby"');
  // The lists are known already. What may name others of the group is made anew.
  expect(requests.filter((request) => /db-instances$|backups|events/.test(request))).toEqual([]);
});

test('the age of what is known is told, fresh goes past it, and so does a change', async () => {
  const fleet = await startFleet({ providers: ['nhn', 'naver'] });
  const { call } = await connect({ fleet, answer: 'yes', args: ['--profile', 'full'] });
  const ages: unknown[] = [];
  const sentBy = async (name: string, args: Record<string, unknown> = {}) => {
    const before = fleet.sent.length;
    const { text, data, isError } = await call(name, args);
    expect(isError, text).toBe(false);
    ages.push(data['ageSeconds']);
    expect(/This was read \d+ seconds? ago; with fresh: true it is read again\./.test(text)).toBe('ageSeconds' in data);
    return fleet.sent.slice(before);
  };
  expect(await sentBy('fleet_check')).not.toEqual([]);
  for (const [name, args] of [
    ['fleet_check', {}],
    ['fleet_check', { topic: 'exposure' }],
    ['fleet_overview', {}],
    ['fleet_diagnose_instance', { instance: 'analytics' }],
  ] as const)
    expect(await sentBy(name, args), name).toEqual([]);
  expect(ages).toEqual([undefined, ...Array(4).fill(expect.any(Number))]);
  for (const [name, args] of [
    ['fleet_check', {}],
    ['fleet_overview', {}],
    ['fleet_get_instance', { instance: 'analytics' }],
    ['fleet_diagnose_instance', { instance: 'analytics' }],
  ] as const)
    expect(await sentBy(name, { ...args, fresh: true }), name).not.toEqual([]);
  expect(ages.slice(5)).toEqual(Array(4).fill(undefined));

  const change = { dbInstanceId: 'analytics', useDeletionProtection: false };
  expect((await call('nhn_modify_deletion_protection', change)).isError).toBe(false);
  const paths = await sentBy('fleet_overview');
  expect(paths).toEqual(['GET /v1.0/db-instances']);
});
