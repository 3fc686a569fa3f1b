import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scenario } from '../../../src/emulator/core/world.js';
import { type Connection, connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { findingsOf, lineOf } from './telling.js';

const severities = ['critical', 'warning', 'notice'];
const topics = ['backups', 'exposure', 'capacity', 'lifecycle', 'availability'];

async function connectTo(scenario: Scenario, end?: typeof afterAll): Promise<Connection> {
  const fleet = await startFleet({ scenario, ...(end && { end }) });
  return connect({ fleet, ...(end && { end }) });
}

/** Of each story what must be said at least, and what tells it from the others. */
const stories: [Scenario, string[]][] = [
  ['normal', ['warning analytics storage-nearly-full', 'warning staging stopped', 'warning stats-batch backups-off']],
  [
    'storage-full',
    [
      'critical analytics storage-nearly-full',
      'critical partners storage-nearly-full',
      'critical event-archive storage-nearly-full',
      'critical billinglegacy storage-nearly-full',
    ],
  ],
  [
    'failover',
    [
      'warning orders-primary failover-happened',
      'warning orders-standby high-availability-failed',
      'warning shop-orders high-availability-failed',
      'warning ordersprod01 failover-happened',
    ],
  ],
  ['replication-delay', ['critical orders-replica replication-delayed', 'critical orders-east replication-delayed']],
];

describe.each(stories)('in the story %s', (scenario, expected) => {
  test('one call finds what is wrong, the worst first, each with evidence and a next step', async () => {
    const { call, listTools } = await connectTo(scenario);
    const answer = await call('fleet_check', { detail: true });
    const findings = findingsOf(answer);
    expect(findings.map(lineOf)).toEqual(expect.arrayContaining(expected));
    const ranks = findings.map(({ severity }) => severities.indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    const tools = new Set((await listTools()).map(({ name }) => name));
    for (const { rule, evidence, next, notByApi } of findings) {
      expect(evidence.length, rule).toBeGreaterThan(0);
      if (next) expect(tools, rule).toContain(next.tool);
      else expect(notByApi, rule).toMatch(/\w/);
    }
    for (const { evidence } of findings.slice(0, 3)) expect(answer.text).toContain(evidence);
    expect(answer.data).toMatchObject({ examined: 21 });
    expect(answer.data).not.toHaveProperty('missed');
  });
});

test('a diagnosis of any member of a group carries what is wrong with the others', async () => {
  const { call } = await connectTo('replication-delay');
  for (const [primary, replica] of [
    ['nhn:orders-primary', 'orders-replica'],
    ['samsung:orders', 'orders-east'],
  ]) {
    const answer = await call('fleet_diagnose_instance', { instance: primary });
    expect(findingsOf(answer).map(lineOf)).toContain(`critical ${replica} replication-delayed`);
    const headline = answer.text.split('\n')[0] ?? '';
    expect(headline).toMatch(/\d findings? in the rest of the group\.$/);
    const related = answer.data['related'] as { name: string }[];
    expect(related.map(({ name }) => name)).toContain(replica);
  }
  const { call: other } = await connectTo('failover');
  const names = findingsOf(await other('fleet_diagnose_instance', { instance: 'orders-replica' })).map(lineOf);
  expect(names).toContain('warning orders-primary failover-happened');
  expect(names).toContain('warning orders-standby high-availability-failed');
});

test('a name that several have is diagnosed for all of them', async () => {
  const { call } = await connectTo('normal');
  const answer = await call('fleet_diagnose_instance', { instance: 'staging' });
  const instances = answer.data['instances'] as { reference: string }[];
  expect(instances.map(({ reference }) => reference.split(':')[0])).toEqual(['nhn', 'samsung']);
  const stopped = findingsOf(answer).filter(({ rule }) => rule === 'stopped');
  expect(stopped.map(({ instance }) => instance)).toEqual(['nhn:staging', 'samsung:staging']);
});

test('in the quiet story nothing is wrong', async () => {
  const { call } = await connectTo('quiet');
  const answer = await call('fleet_check');
  expect(findingsOf(answer)).toEqual([]);
  expect(answer.text).toContain('21 instances examined: nothing found to be wrong.');
  expect((await call('fleet_overview')).text).not.toContain('warning');
  const { text } = await call('fleet_diagnose_instance', { instance: 'samsung:orders' });
  expect(text).toContain(': nothing found to be wrong in what could be read.');
});

describe('on the usual fleet', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connectTo('normal', afterAll);
  });

  test('the topics together are the whole check, and none is in two', async () => {
    const whole = findingsOf(await connection.call('fleet_check'));
    const parts = await Promise.all(topics.map((topic) => connection.call('fleet_check', { topic })));
    for (const [index, part] of parts.entries()) {
      expect(findingsOf(part).length).toBeGreaterThan(0);
      expect(new Set(findingsOf(part).map(({ topic }) => topic))).toEqual(new Set([topics[index]]));
    }
    expect(parts.flatMap(findingsOf).map(lineOf).toSorted()).toEqual(whole.map(lineOf).toSorted());
  });

  test('a provider narrows it; one that is not there is no clean bill of health', async () => {
    const answer = await connection.call('fleet_check', { provider: 'cegedim' });
    expect(answer.data['examined']).toBe(5);
    for (const { instance } of findingsOf(answer)) expect(instance).toMatch(/^cegedim:\w+$/);
    const unknown = await connection.call('fleet_check', { provider: 'aws' });
    expect(unknown.isError).toBe(true);
    expect(unknown.text).toContain('there are nhn, samsung, naver, cegedim');
    expect((await connection.call('fleet_check', { topic: 'everything' })).isError).toBe(true);
  });

  test('a diagnosis says what, how it shows, what it means and what to call', async () => {
    const overview = await connection.call('fleet_overview', { provider: 'nhn', name: 'analytics' });
    const [instance] = overview.data['instances'] as { reference: string }[];
    const answer = await connection.call('fleet_diagnose_instance', { instance: instance?.reference });
    const full = findingsOf(answer).find(({ rule }) => rule === 'storage-nearly-full');
    expect(full).toMatchObject({ severity: 'warning', next: { tool: 'nhn_modify_storage_info' } });
    expect(answer.text).toContain('Next: nhn_modify_storage_info {"dbInstanceId":');
    expect(answer.text).toContain('On a full disk PostgreSQL cannot write');
    expect(findingsOf(answer).map(({ rule }) => rule)).toEqual(
      findingsOf(await connection.call('fleet_check', { provider: 'nhn' }))
        .filter(({ name }) => name === 'analytics')
        .map(({ rule }) => rule),
    );
  });

  test('of what a provider does not tell, silence is not taken for health', async () => {
    const { data, text } = await connection.call('fleet_diagnose_instance', { instance: 'orders-east' });
    const instances = ['samsung:orders-east', 'samsung:orders'];
    expect(data['unseen']).toEqual([{ what: expect.stringContaining('CPU'), why: expect.any(String), instances }]);
    expect(text).toContain(`could not be read: storage use, CPU, connections, events of ${instances.join(', ')} (`);
  });

  test('what a whole look lacks is not said of a topic that needs none of it', async () => {
    const whole = await connection.call('fleet_diagnose_instance', { instance: 'shop-orders' });
    expect(whole.text).toContain('could not be read: CPU');
    const backups = await connection.call('fleet_check', { topic: 'backups' });
    expect(backups.data).not.toHaveProperty('unseen');
  });

  test('what no operation does is left to the console, and no call is named that leads nowhere', async () => {
    const { text, data } = await connection.call('fleet_diagnose_instance', { instance: 'stats-batch' });
    const off = findingsOf({ data }).find(({ rule }) => rule === 'backups-off');
    expect(off).toMatchObject({ instance: 'naver:stats-batch', notByApi: 'turn on automatic backups' });
    expect(off).not.toHaveProperty('next');
    expect(text).toContain('warning: Automatic backups are off. ');
    expect(text).toContain('- naver:stats-batch: backups.enabled false.');
    expect(text).toContain("Not by API: turn on automatic backups in the provider's console.");
  });

  test('a migration, which only the console does, is left to it as well', async () => {
    const { data } = await connection.call('fleet_diagnose_instance', { instance: 'nhn:staging' });
    const needed = findingsOf({ data }).find(({ rule }) => rule === 'migration-needed');
    expect(needed?.notByApi).toBe('move the instance to the newer base');
    expect(needed).not.toHaveProperty('next');
  });

  test('however much a provider says of a job that failed, the answer tells when it did', async () => {
    const { text } = await connection.call('fleet_diagnose_instance', { instance: 'cegedim:billinglegacy' });
    expect(text).toMatch(
      /job cegedim:910005 [\d-]+T[\d.:+]+Z?, [\d.]+ days ago: POSTGRESQL_UPGRADE ERROR: .* for the upgrade\./,
    );
  });

  test('where all is well it says so, and what nobody tells', async () => {
    const { text, data } = await connection.call('fleet_diagnose_instance', { instance: 'shop-orders' });
    expect(findingsOf({ data })).toEqual([]);
    expect(text).toContain(': nothing found to be wrong in what could be read.');
    expect(text).toContain('could not be read: CPU, connections, replication lag, events of naver:shop-orders (');
  });
});
