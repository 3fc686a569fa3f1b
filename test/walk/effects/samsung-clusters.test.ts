import { expect, test } from 'vitest';
import { type Connection } from '../../support/connect.js';
import { clusterNamed, outcomeOf } from '../../support/samsung.js';

const [start, stop, restart] = ['samsung_start_cluster', 'samsung_stop_cluster', 'samsung_restart_cluster'];
const patch = 'samsung_patch_minor_version';
const to = (software_version: string) => ({ software_version, backup_before_upgrade: false });

const table: [string, string, string, object, string][] = [
  ['a start of what is stopped', start, 'staging', {}, 'sent'],
  ['a start of what runs', start, 'orders', {}, 'impossible'],
  ['a stop of what runs', stop, 'orders', {}, 'asked: disruptive'],
  ['a stop of what is stopped', stop, 'staging', {}, 'impossible'],
  ['a restart of what runs', restart, 'orders', {}, 'asked: disruptive'],
  ['a restart of what is stopped', restart, 'staging', {}, 'impossible'],
  ['a switchover of a pair', 'samsung_switchover_cluster', 'orders', {}, 'asked: disruptive'],
  ['a switchover without a standby', 'samsung_switchover_cluster', 'analytics', {}, 'impossible'],
  ['a newer version', patch, 'analytics', to('16.10'), 'asked: disruptive'],
  ['the present version', patch, 'analytics', to('16.6'), 'impossible'],
  ['an older version', patch, 'orders', to('16.8'), 'impossible'],
  ['another major version', patch, 'analytics', to('17.6'), 'impossible'],
  ['a version that the replica lacks', patch, 'orders', to('16.11'), 'impossible'],
  ['an origin that loses its data', 'samsung_terminate_cluster', 'orders', {}, 'asked: destructive'],
  ['a replica that goes alone', 'samsung_promote_replica_cluster', 'orders-east', {}, 'asked: destructive'],
  ['a promote of what is no replica', 'samsung_promote_replica_cluster', 'orders', {}, 'impossible'],
  ['a sync of the state', 'samsung_sync_cluster_state', 'orders', {}, 'sent'],
];

test.each(table)('%s (%s)', async (_, tool, cluster, args, expected) => {
  expect(await outcomeOf(tool, async () => ({ ...args }), { cluster })).toMatchObject({ outcome: expected });
});

interface Group {
  id: string;
  block_storage_groups: { id: string; role_type: string }[];
}

async function groupOf(call: Connection['call'], cluster: string): Promise<Group> {
  const { data } = await call('samsung_get_cluster', { cluster_id: await clusterNamed(call, cluster) });
  const [group] = data['instance_groups'] as Group[];
  if (!group) throw new Error(`${cluster} has no instance group.`);
  return group;
}

const ofDisk = (more: object) => async (call: Connection['call']) => {
  const { block_storage_groups: disks } = await groupOf(call, 'orders');
  return { block_storage_group_id: disks.find(({ role_type }) => role_type === 'DATA')?.id, ...more };
};
const ofGroup = (more: object) => async (call: Connection['call']) => ({
  instance_group_id: (await groupOf(call, 'orders')).id,
  ...more,
});

const resizeDisk = 'samsung_resize_block_storage';
const resizeGroup = 'samsung_resize_instance_group';
const added = { role_type: 'DATA', size_gb: 104 };

