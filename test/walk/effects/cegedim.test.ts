import { beforeEach, describe, expect, test } from 'vitest';
import { policyOf } from '../../http/support/people.js';
import { connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';
import { fresh, instanceNamed } from '../providers/cegedim.js';
import { headOf, risksOf } from './plans.js';

const end = endOfFile();
const fleet = await startFleet({ providers: ['cegedim'], end });
const { call, asked } = await connect({ fleet, answer: 'decline', end });

const names = ['ordersprod01', 'ordersqa01', 'reportsqa01', 'billinglegacy', 'partnerportal'] as const;
const [orders = 0, ordersQa = 0, reports = 0, billing = 0, partner = 0] = await Promise.all(
  names.map((name) => instanceNamed(call, name)),
);

beforeEach(() => {
  for (const list of [fleet.sent, asked]) list.length = 0;
});

const day = 86_400_000;
const daysAgo = (days: number) => new Date(fleet.world.now() - days * day).toISOString();
const restore = (id: number, sourceId: number, days: number) => ({
  id,
  options: { sourceId, stop: 'BEFORE', timestamp: daysAgo(days) },
});
const patch = (id: number, patchParty: object) => ({ id, options: { patchParty } });
const install = (id: number, dbname: string, ...extensions: string[]) => ({
  id,
  options: { dbname, extensions_list: extensions.map((name) => ({ name })) },
});
const resize = (id: number, sizing: string) => ({ id, options: { sizing } });
const upgrade = (id: number, targetVersion: string) => ({ id, options: { targetVersion } });
const enableHa = (id: number) => ({ id, options: { replicationLag: 50 } });

const portalReason = 'The portal must not restart before its release';

test.each<[string, string, object, string]>([
  ['in a public network', 'create_instance', { ...fresh, serviceId: 104, networkId: 214, area: 'EB-PROD' }, 'exposing'],
  ['in a network that nothing tells about', 'create_instance', { ...fresh, networkId: 305 }, 'exposing'],
  ['what runs', 'stop_instance', { id: ordersQa }, 'disruptive'],
  ['all of it', 'delete_instance', { id: ordersQa }, 'destructive'],
  ['to another size', 'resize_instance', resize(ordersQa, '4cpu8gb'), 'disruptive'],
  ['over another one', 'restore_instance', restore(ordersQa, orders, 1), 'destructive'],
  ['one that is alone', 'enable_ha', enableHa(ordersQa), 'disruptive'],
  ['one that was kept out', 'update_patch_party', patch(partner, { excluded: false }), 'disruptive'],
  ['for another reason', 'update_patch_party', patch(partner, { excluded: true, exclusionReason: 'x' }), 'disruptive'],
  ['without its reason', 'update_patch_party', patch(partner, { excluded: true }), 'disruptive'],
  ['on another date', 'update_patch_party', patch(ordersQa, { excluded: false, patchGroup: '4' }), 'disruptive'],
  ['what needs no restart', 'install_extension', install(ordersQa, 'orders', 'hstore'), 'disruptive'],
  ['what restarts', 'install_extension', install(ordersQa, 'orders', 'pgaudit'), 'disruptive'],
  ['to a later version', 'upgrade_instance', upgrade(partner, '16'), 'disruptive'],
])('%s: cegedim_%s is asked about', async (_, tool, args, expected) => {
  await call(`cegedim_${tool}`, { ...args });
  expect(risksOf(asked[0]?.message)).toBe(expected);
  expect(fleet.changes()).toEqual([]);
});

test.each<[string, string, object]>([
  ['the same size', 'resize_instance', resize(ordersQa, '2cpu4gb')],
  ['still kept out', 'update_patch_party', patch(partner, { excluded: true, exclusionReason: portalReason })],
  ['still in its round', 'update_patch_party', patch(ordersQa, { excluded: false, patchGroup: '2' })],
  ['what is installed', 'install_extension', install(orders, 'orders', 'pg_trgm')],
])('%s: cegedim_%s changes nothing', async (_, tool, args) => {
  expect((await call(`cegedim_${tool}`, { ...args })).data['status']).toBe('unchanged');
  expect(asked).toEqual([]);
  expect(fleet.changes()).toEqual([]);
});

test.each<[string, string, object, string]>([
  ['what runs', 'start_instance', { id: ordersQa }, 'it runs already'],
  ['what is stopped', 'stop_instance', { id: reports }, 'cegedim_start_instance'],
  ['a pair', 'enable_ha', enableHa(orders), 'HA already'],
  ['an old version', 'enable_ha', enableHa(billing), 'version 12 or later'],
  ['too far back for production', 'restore_instance', restore(ordersQa, orders, 15), 'A moment from 20'],
  ['too far back for others', 'restore_instance', restore(orders, ordersQa, 8), 'A moment from 20'],
  ['in the future', 'restore_instance', restore(ordersQa, orders, -1), 'A moment from 20'],
  ['over what is stopped', 'restore_instance', restore(reports, orders, 1), 'reportsqa01 is INACTIVE'],
  ['from what is stopped', 'restore_instance', restore(orders, reports, 1), 'The source, reportsqa01, is INACTIVE'],
  ['without backups', 'restore_instance', restore(orders, partner, 1), 'partnerportal, is not backed up'],
  ['of another version', 'restore_instance', restore(partner, orders, 1), 'both need the same one'],
  ['of an old version', 'restore_instance', restore(billing, orders, 1), 'version 12 or later'],
  ['to an equal version', 'upgrade_instance', upgrade(partner, '14'), 'only goes to a later one'],
  ['to an older version', 'upgrade_instance', upgrade(partner, '13'), 'only goes to a later one'],
  ['with a disk as full as before', 'upgrade_instance', upgrade(billing, '16'), 'failed for lack of space'],
  ['in an old version', 'install_extension', install(partner, 'portal', 'hstore'), 'from version 15 on'],
  ['a group for a pair', 'update_patch_party', patch(orders, { excluded: false, patchGroup: '3' }), 'has 2 nodes'],
])('%s: cegedim_%s cannot work, and what would is told', async (_, tool, args, instead) => {
  const { data, text, isError } = await call(`cegedim_${tool}`, { ...args });
  expect(isError).toBe(true);
  expect(data['status']).toBe('impossible');
  expect(text).toContain(instead);
  expect(asked).toEqual([]);
  expect(fleet.changes()).toEqual([]);
});

test.each<[string, string, object]>([
  ['in a network that is not public', 'create_instance', fresh],
  ['what is stopped', 'start_instance', { id: reports }],
  ['out of its round', 'update_patch_party', patch(ordersQa, { excluded: true, exclusionReason: 'a long run' })],
])('%s: cegedim_%s runs at once', async (_, tool, args) => {
  const alone = await startFleet({ providers: ['cegedim'] });
  const client = await connect({ fleet: alone, answer: 'decline' });
  expect((await client.call(`cegedim_${tool}`, { ...args })).isError).toBe(false);
  expect(client.asked).toEqual([]);
  expect(alone.changes()).toHaveLength(1);
});

test('an upgrade that failed for lack of space is tried again once there is some', async () => {
  const alone = await startFleet({
    providers: ['cegedim'],
    altered: (body) => body.replaceAll('"free":9,', '"free":60,'),
  });
  const client = await connect({ fleet: alone, answer: 'decline' });
  await client.call('cegedim_upgrade_instance', upgrade(billing, '16'));
  expect(risksOf(client.asked[0]?.message)).toBe('disruptive');
});

test('where the present state cannot be read, the call is refused before anybody is asked', async () => {
  const alone = await startFleet({ providers: ['cegedim'] });
  const client = await connect({ fleet: alone, answer: 'decline' });
  alone.faults.add({ on: 'GET /itcare/databases/postgresql/:id', kind: 'status', value: 500 });
  const { text } = await client.call('cegedim_update_patch_party', patch(ordersQa, { excluded: true }));
  expect(text).toContain('cegedim_get_instance has to work first');
  expect(alone.changes()).toEqual([]);
});

describe('the plan', () => {
  test('tells what happens, to what, and the way back in its first three lines', async () => {
    const heads: string[] = [];
    const calls: [string, object][] = [
      ['cegedim_delete_instance', { id: orders }],
      ['cegedim_install_extension', install(ordersQa, 'orders', 'pg_trgm', 'pgaudit')],
      ['cegedim_update_patch_party', patch(partner, { excluded: false })],
      ['cegedim_upgrade_instance', upgrade(partner, '16')],
      ['cegedim_resize_instance', resize(orders, '2cpu8gb')],
      ['cegedim_enable_ha', enableHa(ordersQa)],
      ['cegedim_create_instance', { ...fresh, serviceId: 104, networkId: 214, area: 'EB-PROD' }],
    ];
    for (const [tool, args] of calls) {
      asked.length = 0;
      await call(tool, { ...args });
      heads.push(headOf(asked[0]?.message));
    }
    const plain = heads.join('\n\n').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'some time');
    expect(plain).toMatchInlineSnapshot(`
      "Delete instance: ordersprod01 (HA, ACTIVE) at cegedim.cloud PostgreSQL.
      What happens (destructive):
        The instance and its data are gone, on every node.
        Expect its backups to go with it.
      Way back:
        None: nothing says that a backup outlives its instance.

      Install extensions: ordersqa01 (STANDALONE, ACTIVE) at cegedim.cloud PostgreSQL.
      What happens (disruptive):
        INSTALL pg_trgm, pgaudit in database orders.
        The database restarts for pgaudit, which cuts every connection of the instance.
      Way back:
        None: no operation of the provider removes an extension.

      Update patch party: partnerportal (STANDALONE, ACTIVE) at cegedim.cloud PostgreSQL.
      What happens (disruptive):
        It is patched again, which can restart it.
        It has been kept out since some time.
      Way back:
        Exclude it again, with the reason "The portal must not restart before its release".
        Its date is a new one then.

      Upgrade version: partnerportal (STANDALONE, ACTIVE) at cegedim.cloud PostgreSQL.
      What happens (disruptive):
        The database is down until it runs version 16 instead of 14: up to about 20 minutes for each 100 GB.
        A full backup follows.
        It is not backed up: nothing leads back from an upgrade that goes wrong.
      Way back:
        None: the old version does not come back.
        Its backups restore only to an instance of the same version.

      Resize instance: ordersprod01 (HA, ACTIVE) at cegedim.cloud PostgreSQL.
      What happens (disruptive):
        All nodes restart with size 2cpu8gb instead of 4cpu16gb, which cuts connections.
        It has fewer processors from then on.
        It has less memory from then on.
      Way back:
        None that is documented.
        Another resize to 4cpu16gb may lead back.

      Convert to HA: ordersqa01 (STANDALONE, ACTIVE) at cegedim.cloud PostgreSQL.
      What happens (disruptive):
        Nodes are added and the running instance is reconfigured, which may cut connections.
      Way back:
        None: no operation makes it standalone again.

      Create instance: freshdb001 at cegedim.cloud PostgreSQL.
      What happens (exposing):
        Its nodes get public addresses, of 203.0.113.0/28: the internet may reach them.
      Way back:
        Delete the instance: no operation gives it another network."
    `);
  });

  test('of a restore names both instances, and the moments that are possible', async () => {
    await call('cegedim_restore_instance', restore(ordersQa, orders, 1));
    const [first = '', second = ''] = (asked[0]?.message ?? '').split('\n');
    expect(first).toContain('ordersqa01 (STANDALONE, ACTIVE), which also concerns ordersprod01 (HA, ACTIVE)');
    expect(second).toContain('Everything in ordersqa01 is replaced by what ordersprod01 held at ');
    const [, from = '', to = ''] =
      /^Moments that can be restored: from (\S+), to (\S+)\.$/m.exec(asked[0]?.message ?? '') ?? [];
    expect(Date.parse(to) - Date.parse(from)).toBe(14 * day);
  });

  test('of another size tells the present one', async () => {
    await call('cegedim_resize_instance', resize(orders, '2cpu8gb'));
    expect(asked[0]?.message).toContain('Size now: node sizing 4cpu16gb, cpu 4, ram 16, storage 200.');
  });

  test.each([
    ['2cpu8gb', 'It has fewer processors from then on. It has less memory from then on.'],
    ['2cpu16gb', 'It has fewer processors from then on.'],
    ['8cpu8gb', 'It has less memory from then on.'],
    ['8cpu32gb', ''],
  ])('of the size %s tells what there is less of', async (sizing, less) => {
    await call('cegedim_resize_instance', resize(orders, sizing));
    expect(asked[0]?.message).toContain(`which cuts connections.${less && ` ${less}`}\nWay back:`);
  });
});

test.each<[string, string, object]>([
  ['the source of a restore', 'cegedim_restore_instance', restore(ordersQa, orders, 1)],
  ['one that cannot work', 'cegedim_restore_instance', restore(ordersQa, orders, 15)],
  ['the name that it gives', 'cegedim_create_instance', { ...fresh, name: 'ordersprod02' }],
])('a rule about instances is not escaped by %s', async (_, tool, args) => {
  const rules = [{ effect: 'deny', instances: ['ordersprod*'], reason: 'Orders are frozen.' }];
  const ruled = await connect({ fleet, answer: 'yes', env: policyOf({ rules }) });
  expect((await ruled.call(tool, { ...args })).text).toContain('Orders are frozen.');
  expect(fleet.changes()).toEqual([]);
});
