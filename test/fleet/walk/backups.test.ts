import { expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { clusterNamed } from '../../support/samsung.js';
import { eventsOf, findingsOf, lineOf } from './telling.js';

const withoutAsking = { env: { PGFLEET_CONFIRM: 'off' } };

test('backups that were all deleted are as if none was ever made', async () => {
  const fleet = await startFleet({ providers: ['nhn', 'samsung'], scenario: 'quiet' });
  const { call } = await connect({ fleet, ...withoutAsking });
  const check = async () => findingsOf(await call('fleet_check', { topic: 'backups' })).map(lineOf);
  expect(await check()).toEqual([]);
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { data } = await call('nhn_list_backups', { dbInstanceId, page: 1, size: 100 });
  for (const { backupId } of data['backups'] as { backupId: string }[]) await call('nhn_delete_backup', { backupId });
  const cluster_id = await clusterNamed(call, 'orders');
  const histories = await call('samsung_list_backup_histories', { cluster_id });
  const backup_history_number = (histories.data['contents'] as { backup_history_number: string }[]).map(
    (backup) => backup.backup_history_number,
  );
  await call('samsung_remove_backup_histories', { cluster_id, backup_history_number });
  fleet.world.advance(60_000);
  expect(await check()).toEqual(['critical analytics backup-never-made', 'critical orders backup-never-made']);
});

/** Answers with every backup taken out of them, in the words of each provider. */
const withoutBackups = (body: string): string =>
  body
    .replace(
      /"(backups|contents|cloudPostgresqlBackupList|cloudPostgresqlBackupDetailList)":\s*\[.*?"backup.*?\]/s,
      '"$1":[]',
    )
    .replace(/"backupLastDate":"[^"]*"/g, '"backupLastDate":null');

test.each(['naver', 'cegedim'] as const)('at %s too, no backup of an old instance is critical', async (provider) => {
  const fleet = await startFleet({ providers: [provider], scenario: 'quiet', altered: withoutBackups });
  const { call } = await connect({ fleet });
  const findings = findingsOf(await call('fleet_check', { topic: 'backups' }));
  expect(findings).toHaveLength(5);
  expect(new Set(findings.map(({ severity, rule }) => `${severity} ${rule}`))).toEqual(
    new Set(['critical backup-never-made']),
  );
});

test('one list without backups and one that cannot be read are not yet none', async () => {
  const fleet = await startFleet({
    providers: ['naver'],
    scenario: 'quiet',
    altered: withoutBackups,
    faults: [{ on: 'GET /vpostgresql/v2/getCloudPostgresqlBackupDetailList', kind: 'status', value: 500 }],
  });
  const { call } = await connect({ fleet });
  const answer = await call('fleet_check', { topic: 'backups' });
  expect(findingsOf(answer)).toEqual([]);
  expect(answer.text).toMatch(/could not be read: newest backup of naver:shop-orders/);
});

test('what only the list of all backups knows counts for the instance', async () => {
  const empty = (body: string) =>
    body.replace(/"cloudPostgresqlBackupDetailList":\s*\[.*?\]/s, '"cloudPostgresqlBackupDetailList":[]');
  const fleet = await startFleet({ providers: ['naver'], altered: empty });
  const { call } = await connect({ fleet });
  const answer = await call('fleet_get_instance', { instance: 'shop-orders' });
  expect(answer.data['instance']).toMatchObject({ backups: { enabled: true, newest: expect.stringMatching(/Z$/) } });
});

/** The zones of all times taken away. */
const withoutZones = (body: string): string =>
  body.replace(/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)"/g, '$1"');

test.each(['nhn', 'naver', 'cegedim'] as const)('at %s a time without a zone could not be read', async (provider) => {
  const fleet = await startFleet({ providers: [provider], scenario: 'quiet', altered: withoutZones });
  const { call } = await connect({ fleet });
  const answer = await call('fleet_check', { topic: 'backups' });
  expect(findingsOf(answer)).toEqual([]);
  expect(answer.text).toMatch(/could not be read: .* names no time zone/);
  const [unread] = answer.data['unseen'] as { what: string; why: string; instances: string[] }[];
  expect(unread?.what).toMatch(/^\w+$/);
  expect(unread?.why).toMatch(/^'[\d:T-]+' could not be read, since it names no time zone$/);
  expect(unread?.instances[0]).toMatch(new RegExp(`^${provider}:`));
});

test('events without a zone are missing from the timeline, and that is said', async () => {
  const fleet = await startFleet({ providers: ['nhn'], altered: withoutZones });
  const { call } = await connect({ fleet });
  const answer = await call('fleet_list_events');
  expect(eventsOf(answer)).toEqual([]);
  expect(answer.text).toMatch(/nhn could be read in part: eventYmdt .* names no time zone/);
  expect(answer.text).toContain('Not all that nhn has could be read');
});

test('at Samsung a time without a zone is UTC', async () => {
  const fleet = await startFleet({ providers: ['samsung'], scenario: 'quiet' });
  const { call } = await connect({ fleet });
  const { data } = await call('samsung_get_cluster', { cluster_id: await clusterNamed(call, 'orders') });
  expect(data['created_at']).toMatch(/^[\d-]+T[\d:]+$/);
  const { data: told } = await call('fleet_get_instance', { instance: 'orders' });
  expect(told['instance']).toMatchObject({
    created: `${String(data['created_at'])}Z`,
    backups: { newest: expect.stringMatching(/Z$/) },
  });
  const check = await call('fleet_check', { topic: 'backups' });
  expect(check.text).not.toContain('time zone');
});
