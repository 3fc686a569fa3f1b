import { expect, test } from 'vitest';
import type { Read } from '../../../src/fleet/adapter.js';
import { nhnAdapter } from '../../../src/fleet/adapters/nhn.js';
import { diagnose } from '../../../src/fleet/diagnose.js';
import { rules } from '../../../src/fleet/rules/index.js';
import { type Values } from '../../../src/values/values.js';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { observedIn, readerOn } from '../reader.js';
import { findingsOf } from '../walk/telling.js';

/** What is found to be wrong with an instance, through the front door. */
async function rulesFor(call: Awaited<ReturnType<typeof connect>>['call'], id: string): Promise<string[]> {
  const { data } = await call('fleet_diagnose_instance', { instance: `nhn:${id}` });
  return findingsOf({ data }).map(({ rule }) => rule);
}

test('high availability that somebody has paused is found, and not before', async () => {
  const fleet = await startFleet({ providers: ['nhn'], speed: 1 });
  const { call } = await connect({ fleet, env: { PGFLEET_CONFIRM: 'off' } });
  const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
  expect(await rulesFor(call, dbInstanceId)).not.toContain('high-availability-paused');
  expect((await call('nhn_pause_high_availability', { dbInstanceId })).isError).toBe(false);
  fleet.world.advance(60_000);
  expect(await rulesFor(call, dbInstanceId)).toContain('high-availability-paused');
});

test('a job that never ends is found once it has run for long', async () => {
  const on = 'POST /v1.0/db-instances/:dbInstanceId/backup';
  // The work began hours ago on the emulated clock, which then stands where the real one does.
  const start = Date.now() - 5 * 3_600_000;
  const fleet = await startFleet({ providers: ['nhn'], speed: 0, start, faults: [{ on, kind: 'stuck-job' }] });
  const { call } = await connect({ fleet, env: { PGFLEET_CONFIRM: 'off' } });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  expect((await call('nhn_backup_db_instance', { dbInstanceId, backupName: 'by-hand' })).isError).toBe(false);
  fleet.world.advance(5 * 3_600_000);
  expect(await rulesFor(call, dbInstanceId)).toContain('job-stuck');
});

const said = (field: string, is: string, becomes: string) => (body: string) =>
  body.replaceAll(`"${field}":"${is}"`, `"${field}":"${becomes}"`);

test.each([
  ['waits-for-person', 'nhn', 'orders-primary', said('progressStatus', 'NONE', 'WAIT_MANUAL_CONTROL')],
  ['state-unknown', 'nhn', 'analytics', said('dbInstanceStatus', 'AVAILABLE', 'SOME_NEW_WORD')],
  ['state-unknown', 'samsung', 'orders', said('service_state', 'RUNNING', 'UNKNOWN')],
  [
    'state-unknown',
    'naver',
    'shop-orders',
    (body: string) =>
      body.replace(/"cloudPostgresqlServerInstanceList":\s*\[.*?\}\s*\]/gs, '"cloudPostgresqlServerInstanceList":[]'),
  ],
] as const)('%s is found at %s, and is all that is found', async (rule, provider, instance, altered) => {
  const quiet = await startFleet({ providers: [provider], scenario: 'quiet' });
  const sound = await connect({ fleet: quiet });
  expect(findingsOf(await sound.call('fleet_diagnose_instance', { instance }))).toEqual([]);
  const { call } = await connect({ fleet: await startFleet({ providers: [provider], scenario: 'quiet', altered }) });
  const { data } = await call('fleet_diagnose_instance', { instance });
  // The answers of the others in its group were changed too, and a diagnosis looks at them as well.
  const found = findingsOf({ data }).map((finding) => finding.rule);
  expect([...new Set(found)]).toEqual([rule]);
});

test('a task that waits for a person is continued in the console, since no operation does it', async () => {
  const altered = said('progressStatus', 'NONE', 'WAIT_MANUAL_CONTROL');
  const { call } = await connect({ fleet: await startFleet({ providers: ['nhn'], scenario: 'quiet', altered }) });
  const { data } = await call('fleet_diagnose_instance', { instance: 'analytics' });
  const [waits] = findingsOf({ data });
  expect(waits).toMatchObject({ notByApi: 'continue the task that waits', next: { tool: 'nhn_list_events' } });
});

/** The emulator's answers with one thing about them changed. */
const altered =
  (read: Read, change: (tool: string, answer: Values) => Values): Read =>
  async (tool, input) =>
    change(tool, await read(tool, input));

/** Every value of the metrics whose name has the word in it. */
const withMetric = (word: string, value: string) => (tool: string, answer: Values) => {
  if (tool !== 'nhn_get_metric_statistics') return answer;
  const all = answer['metricStatistics'] as { metricName: string; values: [number, string][] }[];
  const changed = all.map((series) =>
    series.metricName.includes(word) ? { ...series, values: series.values.map(([time]) => [time, value]) } : series,
  );
  return { ...answer, metricStatistics: changed };
};

const unreachable = (tool: string, answer: Values) =>
  tool === 'nhn_get_db_instance' ? { ...answer, dbInstanceStatus: 'FAIL_TO_CONNECT' } : answer;

test.each([
  ['cpu-saturated', withMetric('CPU_USAGE', '99')],
  ['connections-saturated', withMetric('CONNECTION', '1000000')],
  ['connection-failed', unreachable],
])('%s is found on the emulator when it is so, and not otherwise', async (rule, change) => {
  const { read, emulator } = await readerOn('nhn', { scenario: 'quiet' });
  const found = async (reading: Read) => {
    const [listed] = await nhnAdapter.list(reading);
    const now = emulator.world.now();
    const instance = await nhnAdapter.get(listed?.id ?? '', reading, now);
    const seen = await nhnAdapter.observe(instance, now, reading);
    return diagnose(observedIn('nhn', seen, { related: [], now }), () => undefined, rules).map(
      (finding) => finding.rule,
    );
  };
  expect(await found(read)).toEqual([]);
  expect(await found(altered(read, change))).toContain(rule);
});
