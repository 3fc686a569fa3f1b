import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';
import { finished, follow, jobOf } from '../../support/follow.js';
import { clusterNamed, clusters } from '../../support/samsung.js';

const end = endOfFile();

const start = () => startFleet({ providers: ['samsung'] });

describe.each(['2026', '2025'] as const)('with a client of %s', (peer) => {
  test('a stopped cluster is started unasked, and stopped once the box is ticked', async () => {
    const fleet = await start();
    const connection = await connect({ peer, fleet, answer: 'yes' });
    const { call, asked } = connection;
    const cluster_id = await clusterNamed(call, 'staging');
    expect((await call('samsung_get_cluster', { cluster_id })).data).toMatchObject({ service_state: 'STOPPED' });

    const started = await follow(connection, fleet, jobOf(await call('samsung_start_cluster', { cluster_id })));
    expect(started).toMatchObject({ state: 'succeeded', providerState: 'cluster RUNNING, request COMPLETED' });
    expect(started.heard[0]).toContain('cluster STOPPED, request ACCEPTED');
    expect((await clusters(call))['staging']).toMatchObject({ service_state: 'RUNNING' });
    expect(asked).toEqual([]);

    const stopped = await finished(connection, fleet, jobOf(await call('samsung_stop_cluster', { cluster_id })));
    expect(stopped).toMatchObject({ state: 'succeeded', providerState: 'cluster STOPPED, request COMPLETED' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).toContain('Tick the box');
    expect((await call('samsung_get_cluster', { cluster_id })).data).toMatchObject({ service_state: 'STOPPED' });
  });

  test('a cluster that runs beside an accepted request is not done, and UNKNOWN is no failure', async () => {
    const fleet = await start();
    const connection = await connect({ peer, fleet, answer: 'yes' });
    fleet.faults.add({ on: 'POST /v1/clusters/:cluster_id/restart', kind: 'unclear-state' });
    const cluster_id = await clusterNamed(connection.call, 'analytics');
    const job = jobOf(await connection.call('samsung_restart_cluster', { cluster_id }));
    const seen = async () => (await connection.call('wait_for_job', { job, seconds: 1 })).data;
    expect(await seen()).toMatchObject({ state: 'running', providerState: 'cluster RUNNING, request ACCEPTED' });
    fleet.world.advance(3_000);
    expect(await seen()).toMatchObject({ state: 'unknown', providerState: 'cluster UNKNOWN, request PROCESSING' });
    expect(await finished(connection, fleet, job)).toMatchObject({ state: 'succeeded' });
  });

  test('a cluster is terminated once its name is typed, and is gone', async () => {
    const fleet = await start();
    const connection = await connect({ peer, fleet, answer: 'yes' });
    const { call, asked } = connection;
    const cluster_id = await clusterNamed(call, 'staging');
    const job = jobOf(await call('samsung_terminate_cluster', { cluster_id }));
    expect(asked[0]?.message).toContain('Type `staging` to confirm');
    expect(fleet.changes()).toEqual([`DELETE /v1/clusters/${cluster_id}`]);
    expect(await finished(connection, fleet, job)).toMatchObject({
      state: 'succeeded',
      providerState: 'cluster gone, request COMPLETED',
    });
    expect(Object.keys(await clusters(call))).not.toContain('staging');
  });
});

test('before a cluster is lost, its newest backup and its replicas are shown; declining loses nothing', async () => {
  const fleet = await start();
  const { call, asked } = await connect({ fleet, answer: 'decline' });
  const cluster_id = await clusterNamed(call, 'orders');
  const { isError, text } = await call('samsung_terminate_cluster', { cluster_id });
  expect(asked[0]?.message).toMatch(/^Cluster: orders \(role type ORIGIN, service state RUNNING/m);
  expect(asked[0]?.message).toMatch(/^Newest backup: history number \d{12}, state COMPLETED/m);
  expect(asked[0]?.message).toMatch(/^Replicas: orders-east \(.*region kr-east1\)/m);
  expect(isError).toBe(true);
  expect(text).toContain('Nothing was sent');
  expect(fleet.changes()).toEqual([]);
});

describe('on one fleet', async () => {
  const fleet = await startFleet({ providers: ['samsung'], end });
  const connection = await connect({ fleet, answer: 'yes', end });
  const { call, asked } = connection;

  beforeEach(() => {
    for (const list of [fleet.sent, fleet.requests, asked]) list.length = 0;
  });

  test('a group within a cluster is shown with the cluster that nobody has named', async () => {
    const cluster_id = await clusterNamed(call, 'orders');
    const disks = async () => {
      const { data } = await call('samsung_get_cluster', { cluster_id });
      const [group] = data['instance_groups'] as { block_storage_groups: Record<string, unknown>[] }[];
      return group?.block_storage_groups.find(({ role_type }) => role_type === 'DATA');
    };
    const block_storage_group_id = (await disks())?.['id'];
    const job = jobOf(await call('samsung_resize_block_storage', { block_storage_group_id, size_gb: 640 }));
    expect(asked[0]?.message).toMatch(/^Cluster that it belongs to: orders \(/m);
    expect(await finished(connection, fleet, job)).toMatchObject({ state: 'succeeded' });
    expect(await disks()).toMatchObject({ size_gb: 640 });
  });

  test('an open cluster is closed, and the question says to whom it is open', async () => {
    const cluster_id = await clusterNamed(call, 'partners');
    const changed = await call('samsung_set_security_group_rules', { cluster_id, del_ip_addresses: ['0.0.0.0/0'] });
    expect(asked[0]?.message).toContain('Allowed now: allowable ip addresses 192.168.10.0/24, 0.0.0.0/0');
    expect(await finished(connection, fleet, jobOf(changed))).toMatchObject({ state: 'succeeded' });
    const { data } = await call('samsung_get_cluster', { cluster_id });
    expect(data['allowable_ip_addresses']).toEqual(['192.168.10.0/24']);
  });

  test('a parameter is changed from the value that it has, and from no other', async () => {
    const cluster_id = await clusterNamed(call, 'orders');
    const workMem = async () => {
      const { data } = await call('samsung_list_parameter_values', { cluster_id });
      const found = (data['contents'] as Record<string, unknown>[]).find(({ name }) => name === 'work_mem');
      return { id: found?.['id'], value: found?.['applied_value'] };
    };
    const { id, value } = await workMem();
    const set = (old_value: unknown) =>
      call('samsung_set_parameter_values', { cluster_id, parameters: [{ id, old_value, new_value: '32768' }] });

    const refused = await set('1');
    expect(refused.isError).toBe(true);
    expect(refused.text).toContain('ValidationError');
    expect(asked[0]?.message).toContain(`work_mem (id ${String(id)}, applied value 16384`);

    expect(await finished(connection, fleet, jobOf(await set(value)))).toMatchObject({ state: 'succeeded' });
    expect(await workMem()).toMatchObject({ value: '32768' });
  });

  test('synchronizing a stopped cluster ends with the cluster still stopped', async () => {
    const cluster_id = await clusterNamed(connection.call, 'staging');
    const job = jobOf(await connection.call('samsung_sync_cluster_state', { cluster_id }));
    expect(await finished(connection, fleet, job)).toMatchObject({
      state: 'succeeded',
      providerState: 'cluster STOPPED, request COMPLETED',
    });
  });

  const disks = [{ role_type: 'DATA', size_gb: 640 }];
  const groups = [
    {
      role_type: 'ACTIVE',
      server_type_name: 'db1v8m32',
      block_storage_groups: disks,
      instances: [{ role_type: 'ACTIVE' }],
    },
  ];
  const replicas = (name: string) => ({
    replica_count: 1,
    replicas: [{ name, instance_groups: groups }],
    allowable_ip_addresses: ['192.168.10.0/24'],
  });

  test('a replica beside its origin is made unasked; one in another region takes a yes', async () => {
    const cluster_id = await clusterNamed(call, 'orders');
    const near = await call('samsung_create_replica', { cluster_id, ...replicas('orders-near') });
    expect(await finished(connection, fleet, jobOf(near))).toMatchObject({ state: 'succeeded' });
    expect(asked).toEqual([]);

    const elsewhere = { cluster_id, region: 'kr-east1', subnet_id: 'f69eb5a5a85baa76997c8b8a948f78c5' };
    const far = await call('samsung_create_other_region_replica', {
      ...elsewhere,
      nat_enabled: false,
      ...replicas('orders-far'),
    });
    expect(asked[0]?.message).toContain('A full copy of the data goes to kr-east1');
    expect(await finished(connection, fleet, jobOf(far))).toMatchObject({ state: 'succeeded' });
    const { data } = await call('samsung_list_replicas', { cluster_id });
    expect(data['contents']).toHaveLength(3);
  });

  test('a cluster that is still busy refuses the next change, with the reason', async () => {
    const cluster_id = await clusterNamed(call, 'staging');
    expect((await call('samsung_start_cluster', { cluster_id })).isError).toBe(false);
    const { isError, text } = await call('samsung_start_cluster', { cluster_id });
    expect(isError).toBe(true);
    expect(text).toContain('ClusterBusy');
    expect(text).toContain('STARTING');
  });
});
