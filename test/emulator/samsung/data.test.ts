import { expect, test } from 'vitest';
import * as z from 'zod';
import { connect } from './client.js';

const histories = z.object({
  contents: z.array(z.object({ backup_history_number: z.string(), backup_state: z.string() })),
  total_count: z.number(),
});
const parameterList = z.object({
  contents: z.array(z.object({ id: z.string(), name: z.string(), applied_value: z.string() })),
});

test('backups are taken daily, can be removed, and go when they are switched off', async () => {
  const { world, get, find, change } = connect();
  const { path } = await find('orders');
  const before = histories.parse(await get(`${path}/backup-histories`));
  world.advance(86_400_000);
  const after = histories.parse(await get(`${path}/backup-histories`));
  expect(after.total_count).toBe(before.total_count);
  expect(after.contents[0]?.backup_history_number).toBe('202605210200');
  expect(await get(`${path}/backup-histories?limit=2&page=1`)).toMatchObject({ contents: after.contents.slice(2, 4) });

  await change('PUT', `${path}/backup-histories`, { backup_history_number: ['202605210200'] });
  expect(await get(`${path}/backup-histories`)).toMatchObject({ total_count: 13 });
  await change('DELETE', `${path}/backups`);
  expect(await get(`${path}/backup-histories`)).toEqual({ contents: [], total_count: 0 });
  expect(await get(path)).toMatchObject({ init_config_option: { backup_option: null } });
  expect(await get(`${path}/archive`)).toMatchObject({ archive_enabled: false });
});

test('a restore makes a new cluster, from a backup or a time that can be reached', async () => {
  const { world, get, find, change, send } = connect();
  const { path } = await find('orders');
  const target = { name: 'rescued', instance_name_prefix: 'rescued', server_type_name: 'db1v8m32' };
  const { id } = await change('POST', `${path}/restore`, { ...target, backup_history_number: '202605200200' });
  expect(await get(`/v1/clusters/${id}`)).toMatchObject({ role_type: 'RECOVERY', service_state: 'RUNNING' });

  const second = { ...target, name: 'again', backup_recovery_time: '2026-05-19T12:00:00Z' };
  await change('DELETE', `${path}/archive`);
  expect(await send('POST', `${path}/restore`, second)).toMatchObject({ status: 400 });
  world.advance(86_400_000 + 7_200_000);
  const reachable = { ...second, backup_recovery_time: '2026-05-20T20:00:00Z' };
  expect(await send('POST', `${path}/restore`, reachable)).toMatchObject({ status: 202 });
});

test('a replica is created beside its origin, lags, is reset and leaves it', async () => {
  const { get, find, change, send } = connect();
  const { path, id: originId } = await find('orders');
  const groups = [
    { role_type: 'ACTIVE', server_type_name: 'db1v4m16', block_storage_groups: [{ role_type: 'DATA', size_gb: 512 }] },
  ];
  const replicas = { allowable_ip_addresses: [], replicas: [{ name: 'orders-read', instance_groups: groups }] };
  expect(await send('POST', `${path}/replicas`, { ...replicas, replica_count: 2 })).toMatchObject({ status: 400 });
  const withSystem = JSON.parse(JSON.stringify(replicas).replace('"DATA"', '"OS"'));
  const refused = await send('POST', `${path}/replicas`, { ...withSystem, replica_count: 1 });
  expect(refused).toMatchObject({ status: 400 });
  expect(JSON.stringify(refused)).toContain('value_error');
  const { id } = await change('POST', `${path}/replicas`, { ...replicas, replica_count: 1 });
  expect(await get(`/v1/clusters/${id}`)).toMatchObject({ role_type: 'REPLICA', origin_cluster_id: originId });

  const east = await find('orders-east');
  expect(await get(`${path}/replicas`)).toMatchObject({
    contents: [
      { name: 'orders-east', region: 'kr-east1', replica_state: 'DELAYED' },
      { name: 'orders-read', region: 'kr-west1', replica_state: 'STREAMING' },
    ],
    count: 2,
  });
  await change('POST', `${east.path}/reset-replica`);
  expect(await get(`${path}/replicas`)).toMatchObject({ contents: [{ replica_state: 'STREAMING' }, {}] });
  await change('POST', `${east.path}/promote`);
  expect(await get(east.path)).toMatchObject({ role_type: 'ORIGIN', origin_cluster_id: null });
  expect(await get(path)).toMatchObject({ replicas: [id] });
});

test('parameters are recorded values; static ones wait for a restart', async () => {
  const { get, find, change, send } = connect();
  const { path } = await find('analytics');
  const valueOf = async (wanted: string) => {
    const { contents } = parameterList.parse(await get(`${path}/parameters`));
    return contents.find(({ name }) => name === wanted);
  };
  expect(await valueOf('work_mem')).toMatchObject({ applied_value: '4096' });
  await change('POST', `${path}/parameters/sync`);
  expect(await valueOf('work_mem')).toMatchObject({ applied_value: '65536' });

  const id = (await valueOf('max_connections'))?.id;
  const change150 = { parameters: [{ id, old_value: '150', new_value: '300' }] };
  await change('PUT', `${path}/parameters`, change150);
  expect(await valueOf('max_connections')).toMatchObject({ applied_value: '150' });
  await change('POST', `${path}/restart`);
  expect(await valueOf('max_connections')).toMatchObject({ applied_value: '300' });
  expect(await send('PUT', `${path}/parameters`, change150)).toMatchObject({ status: 400 });
});

test('log exports are registered, changed and unregistered, and never show their keys', async () => {
  const { get, find, change, send } = connect();
  const { path } = await find('orders');
  const schedule = {
    access_key: 'storage-key',
    secret_key: 'storage-secret',
    delete_on_export: false,
    schedule_day_of_month: null,
    schedule_day_of_week: null,
    schedule_frequency_type: 'DAY',
    schedule_hour: '4',
  };
  const slow = `${path}/log-export-configs/slow`;
  expect(await send('POST', `${slow}/export`)).toMatchObject({ status: 400 });
  await change('POST', `${path}/log-export-configs`, { ...schedule, bucket_name: 'logs', log_type: 'slow' });
  await change('PUT', slow, { ...schedule, schedule_hour: '6' });
  await change('POST', `${slow}/export`);
  const listed = await get(`${path}/log-export-configs?type=slow`);
  expect(listed).toMatchObject({ contents: [{ bucket_name: 'logs', schedule_hour: '6', is_registered: true }] });
  expect(JSON.stringify(listed)).not.toContain('storage-');
  await change('DELETE', slow);
  expect(await get(`${path}/log-export-configs?type=slow`)).toMatchObject({ contents: [{ is_registered: false }] });
});
