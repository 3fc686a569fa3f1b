import { expect, test } from 'vitest';
import { connect } from './client.js';

const hour = 3_600_000;

test('the usual fleet has a sleeper, an old one, and one that nobody looks after', async () => {
  const { call, at } = await connect();
  expect((await call('GET', at('reportsqa01'))).body).toMatchObject({ status: 'INACTIVE', topology: 'STANDALONE' });
  expect((await call('GET', at('billinglegacy'))).body).toMatchObject({
    version: '11',
    supportPhase: 'END_OF_SUPPORT',
  });
  const { body: portal } = await call('GET', at('partnerportal'));
  expect(portal).toMatchObject({ backupStatus: false, patchParty: { excluded: true }, tlsEnabled: false });
  expect(portal.network.isIpRangePublic).toBe(true);
});

test('all is well in the quiet fleet', async () => {
  const { call, at, names, world } = await connect({ scenario: 'quiet' });
  for (const name of names) {
    const { body: instance } = await call('GET', at(name));
    const { backups } = instance.backupPolicyDetails;
    expect(instance).toMatchObject({
      status: 'ACTIVE',
      version: '16',
      backupStatus: true,
      replicationStatus: true,
      monitoringRequested: true,
      tlsEnabled: true,
      supportPhase: 'SUPPORTED',
      network: { isIpRangePublic: false },
      patchParty: { excluded: false },
    });
    expect(world.now() - Date.parse(backups[0].backupLastDate)).toBeLessThan(24 * hour);
    expect(instance.environment === 'PRODUCTION' ? instance.topology : 'HA').toBe('HA');
    expect((await call('GET', `${at(name)}/versions`)).body).toEqual([]);
    for (const node of (await call('GET', `${at(name)}/nodes`)).body) {
      expect(node).toMatchObject({ status: 'ACTIVE', backupStatus: true, replicationStatus: true });
      for (const { free, sizeOf } of node.storageInformation.fileSystems) expect(free / sizeOf).toBeGreaterThan(0.3);
    }
  }
  const { body: actions } = await call('GET', '/itcare/actions');
  expect(new Set(actions.map(({ status }: { status: string }) => status))).toEqual(new Set(['SUCCESS']));
});

test('a failover leaves a node down and a pair without a copy', async () => {
  const { call, at } = await connect({ scenario: 'failover' });
  const { body: nodes } = await call('GET', `${at('ordersprod01')}/nodes`);
  expect(nodes.map(({ status }: { status: string }) => status)).toEqual(['INACTIVE', 'ACTIVE']);
  expect((await call('GET', at('ordersprod01'))).body).toMatchObject({ status: 'ACTIVE', replicationStatus: false });
  const { body: actions } = await call('GET', '/itcare/actions?resourceName=ordersprod01');
  expect(actions[0]).toMatchObject({ process: 'POSTGRESQL_FAILOVER', submittedBy: 'cegedim.cloud' });
});

test('a delay shows as a standby that is not replicated, a full disk as little free space', async () => {
  const delayed = await connect({ scenario: 'replication-delay' });
  const { body: nodes } = await delayed.call('GET', `${delayed.at('ordersprod01')}/nodes`);
  expect(nodes.map((node: { replicationStatus: boolean }) => node.replicationStatus)).toEqual([true, false]);
  const full = await connect({ scenario: 'storage-full' });
  const { body } = await full.call('GET', `${full.at('billinglegacy')}/nodes`);
  expect(body[0].storageInformation.fileSystems[1]).toMatchObject({ sizeOf: 100, free: 2 });
});
