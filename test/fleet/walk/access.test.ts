import { expect, test } from 'vitest';
import { type Connection, connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed, newInstance } from '../../support/nhn.js';
import { findingsOf } from './telling.js';

async function startNhn() {
  const fleet = await startFleet({ providers: ['nhn'], scenario: 'quiet' });
  const { call } = await connect({ fleet, env: { PGFLEET_CONFIRM: 'off' } });
  const done = () => fleet.world.advance(200_000);
  return { call, done };
}

const found = async (call: Connection['call'], name: string) =>
  findingsOf(await call('fleet_check', { topic: 'exposure', detail: true })).filter((finding) => finding.name === name);

const everybody = { databaseApplyType: 'ENTIRE', dbUserApplyType: 'ENTIRE', authMethod: 'SCRAM_SHA_256' };
const inward = { direction: 'INGRESS', etherType: 'IPV4', port: { portType: 'DB_PORT' } };

test('a new instance that nobody can reach is found until both locks let in the same address', async () => {
  const { call, done } = await startNhn();
  const created = await call('nhn_create_db_instance', await newInstance(call, {}));
  expect(created.text).toContain('nhn_create_db_security_group_rule');
  expect(created.text).toContain('nhn_create_hba_rule');
  done();
  const [closed, ...others] = await found(call, 'fresh');
  expect(others).toEqual([]);
  expect(closed).toMatchObject({
    rule: 'closed-to-all',
    severity: 'warning',
    evidence: expect.stringMatching(/^dbSecurityGroup\.rules\[\]\.cidr none, hbaRules\[\]\.address /),
    next: { tool: 'nhn_list_db_security_groups' },
  });

  const { dbInstanceId } = await instanceNamed(call, 'fresh');
  const rules = [{ ...inward, cidr: '10.50.0.0/16' }];
  const group = await call('nhn_create_db_security_group', { dbSecurityGroupName: 'fresh', rules });
  const dbSecurityGroupIds = [group.data['dbSecurityGroupId']];
  expect((await call('nhn_modify_db_instance', { dbInstanceId, dbSecurityGroupIds })).isError).toBe(false);
  done();
  await call('nhn_create_hba_rule', { dbInstanceId, ...everybody, address: '10.60.0.0/16' });
  await call('nhn_apply_hba_rules', { dbInstanceId });
  done();
  const [apart] = await found(call, 'fresh');
  expect(apart).toMatchObject({ rule: 'closed-to-all', next: { tool: 'nhn_list_hba_rules' } });
  expect(apart?.evidence).toMatch(/cidr 10\.50\.0\.0\/16, .*address 192\.168\.0\.0\/24, 10\.60\.0\.0\/16$/);

  await call('nhn_create_hba_rule', { dbInstanceId, ...everybody, address: '10.50.7.0/24' });
  await call('nhn_apply_hba_rules', { dbInstanceId });
  done();
  expect(await found(call, 'fresh')).toEqual([]);
});

test.each([
  ['nhn', 'analytics', 'nhn_delete_db_security_group_rules'],
  ['samsung', 'partners', 'samsung_set_security_group_rules'],
] as const)('what closes the door of %s that is open to everybody is the next call', async (provider, name, tool) => {
  const fleet = await startFleet({ providers: [provider] });
  const { call } = await connect({ fleet, env: { PGFLEET_CONFIRM: 'off' } });
  const open = async () => (await found(call, name)).find(({ rule }) => rule === 'open-to-everyone');
  const { next } = (await open()) ?? {};
  expect(next).toMatchObject({ tool });
  const { isError, text } = await call(tool, next?.arguments);
  expect(isError, text).toBe(false);
  fleet.world.advance(200_000);
  expect(await open()).toBeUndefined();
});

test('a refusal behind a rule that lets everybody in has no effect', async () => {
  const { call, done } = await startNhn();
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  for (const [address, authMethod] of [
    ['10.20.0.0/16', 'SCRAM_SHA_256'],
    ['10.20.9.0/24', 'REJECT'],
  ]) {
    const reserved = await call('nhn_create_hba_rule', { dbInstanceId, ...everybody, address, authMethod });
    expect(reserved.text).toContain('a rule behind one that already decides has no effect');
  }
  await call('nhn_apply_hba_rules', { dbInstanceId });
  done();
  const [finding] = await found(call, 'analytics');
  expect(finding).toMatchObject({ rule: 'rule-without-effect', severity: 'warning' });
  expect(finding?.evidence).toMatch(/^hbaRules \S+ 10\.20\.9\.0\/24 REJECT, behind 10\.20\.0\.0\/16 SCRAM_SHA_256$/);
});

test('an access rule for everybody behind a network for few lets in few', async () => {
  const { call, done } = await startNhn();
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  await call('nhn_create_hba_rule', { dbInstanceId, ...everybody, address: '0.0.0.0/0' });
  await call('nhn_apply_hba_rules', { dbInstanceId });
  done();
  expect(await found(call, 'analytics')).toEqual([]);
});

test('a Samsung cluster whose addresses are all taken away is closed to all', async () => {
  const fleet = await startFleet({ providers: ['samsung'], scenario: 'quiet' });
  const { call } = await connect({ fleet, env: { PGFLEET_CONFIRM: 'off' } });
  const { data } = await call('samsung_list_clusters', { size: 100 });
  const { id } = (data['contents'] as { id: string; name: string }[]).find(({ name }) => name === 'analytics') ?? {};
  const before = await call('samsung_get_cluster', { cluster_id: id });
  const del_ip_addresses = before.data['allowable_ip_addresses'];
  await call('samsung_set_security_group_rules', { cluster_id: id, del_ip_addresses });
  fleet.world.advance(200_000);
  expect(await found(call, 'analytics')).toMatchObject([
    { rule: 'closed-to-all', next: { tool: 'samsung_get_cluster' } },
  ]);
});

test('an instance of NAVER nobody of whom may connect is closed to all', async () => {
  const altered = (body: string) => body.replace(/"clientCidr"\s*:\s*"[^"]*"/g, '"clientCidr":""');
  const { call } = await connect({ fleet: await startFleet({ providers: ['naver'], scenario: 'quiet', altered }) });
  const [closed] = await found(call, 'shop-orders');
  expect(closed).toMatchObject({ rule: 'closed-to-all', next: { tool: 'naver_list_db_users' } });
  expect(closed?.evidence).toBe('cloudPostgresqlUserList[].clientCidr none');
});

test('a cluster of Samsung whose addresses are not told is not called safe', async () => {
  const altered = (body: string) =>
    body.replace(/"allowable_ip_addresses":\[[^\]]*\]/g, '"allowable_ip_addresses":null');
  const { call } = await connect({ fleet: await startFleet({ providers: ['samsung'], scenario: 'quiet', altered }) });
  const check = await call('fleet_check', { topic: 'exposure' });
  expect(check.text).toContain('no findings, but not all was seen');
  // A replica may have none of its own.
  expect(check.text).toMatch(
    /could not be read: allowed addresses of (samsung:(analytics|orders|partners|staging)[, ]*){4}\(/,
  );
});
