import { expect, test } from 'vitest';
import * as z from 'zod';
import { connect } from './client.js';

test('the usual fleet has something of each', async () => {
  const { get, find } = connect();
  expect(await get('/v1/clusters')).toMatchObject({
    contents: [
      { name: 'analytics', service_state: 'RUNNING' },
      { name: 'orders', ha_enabled: true, instance_count: 2 },
      { name: 'orders-east', role_type: 'REPLICA' },
      { name: 'partners' },
      { name: 'staging', service_state: 'STOPPED' },
    ],
    count: 5,
    sort: ['name:asc'],
  });
  expect(await get((await find('analytics')).path)).toMatchObject({ init_config_option: { backup_option: null } });
  expect(await get((await find('partners')).path)).toMatchObject({
    allowable_ip_addresses: expect.arrayContaining(['0.0.0.0/0']),
    nat_enabled: true,
    instance_groups: [{ instances: [{ public_ip_address: expect.stringMatching(/^203\.0\.113\./) }] }],
  });
});

const details = z.object({
  service_state: z.string(),
  nat_enabled: z.boolean(),
  allowable_ip_addresses: z.array(z.string()),
  software_version: z.string(),
  init_config_option: z.object({ backup_option: z.object({ retention_period_day: z.string() }) }),
});

test('the quiet fleet has nothing to complain about', async () => {
  const { get, find } = connect('quiet');
  for (const name of ['analytics', 'orders', 'orders-east', 'partners', 'staging']) {
    const { path } = await find(name);
    const cluster = details.parse(await get(path));
    expect(cluster).toMatchObject({ service_state: 'RUNNING', nat_enabled: false });
    expect(cluster.allowable_ip_addresses).not.toContain('0.0.0.0/0');
    expect(['16.10', '17.6']).toContain(cluster.software_version);
    expect(JSON.stringify(await get(`${path}/backup-histories`))).not.toMatch(/FAILED/);
  }
  expect(await get(`${(await find('orders')).path}/replicas`)).toMatchObject({
    contents: [{ replica_state: 'STREAMING' }],
  });
});

test('a full disk shows by the state and the backups, and is mended by growing', async () => {
  const { get, find, change } = connect('storage-full');
  const { path, diskIds } = await find('partners');
  expect(await get(path)).toMatchObject({ service_state: 'ERROR' });
  expect(await get(`${path}/backup-histories?limit=1`)).toMatchObject({ contents: [{ backup_state: 'FAILED' }] });
  await change('POST', `${path}/restart`);
  expect(await get(path)).toMatchObject({ service_state: 'ERROR' });
  const data = diskIds.find(({ role_type }) => role_type === 'DATA')?.id;
  await change('POST', `/v1/block-storage-groups/${data}/resize`, { size_gb: 400 });
  expect(await get(path)).toMatchObject({ service_state: 'RUNNING' });
});

test('after a failover the former active server is down, until a restart', async () => {
  const { get, find, change } = connect('failover');
  const { path } = await find('orders');
  const instances = (state: string) => ({
    instance_groups: [
      {
        instances: [
          { name: 'orders001', role_type: 'STANDBY', service_state: state },
          { name: 'orders002', role_type: 'ACTIVE', service_state: 'RUNNING' },
        ],
      },
    ],
  });
  expect(await get(path)).toMatchObject(instances('ERROR'));
  await change('POST', `${path}/restart`);
  expect(await get(path)).toMatchObject(instances('RUNNING'));
});

test('a replica that falls behind lags more with each synchronisation', async () => {
  const { world, get, find, change } = connect('replication-delay');
  const { path } = await find('orders');
  const lag = async () => {
    const { contents } = replicas.parse(await get(`${path}/replicas`));
    return Number(/[\d.]+(?= seconds)/.exec(contents[0]?.replica_state_detail ?? '')?.[0]);
  };
  const before = await lag();
  world.advance(3_600_000);
  expect(await lag()).toBe(before);
  await change('POST', `${path}/sync-replica-state`);
  expect(await lag()).toBeGreaterThan(before + 1800);
});

const replicas = z.object({ contents: z.array(z.object({ replica_state_detail: z.string() })) });
