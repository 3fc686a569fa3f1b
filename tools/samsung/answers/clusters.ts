import * as z from 'zod';
import * as words from './_words.js';

export const clustersAnswers = {
  samsung_list_clusters: z.strictObject({
    contents: z
      .array(
        z.strictObject({
          account_id: z.string(),
          created_at: z.string(),
          created_by: z.string(),
          database_name: z.string().nullable(),
          ha_enabled: z.boolean(),
          id: z.string(),
          instance_count: z.number(),
          modified_at: z.string(),
          modified_by: z.string(),
          name: z.string(),
          role_type: words.clusterRoleType.nullable(),
          service_state: words.serviceState,
        }),
      )
      .nullable(),
    count: z.number(),
    page: z.number(),
    size: z.number(),
    sort: z.array(z.string()).nullable(),
  }),

  samsung_list_replicas: z.strictObject({
    contents: z.array(
      z.strictObject({
        name: z.string(),
        replica_state: z.string().nullable(),
        replica_state_detail: z.string().nullable(),
        synced_at: z.string().nullable(),
        region: z.string().nullable(),
      }),
    ),
    count: z.number(),
  }),

  samsung_get_cluster: z.strictObject({
    account_id: z.string(),
    allowable_ip_addresses: z.array(z.string()),
    created_at: z.string(),
    created_by: z.string(),
    dbaas_engine: z.string(),
    dbaas_engine_version_name: z.string(),
    ha_enabled: z.boolean(),
    id: z.string(),
    init_config_option: z.strictObject({
      audit_enabled: z.boolean(),
      backup_option: z
        .strictObject({
          archive_frequency_minute: z.string().nullable(),
          retention_period_day: z.string().nullable(),
          starting_time_hour: z.string().nullable(),
        })
        .nullable(),
      database_encoding: z.string().nullable(),
      database_locale: z.string().nullable(),
      database_name: z.string(),
      database_port: z.number().nullable(),
      database_user_name: z.string(),
      origin_region: z.string().nullable().optional(),
    }),
    instance_count: z.number(),
    instance_groups: z.array(
      z.strictObject({
        block_storage_groups: z.array(
          z.strictObject({
            id: z.string(),
            name: z.string(),
            role_type: words.blockStorageGroupRoleType,
            size_gb: z.number(),
            volume_type: words.volumeType,
          }),
        ),
        id: z.string(),
        instances: z.array(
          z.strictObject({
            name: z.string(),
            public_ip_address: z.string().nullable(),
            public_ip_id: z.string().nullable(),
            role_type: words.instanceRoleType,
            service_ip_address: z.string().nullable(),
            service_state: words.serviceState,
          }),
        ),
        role_type: words.instanceGroupRoleType,
        server_type_name: z.string(),
      }),
    ),
    maintenance_option: z
      .strictObject({
        period_hour: z.string().nullable(),
        starting_day_of_week: words.dayOfWeek.nullable(),
        starting_time: z.string().nullable(),
        use_maintenance_option: z.boolean(),
      })
      .nullable(),
    modified_at: z.string(),
    modified_by: z.string(),
    name: z.string(),
    nat_enabled: z.boolean(),
    origin_cluster_id: z.string().nullable(),
    product_image_type: z.string(),
    product_type: words.productType,
    replicas: z.array(z.string()),
    role_type: words.clusterRoleType.nullable(),
    service_state: words.serviceState,
    software_version: z.string(),
    subnet_id: z.string(),
    timezone: z.string(),
    vip_public_ip_address: z.string().nullable(),
    vip_public_ip_id: z.string().nullable(),
    virtual_ip_address: z.string().nullable(),
  }),
};
