import { beforeAll, describe, expect, test } from 'vitest';
import { scenarios } from '../../../src/emulator/core/world.js';
import { type Finding, topics } from '../../../src/fleet/finding.js';
import type { Survey } from '../../../src/fleet/fleet.js';
import { providerNames } from '../../../src/providers/settings.js';
import { fleetInRounds } from './rounds.js';

// What is loaded with its first use is loaded before, so that rounds are those of requests alone.
beforeAll(async () => void (await fleetInRounds().check()));

/** How many reads of one account there are at most at once. */
const most = 16;

const findingsOf = ({ diagnoses }: Survey): Finding[] => diagnoses.flatMap(({ findings }) => [...findings]);

test('a check of the whole fleet takes five round trips, its tokens included, and four once it has them', async () => {
  const { fleet, counted, check } = fleetInRounds();
  const first = await counted(check);
  expect(first.result.diagnoses).toHaveLength(21);
  expect(first.result.missed).toEqual([]);
  expect(first.rounds).toBe(5);
  expect(first.widest).toBe(most);
  expect(first.requests.length).toBeLessThanOrEqual(95);
  expect(new Set(first.requests).size).toBe(first.requests.length);
  await fleet.renew();
  expect((await counted(check)).rounds).toBe(4);
});

test('an instance that is named is diagnosed with its group in four round trips, tokens included', async () => {
  const { fleet: listed } = fleetInRounds();
  const { instances } = await listed.inventory();
  for (const { name, provider } of instances) {
    const { fleet, clock, counted } = fleetInRounds();
    const { rounds } = await counted(async () => {
      const [found] = (await fleet.find(`${provider} ${name}`)).instances;
      if (!found) throw new Error(`There is no ${name}.`);
      const group = await fleet.related(found);
      await Promise.all([fleet.diagnose(found), fleet.examine(group, { until: clock.now() + 40_000 })]);
    });
    expect(rounds, `${provider} ${name}`).toBeLessThanOrEqual(4);
  }
});

test('the whole record of an instance takes three round trips, or four where its list takes more', async () => {
  for (const [provider, name, rounds] of [
    ['nhn', 'orders-primary', 3],
    ['naver', 'shop-orders', 2],
    ['cegedim', 'ordersprod01', 4],
    ['samsung', 'orders', 4],
  ] as const) {
    const { fleet, counted } = fleetInRounds({ providers: [provider] });
    const read = await counted(async () => {
      const [found] = (await fleet.find(name)).instances;
      return fleet.get(found?.reference ?? '');
    });
    expect(read.result.name).toBe(name);
    expect(read.rounds, name).toBe(rounds);
  }
});

describe.each(topics)('the topic %s', (topic) => {
  test.each(scenarios)('finds in %s what a check of everything finds', async (scenario) => {
    const { fleet, check, counted } = fleetInRounds({ scenario });
    const part = await counted(() => check(topic));
    await fleet.renew();
    const whole = await counted(() => check());
    expect(findingsOf(part.result).filter((finding) => finding.topic === topic)).toEqual(
      findingsOf(whole.result).filter((finding) => finding.topic === topic),
    );
    expect(part.requests.length).toBeLessThan(whole.requests.length / 2);
  });
});

/** The requests that only the rules of one topic read, by a part of their paths. */
const own: Record<string, RegExp> = {
  backups: /backup/i,
  exposure: /hba-rules|security-groups|network|UserList/,
  capacity: /metric-statistics|storage-info|nodes/,
};

test.each(Object.entries(own))('what only %s needs, no other topic asks for', async (topic, path) => {
  for (const other of topics.filter((each) => each !== topic)) {
    const { counted, check } = fleetInRounds();
    const { requests } = await counted(() => check(other));
    // Backups tell Samsung's jobs and whose some events of NHN are, cegedim's nodes tell its states, NHN's metrics its
    // lag, and NAVER's list has the newest backups.
    const besides =
      /samsung|cegedim GET .*nodes|REPLICATION_LAG|getCloudPostgresqlBackupList$|BackupList\?|nhn GET .*\/backups\?/;
    expect(requests.filter((request) => path.test(request) && !besides.test(request))).toEqual([]);
  }
});

test.each(providerNames)('the number of requests of %s for another instance', async (provider) => {
  const { counted, check } = fleetInRounds({ providers: [provider] });
  const { requests, result } = await counted(check);
  expect(requests.length / result.diagnoses.length).toBeLessThanOrEqual(
    { nhn: 8.2, samsung: 2.4, naver: 2.4, cegedim: 4.4 }[provider],
  );
});

test('of a large fleet every instance is examined, with fewer requests for each than of a small one', async () => {
  const { counted, check } = fleetInRounds({ copies: 6 });
  const { result, requests, rounds } = await counted(check);
  const references = result.diagnoses.map(({ instance }) => instance.reference);
  expect(new Set(references).size).toBe(6 * 21);
  expect(result.missed).toEqual([]);
  expect(requests.length / references.length).toBeLessThan(4.3);
  // What NHN's 36 take: a token, a list, and their requests as many at once as there may be.
  expect(rounds).toBeLessThanOrEqual(2 + Math.ceil((36 * 8) / most));
});

test('a provider that is asked too much is asked less at once, and soon as much as ever', async () => {
  let refused = 0;
  const { fleet, check, counted } = fleetInRounds({
    providers: ['nhn'],
    between: (send) => async (request, signal) => {
      if (refused === 0) return send(request, signal);
      refused -= 1;
      return { status: 429, headers: { 'retry-after': '100' }, body: '' };
    },
  });
  await check();
  refused = 1;
  await fleet.renew();
  expect((await fleet.inventory()).failures).toMatchObject([{ provider: 'nhn', isBusy: true }]);
  await fleet.renew();
  expect((await counted(check)).widest).toBeLessThan(most - 4);
  await fleet.renew();
  await check();
  await fleet.renew();
  expect((await counted(check)).widest).toBe(most);
});