test.each([
  ['a larger disk', resizeDisk, ofDisk({ size_gb: 640 }), 'asked: disruptive'],
  ['a disk of the same size', resizeDisk, ofDisk({ size_gb: 512 }), 'unchanged'],
  ['a smaller disk', resizeDisk, ofDisk({ size_gb: 256 }), 'impossible'],
  [
    'a disk that no cluster has',
    resizeDisk,
    async () => ({ block_storage_group_id: 'x1', size_gb: 640 }),
    'impossible',
  ],
  ['another disk', 'samsung_add_block_storage', ofGroup(added), 'asked: disruptive'],
  [
    'a disk for a group that no cluster has',
    'samsung_add_block_storage',
    async () => ({ instance_group_id: 'x1', ...added }),
    'impossible',
  ],
  ['another server type', resizeGroup, ofGroup({ server_type_name: 'db1v16m64' }), 'asked: disruptive'],
  ['the present server type', resizeGroup, ofGroup({ server_type_name: 'db1v8m32' }), 'unchanged'],
  [
    'a type for a group that no cluster has',
    resizeGroup,
    async () => ({ instance_group_id: 'x1', server_type_name: 'db1v16m64' }),
    'impossible',
  ],
])('%s (%s)', async (_, tool, args, expected) => {
  expect(await outcomeOf(tool, args)).toMatchObject({ outcome: expected });
});

test('a group is not taken for missing where a cluster cannot be read', async () => {
  const { outcome } = await outcomeOf(resizeGroup, ofGroup({ server_type_name: 'db1v16m64' }), {
    before: ({ faults }) => faults.add({ on: 'GET /v1/clusters/:cluster_id', kind: 'status', value: 500, times: 5 }),
  });
  expect(outcome).toBe('asked: disruptive');
});

test('a disk that grows is told with its role and its size, and its cluster', async () => {
  const { head } = await outcomeOf(resizeDisk, ofDisk({ size_gb: 640 }));
  expect(head).toMatchInlineSnapshot(`
    "Grow block storage: orders (ORIGIN, RUNNING) at Samsung Cloud Platform PostgreSQL (DBaaS).
    What happens (disruptive):
      Its disk orders-data-2 (DATA) grows from 512 GB to 640 GB while it is in use.
      Meanwhile the cluster takes no other change.
    Way back:
      None: a disk cannot shrink."
  `);
});

test('a patch says from which version to which', async () => {
  const { head } = await outcomeOf(patch, async () => to('16.10'), { cluster: 'analytics' });
  expect(head).toMatchInlineSnapshot(`
    "Patch minor version: analytics (ORIGIN, RUNNING) at Samsung Cloud Platform PostgreSQL (DBaaS).
    What happens (disruptive):
      The database is down while it is upgraded from 16.6 to 16.10.
    Way back:
      None: version 16.6 does not come back."
  `);
});

const product = ' at Samsung Cloud Platform PostgreSQL (DBaaS)';

test('a promote tells the lag, and that the origin still runs', async () => {
  const { head, text } = await outcomeOf('samsung_promote_replica_cluster', async () => ({}), {
    cluster: 'orders-east',
  });
  expect(head.replace(product, '')).toMatchInlineSnapshot(`
    "Promote replica: orders-east (REPLICA, RUNNING), which also concerns orders (ORIGIN, RUNNING).
    What happens (destructive):
      Replication from the origin ends for good.
      What orders-east has not received yet stays missing in it.
      The origin goes on too (name orders, state RUNNING).
      What clients still write there is not in this one: two databases take writes.
    Way back:
      None.
      To replicate again, create another replica.
      Stop the origin first, or else merge by hand what was written to both."
  `);
  expect(text).toMatch(/^Replication as last recorded: .*Replay lag 94 seconds/m);
  expect(text).toMatch(/^Origin: orders \(role type ORIGIN, service state RUNNING\)/m);
});

test('a reset tells what is thrown away, and where it comes from', async () => {
  const reset = (name: string) =>
    outcomeOf('samsung_reset_replica', async (call) => ({ replica_cluster_id: await clusterNamed(call, name) }));
  const { head, text } = await reset('orders-east');
  expect(head.replace(product, '')).toMatchInlineSnapshot(`
    "Reset replica: orders-east (REPLICA, RUNNING), which also concerns orders (ORIGIN, RUNNING).
    What happens (destructive):
      The data in the replica is thrown away.
      Nothing can be read from it until the new copy is complete.
    Way back:
      None; the origin keeps its data."
  `);
  expect(text).toMatch(/^Origin: orders /m);
  expect(await reset('orders')).toMatchObject({ outcome: 'impossible' });
});

