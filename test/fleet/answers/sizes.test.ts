import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect, type Result } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';
import { findingsOf, instancesOf } from '../walk/telling.js';

const end = endOfFile();

/** Some hosts show the model only the fields, so they may not cost much more than the lines. */
const mostTimesText = 1.2;

const fieldsOf = ({ data }: Result): string => JSON.stringify(data);

/** The paths of members that say nothing. A call that needs no arguments says so. */
function emptyMembers(value: unknown, path = ''): string[] {
  if (value === null || value === '') return [path];
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value);
  return entries.length === 0 && !path.endsWith('.arguments')
    ? [path]
    : entries.flatMap(([key, inner]) => emptyMembers(inner, `${path}.${key}`));
}

const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

const calls: [tool: string, args: Record<string, unknown>][] = [
  ['fleet_overview', {}],
  ['fleet_overview', { limit: 3 }],
  ['fleet_overview', { provider: 'cegedim' }],
  ['fleet_overview', { name: 'orders' }],
  ['fleet_overview', { name: 'none that is named so' }],
  ['fleet_check', {}],
  ['fleet_check', { offset: 1_000 }],
  ['fleet_check', { detail: true }],
  ['fleet_check', { topic: 'exposure' }],
  ['fleet_check', { topic: 'backups', moment: ago(1) }],
  ['fleet_list_events', {}],
  ['fleet_list_events', { from: ago(7), limit: 100 }],
  ['fleet_list_events', { instance: 'cegedim:reportsqa01' }],
  ['fleet_get_instance', { instance: 'orders-primary' }],
  ['fleet_get_instance', { instance: 'staging' }],
  ['fleet_get_instance', { instance: 'cegedim:ordersqa01' }],
  ['fleet_diagnose_instance', { instance: 'orders-primary' }],
  ['fleet_diagnose_instance', { instance: 'analytics' }],
  ['fleet_diagnose_instance', { instance: 'shop-orders' }],
  ['fleet_get_metrics', { instance: 'orders-replica' }],
  ['fleet_get_metrics', { instance: 'samsung:orders-east' }],
  ['fleet_get_metrics', { instance: 'naver:shop-orders' }],
  ['fleet_get_metrics', { instance: 'cegedim:ordersqa01', times: 1 }],
  ['fleet_get_metrics', { metrics: ['cpu'] }],
  ['fleet_compare', { instances: ['nhn:orders-primary', 'samsung:orders'] }],
  ['fleet_compare', { instances: ['nhn:analytics', 'naver:shop-orders'], save: 'now' }],
  ['fleet_compare', { save: 'everything' }],
  ['find_operation', { want: 'who can connect from anywhere' }],
  ['find_operation', { want: '디스크가 꽉 찼어' }],
  ['find_operation', { want: 'roll back to yesterday noon', instance: 'nhn:orders-primary' }],
  ['find_operation', { want: 'frobnicate xyzzy' }],
];

describe.each(['normal', 'quiet'] as const)('in the story %s', (scenario) => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connect({ fleet: await startFleet({ scenario, end }), end });
  });

  test.each(calls)('the fields of %s %j are as short as its lines, and none is empty', async (tool, args) => {
    const answer = await connection.call(tool, args);
    expect(answer.isError, answer.text).toBe(false);
    expect(fieldsOf(answer).length).toBeLessThanOrEqual(mostTimesText * answer.text.length);
    expect(emptyMembers(answer.data)).toEqual([]);
  });
});

describe('of the usual fleet', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connect({ fleet: await startFleet({ end }), end, args: [] });
  });

  test('all instances are listed in 5,000 characters', async () => {
    const answer = await connection.call('fleet_overview');
    expect(instancesOf(answer)).toHaveLength(21);
    expect(answer.text.length).toBeLessThanOrEqual(5_000);
    expect(fieldsOf(answer).length).toBeLessThanOrEqual(5_000);
  });

  test('all are checked in 1,800 tokens, and detail adds the calls that help', async () => {
    const brief = await connection.call('fleet_check');
    expect(brief.data['examined']).toBe(21);
    expect(countTokens(brief.text)).toBeLessThanOrEqual(1_800);
    expect(countTokens(fieldsOf(brief))).toBeLessThanOrEqual(1_800);
    expect(findingsOf(brief).some(({ next }) => next)).toBe(false);
    const detailed = findingsOf(await connection.call('fleet_check', { detail: true }));
    expect(detailed.map(({ rule }) => rule)).toEqual(findingsOf(brief).map(({ rule }) => rule));
    for (const { rule, next, notByApi } of detailed) expect(next ?? notByApi, rule).toBeDefined();
  });

  test('what follows on a page is counted, and the offset that it begins at is said', async () => {
    const whole = await connection.call('fleet_check');
    const total = findingsOf(whole).length;
    expect(whole.data['total']).toBe(total);
    const last = await connection.call('fleet_check', { offset: total - 2 });
    expect(findingsOf(last)).toEqual(findingsOf(whole).slice(-2));
    expect(last.text).toContain(`${total - 1} to ${total} of ${total} shown.`);
    const after = await connection.call('fleet_check', { offset: total });
    expect(findingsOf(after)).toEqual([]);
    expect(after.data['more']).toContain(`None of ${total} shown.`);
  });

  test('who did what is counted, by person where the provider names one', async () => {
    const { data, text } = await connection.call('fleet_list_events', { from: ago(60), limit: 1 });
    const who = data['who'] as { by?: string; account: string; did: string }[];
    const people = who.filter(({ account }) => account === 'cegedim');
    expect(people).toContainEqual({
      by: 'ops@example.com',
      account: 'cegedim',
      did: expect.stringMatching(/\d+ POSTGRESQL_\w+/),
    });
    expect(who.find(({ account }) => account === 'nhn')).toEqual({
      account: 'nhn',
      did: expect.stringMatching(/\d+ BACKUP/),
    });
    expect(text).toMatch(/^ops@example\.com at cegedim: \d+ POSTGRESQL_/m);
  });
});
