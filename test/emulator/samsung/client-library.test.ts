import { expect, test } from 'vitest';
import * as z from 'zod';
import { accepted, connect, creation, engineVersion } from './client.js';

/**
 * What the provider's own client library for Go insists on: fields that it knows, all of those that it needs, and times
 * with a zone or without. It was tried by hand against the served emulator.
 */
const nullableText = z.string().nullable();
const int32 = z.int32();
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/);
const serviceState = z.enum([
  'RUNNING',
  'STOPPED',
  'UNKNOWN',
  'ERROR',
  'FAILED',
  'TERMINATED',
  'CREATING',
  'STOPPING',
  'STARTING',
  'RESTARTING',
  'EDITING',
  'SYNCHRONIZING',
  'UPGRADING',
  'TERMINATING',
  'MIGRATING',
]);
const roleType = z.enum(['ORIGIN', 'REPLICA', 'RECOVERY', 'SECONDARY', 'MIGRATION']).nullable();
const dayOfWeek = z.enum(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']).nullable();

const common = {
  account_id: z.string(),
  created_at: time,
  created_by: z.string(),
  ha_enabled: z.boolean().optional(),
  id: z.string(),
  instance_count: int32.optional(),
  modified_at: time,
  modified_by: z.string(),
  name: z.string(),
  role_type: roleType,
  service_state: serviceState,
};

const page = (row: z.ZodType) =>
  z.strictObject({
    contents: z.array(row),
    count: int32,
    page: int32,
    size: int32,
    sort: z.array(z.string()).optional(),
  });

const instance = z.strictObject({
  name: z.string(),
  public_ip_address: nullableText.optional(),
  public_ip_id: nullableText.optional(),
  role_type: z.enum(['ACTIVE', 'STANDBY']),
  service_ip_address: nullableText.optional(),
  service_state: serviceState,
});
const disk = z.strictObject({
  id: z.string(),
  name: z.string(),
  role_type: z.enum(['OS', 'DATA', 'ARCHIVE', 'TEMP', 'BACKUP']),
  size_gb: int32,
  volume_type: z.enum(['SSD', 'SSD_KMS', 'HDD', 'HDD_KMS']),
});
const cluster = z.strictObject({
  ...common,
  allowable_ip_addresses: z.array(z.string()).nullish(),
  dbaas_engine: z.string(),
  dbaas_engine_version_name: z.string(),
  init_config_option: z.strictObject({
    audit_enabled: z.boolean().optional(),
    backup_option: z.record(z.string(), nullableText).nullish(),
    database_encoding: nullableText.optional(),
    database_locale: nullableText.optional(),
    database_name: z.string(),
    database_port: int32.nullish(),
    database_user_name: z.string(),
  }),
  instance_groups: z.array(
    z.strictObject({
      block_storage_groups: z.array(disk),
      id: z.string(),
      instances: z.array(instance),
      role_type: z.enum(['ACTIVE', 'ACTIVE_STANDBY']),
      server_type_name: z.string(),
    }),
  ),
  maintenance_option: z
    .object({
      period_hour: nullableText,
      starting_day_of_week: dayOfWeek,
      starting_time: nullableText,
      use_maintenance_option: z.boolean(),
    })
    .partial()
    .nullish(),
  nat_enabled: z.boolean().optional(),
  origin_cluster_id: nullableText.optional(),
  product_image_type: z.string(),
  product_type: z.literal('PostgreSQL Community'),
  replicas: z.array(z.string()),
  software_version: z.string(),
  subnet_id: z.string(),
  timezone: z.string(),
  vip_public_ip_address: nullableText.optional(),
  vip_public_ip_id: nullableText.optional(),
  virtual_ip_address: nullableText.optional(),
});

const backup = z.strictObject({
  backup_end_at: z.string().nullable(),
  backup_history_number: z.string(),
  backup_size_gb: z.number(),
  backup_start_at: z.string(),
  backup_state: z.string(),
  backup_state_detail: nullableText.optional(),
  software_version: z.string(),
});
const logExport = z.strictObject({
  bucket_name: nullableText,
  delete_on_export: z.boolean().nullable(),
  is_bucket_deleted: z.boolean().nullable(),
  is_registered: z.boolean(),
  log_label: z.string(),
  log_type: z.string(),
  schedule_day_of_month: nullableText,
  schedule_day_of_week: dayOfWeek,
  schedule_frequency_type: nullableText,
  schedule_hour: nullableText,
});
const valueOfParameter = z.strictObject({
  allows_value: z.string(),
  applied_value: z.string(),
  apply_type: z.string(),
  data_type: z.string(),
  default_value: z.string(),
  description: nullableText,
  id: z.string(),
  is_modifiable: z.boolean(),
  name: z.string(),
  software_type: nullableText,
});

/** Of the replicas it knows no region, which the documents ask for; they are left out. */
const ofEachCluster: Record<string, z.ZodType> = {
  '': cluster,
  '/archive': z.strictObject({ archive_enabled: z.boolean(), retention_period_day: int32.nullish() }),
  '/backup-histories': z.strictObject({ contents: z.array(backup), total_count: int32 }),
  '/log-export-configs': z.strictObject({ contents: z.array(logExport), count: int32 }),
  '/parameters': z.strictObject({ contents: z.array(valueOfParameter), count: int32, modified_at: z.string() }),
};

const engine = z.strictObject({
  end_of_service: z.boolean().optional(),
  id: z.string(),
  major_version: z.string(),
  name: z.string(),
  os_type: z.string(),
  os_version: z.string(),
  product_image_type: nullableText.optional(),
  software_version: z.string(),
});
const serverType = z.strictObject({
  cpu_core: int32,
  description: z.string(),
  memory_gb: int32,
  name: z.string(),
  product_image_type: z.string(),
  product_type: z.string(),
  purpose: z.string(),
  type: z.string(),
});

const summary = z.strictObject({ ...common, database_name: nullableText });

const ids = z.object({ contents: z.array(z.object({ id: z.string(), name: z.string() })) });

test.each([
  ['/v1/clusters', page(summary)],
  ['/v1/engine-versions', z.strictObject({ contents: z.array(engine) })],
  ['/v1/server-types', z.looseObject({ contents: z.array(serverType) })],
])('the provider’s own client library reads %s', async (path, form) => {
  expect(form.safeParse(await connect().get(path)).error).toBeUndefined();
});

test.each(Object.entries(ofEachCluster))('it reads /v1/clusters/…%s of each cluster', async (part, form) => {
  const { get } = connect();
  const { contents } = ids.parse(await get('/v1/clusters'));
  // This one is a replica in another region, of which only newer versions of the library know.
  const known = contents.filter(({ name }) => part || name !== 'orders-east');
  expect(known.length).toBeGreaterThan(3);
  for (const { id, name } of known) {
    const { error } = form.safeParse(await get(`/v1/clusters/${id}${part}`));
    expect(error, name).toBeUndefined();
  }
});

test('it follows a new cluster from its request to its end, and reads what is refused', async () => {
  const { world, send, get } = connect();
  const wanted = creation(await engineVersion(get, '17.6'));
  const refused = await send('POST', '/v1/clusters', { ...wanted, name: 'two words' });
  const fault = z.strictObject({
    msg: z.string(),
    loc: z.array(z.string()),
    ctx: z.record(z.string(), z.json()),
    type_: z.string(),
  });
  expect(refused.status).toBe(400);
  expect(z.array(fault).min(1).safeParse(refused.answer).error).toBeUndefined();

  const begun = z
    .strictObject({ request_id: z.string(), resource: z.strictObject({ id: z.string() }) })
    .parse((await send('POST', '/v1/clusters', wanted)).answer);
  const path = `/v1/clusters/${begun.resource.id}`;
  const request = z.strictObject({ request_id: z.string(), state: z.string() });
  expect(request.safeParse(await get(`/v1/requests/${begun.request_id}`)).error).toBeUndefined();
  expect(cluster.safeParse(await get(path)).error).toBeUndefined();
  world.advance(120_000);
  expect(cluster.parse(await get(path)).service_state).toBe('RUNNING');

  const block_storage_groups = [{ role_type: 'DATA', size_gb: 16 }];
  const replica = {
    name: 'its-replica',
    instance_groups: [{ role_type: 'ACTIVE', server_type_name: 'db1v2m4', block_storage_groups }],
  };
  const added = await send('POST', `${path}/replicas`, { replica_count: 1, replicas: [replica] });
  expect(accepted.safeParse(added.answer).error).toBeUndefined();
  const { resource } = accepted.parse(added.answer);
  world.advance(120_000);
  expect(cluster.parse(await get(`/v1/clusters/${resource.id}`)).role_type).toBe('REPLICA');
  await send('DELETE', `/v1/clusters/${resource.id}`);
  world.advance(120_000);

  expect(accepted.safeParse((await send('DELETE', path)).answer).error).toBeUndefined();
  world.advance(3_000);
  expect(cluster.parse(await get(path)).service_state).toBe('TERMINATING');
  world.advance(120_000);
  expect((await send('GET', path)).status).toBe(404);
});