test('a delete tells the replicas that lose their origin, and the newest backup', async () => {
  const { head, text } = await outcomeOf('samsung_terminate_cluster', async () => ({}), { cluster: 'orders' });
  expect(head).toMatchInlineSnapshot(`
    "Terminate cluster: orders (ORIGIN, RUNNING) at Samsung Cloud Platform PostgreSQL (DBaaS).
    What happens (destructive):
      The cluster and its data are gone, and every client loses its database.
      No last backup is taken, and that any backup outlives it is nowhere promised.
      Its replicas (orders-east) lose their origin and get no more changes.
    Way back:
      None.
      Restore to another cluster first if the data may be needed.
      Promote one of them first to have a cluster to write to."
  `);
  expect(text).toMatch(/^Newest backup: history number \d{12}/m);
});

const disks = [{ role_type: 'DATA', size_gb: 640 }];
const servers = { role_type: 'ACTIVE', server_type_name: 'db1v8m32', block_storage_groups: disks };
const replicas = (count: number) => ({
  replica_count: count,
  replicas: Array.from({ length: count }, (_, index) => ({ name: `copy-${index}`, instance_groups: [servers] })),
  allowable_ip_addresses: ['192.168.10.0/24'],
});
const everybody = { allowable_ip_addresses: ['0.0.0.0/1', '128.0.0.0/1'] };
const elsewhere = { region: 'kr-east1', subnet_id: 'f69eb5a5a85baa76997c8b8a948f78c5', nat_enabled: false };

test.each([
  ['a replica', 'samsung_create_replica', replicas(1), 'sent'],
  ['a replica for everybody', 'samsung_create_replica', { ...replicas(1), ...everybody }, 'asked: exposing'],
  ['more replicas than a cluster has', 'samsung_create_replica', replicas(5), 'impossible'],
  [
    'a replica in another region',
    'samsung_create_other_region_replica',
    { ...replicas(1), ...elsewhere },
    'asked: exposing',
  ],
])('%s (%s)', async (_, tool, args, expected) => {
  expect(await outcomeOf(tool, async () => ({ ...args }), { cluster: 'orders' })).toMatchObject({ outcome: expected });
});

test('a replica that is made at once is told with what happens and the way back', async () => {
  const { text } = await outcomeOf('samsung_create_replica', async () => replicas(1), { cluster: 'orders' });
  expect(text).toMatch(/^What happens \(write\): Read-only clusters .* billed from then on: [\w-]+\.$/m);
  expect(text).toContain('\nWay back: samsung_terminate_cluster ends each of them.\n');
});

const cluster = {
  name: 'fresh',
  instance_name_prefix: 'fresh',
  dbaas_engine_version_id: 'v',
  subnet_id: 's',
  timezone: 'Asia/Seoul',
  init_config_option: {
    database_name: 'fresh',
    database_user_name: 'dbadmin',
    database_user_password: 'Example-pass-1',
  },
  instance_groups: [{ ...servers, block_storage_groups: [{ role_type: 'OS', size_gb: 104 }, ...disks] }],
};

test.each([
  ['a cluster', {}, 'sent'],
  ['a cluster for a private network', { allowable_ip_addresses: ['10.0.0.0/8'] }, 'sent'],
  ['a cluster for everybody', everybody, 'asked: exposing'],
  [
    'a cluster with public addresses',
    {
      nat_enabled: true,
      ha_enabled: false,
      instance_groups: [{ ...cluster.instance_groups[0], instances: [{ role_type: 'ACTIVE', public_ip_id: 'p1' }] }],
    },
    'asked: exposing',
  ],
])('%s is made, or asked about', async (_, more, expected) => {
  expect(await outcomeOf('samsung_create_cluster', async () => ({ ...cluster, ...more }))).toMatchObject({
    outcome: expected,
  });
});
