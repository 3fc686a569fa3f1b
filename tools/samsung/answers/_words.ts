import * as z from 'zod';

export const clusterRoleType = z.enum(['ORIGIN', 'REPLICA', 'RECOVERY', 'SECONDARY', 'MIGRATION']);

export const serviceState = z.enum([
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

export const dayOfWeek = z.enum(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']);

export const blockStorageGroupRoleType = z.enum(['OS', 'DATA', 'ARCHIVE', 'TEMP', 'BACKUP']);

export const volumeType = z.enum(['SSD', 'SSD_KMS', 'HDD', 'HDD_KMS']);

export const instanceRoleType = z.enum([
  'ACTIVE',
  'STANDBY',
  'PRIMARY',
  'SECONDARY',
  'MASTER',
  'REPLICA',
  'SENTINEL',
  'MASTER_DATA',
  'DATA',
  'KIBANA',
  'DASHBOARDS',
  'ZOOKEEPER_BROKER',
  'BROKER',
  'ZOOKEEPER',
  'AKHQ',
  'CONSOLE',
  'READ_REPLICA',
]);

export const instanceGroupRoleType = z.enum([
  'ACTIVE',
  'ACTIVE_STANDBY',
  'PRIMARY_SECONDARY',
  'MASTER',
  'MASTER_REPLICA',
  'REPLICA',
  'SENTINEL',
  'MASTER_DATA',
  'DATA',
  'KIBANA',
  'DASHBOARDS',
  'ZOOKEEPER_BROKER',
  'BROKER',
  'ZOOKEEPER',
  'AKHQ',
  'CONSOLE',
  'PRIMARY',
  'PRIMARY_NODE',
  'READ_NODE',
]);

export const productType = z.enum([
  'QOS',
  'PostgreSQL Community',
  'EPAS',
  'MariaDB',
  'MySQL',
  'Redis',
  'Microsoft SQL Server',
  'Search Engine',
  'Event Streams',
  'Vertica',
  'Scalable DB',
]);
