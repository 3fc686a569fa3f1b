import { describe, expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { clusterNamed } from '../../support/samsung.js';

const hour = 3_600_000;
const day = 24 * hour;

interface Restore {
  instance: string;
  verdict: string;
  why: string;
}

/** What is said of every instance at a moment so long before now. */
async function askedFor(age: number, scenario: 'normal' | 'storage-full' = 'normal') {
  const fleet = await startFleet({ scenario });
  const { call } = await connect({ fleet, env: { PGFLEET_CONFIRM: 'off' } });
  const moment = new Date(fleet.world.now() - age).toISOString();
  const answer = await call('fleet_check', { topic: 'backups', moment });
  const restores = answer.data['restores'] as Restore[];
  const of = (reference: string) =>
    Object.fromEntries(
      restores
        .filter(({ instance }) => instance.startsWith(reference))
        .map(({ instance, verdict }) => [instance.slice(reference.length), verdict]),
    );
  const why = (name: string) => restores.find(({ instance }) => instance.endsWith(`:${name}`))?.why;
  return { answer, restores, of, why, call, moment };
}

test('could everything be restored to the time a day ago? Yes, no, or not to be told, and why', async () => {
  const { answer, restores, of, why, moment } = await askedFor(day);
  expect(restores).toHaveLength(21);
  for (const each of restores) expect(each.why, each.instance).not.toBe('');
  expect(of('nhn:')).toEqual({
    'orders-primary': 'yes',
    'orders-standby': 'yes',
    'orders-replica': 'yes',
    analytics: 'yes',
    'billing-legacy': 'no',
    staging: 'no',
  });
  expect(of('samsung:')).toEqual({
    analytics: 'no',
    orders: 'yes',
    'orders-east': 'yes',
    partners: 'yes',
    staging: 'yes',
  });
  expect(new Set(Object.values(of('naver:')))).toEqual(new Set(['cannot be told', 'no']));
  expect(of('cegedim:')).toMatchObject({ ordersprod01: 'yes', billinglegacy: 'no', partnerportal: 'no' });
  expect(why('billinglegacy')).toBe('a moment needs version 12 or higher, and this is 11');
  expect(why('stats-batch')).toBe('backups are off, and none is kept');
  expect(why('orders-east')).toMatch(/^from its primary orders: any moment from .* can be restored/);
  expect(answer.text).toContain(`Could they be restored to ${moment}: `);
  expect(answer.text).toMatch(/^restore nhn:billing-legacy: no, /m);
});

test('what is older than the backups cannot be restored', async () => {
  const { of, why } = await askedFor(30 * day);
  expect(Object.values({ ...of('nhn:'), ...of('samsung:'), ...of('naver:'), ...of('cegedim:') })).not.toContain('yes');
  expect(of('naver:')).toMatchObject({ 'shop-orders': 'no', 'event-archive': 'no' });
  expect(why('shop-orders')).toMatch(/^nothing before .* can be restored$/);
  expect(of('cegedim:')).toMatchObject({ ordersprod01: 'no' });
});

test('the last minutes are not archived yet, and after failed backups nothing is certain', async () => {
  const { of, why } = await askedFor(60_000, 'storage-full');
  expect(of('nhn:')).toMatchObject({ 'orders-primary': 'no' });
  expect(why('orders-primary')).toMatch(/^nothing after .* can be restored yet$/);
  const { of: before, why: reason } = await askedFor(2 * hour, 'storage-full');
  expect(before('samsung:')).toMatchObject({ orders: 'yes', partners: 'cannot be told' });
  expect(reason('partners')).toContain('have failed');
});

test('a restore to a moment that is said to be possible is taken, and the others are refused', async () => {
  const { of, call, moment } = await askedFor(day);
  for (const [name, verdict] of Object.entries(of('samsung:'))) {
    if (name === 'orders-east') continue;
    const { isError } = await call('samsung_create_restore_cluster', {
      cluster_id: await clusterNamed(call, name),
      name: `${name}back`.slice(0, 16),
      instance_name_prefix: 'back',
      server_type_name: 'db1v2m4',
      backup_recovery_time: moment,
    });
    expect([name, isError], name).toEqual([name, verdict !== 'yes']);
  }
});

test('what cannot be asked cannot be told', async () => {
  const faults = [{ on: 'GET /v1.0/db-instances/:dbInstanceId/restoration-info', kind: 'status' as const, value: 403 }];
  const fleet = await startFleet({ providers: ['nhn'], faults });
  const { call } = await connect({ fleet });
  const moment = new Date(fleet.world.now() - day).toISOString();
  const { data } = await call('fleet_check', { topic: 'backups', moment });
  const restores = data['restores'] as Restore[];
  expect(new Set(restores.map(({ verdict }) => verdict))).toEqual(new Set(['cannot be told']));
  expect(restores[0]?.why).not.toBe('');
});

describe('a moment that makes no sense is refused', () => {
  test.each([
    ['still to come', { topic: 'backups', moment: '2999-01-01T00:00:00Z' }, 'has not come yet'],
    ['without a topic', { moment: '2026-01-01T00:00:00Z' }, 'topic backups'],
    ['without a zone', { topic: 'backups', moment: '2026-01-01T00:00:00' }, 'moment'],
  ])('%s', async (_, args, words) => {
    const { call } = await connect({ fleet: await startFleet({ providers: ['naver'] }) });
    const answer = await call('fleet_check', args);
    expect(answer.isError).toBe(true);
    expect(answer.text).toContain(words);
  });
});
