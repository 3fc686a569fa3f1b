import * as z from 'zod';

export const jobStatus = z.enum([
  'PREPARING',
  'READY',
  'RUNNING',
  'COMPLETED',
  'REGISTERED',
  'WAIT_TO_REGISTER',
  'INTERRUPTED',
  'CANCELED',
  'FAILED',
  'ERROR',
  'DELETED',
  'FAIL_TO_READY',
]);

export const resourceType = z.enum([
  'DB_INSTANCE',
  'DB_INSTANCE_GROUP',
  'DB_SECURITY_GROUP',
  'PARAMETER_GROUP',
  'BACKUP',
  'TENANT',
]);

export const dbInstanceGroupStatus = z.enum(['CREATED', 'DELETED']);

export const replicationType = z.enum(['STANDALONE', 'HIGH_AVAILABILITY']);

export const dbInstanceType = z.enum(['MASTER', 'FAILED_MASTER', 'CANDIDATE_MASTER', 'READ_ONLY_SLAVE']);

export const dbInstanceStatus = z.enum([
  'AVAILABLE',
  'BEFORE_CREATE',
  'STORAGE_FULL',
  'FAIL_TO_CREATE',
  'FAIL_TO_CONNECT',
  'REPLICATION_STOP',
  'REPLICATION_DELAY',
  'FAILOVER',
  'SHUTDOWN',
  'DELETED',
  'STORAGE_CREATING',
]);

export const extensionStatus = z.enum(['AVAILABLE', 'NEED_TO_APPLY', 'APPLYING']);

export const groupExtensionStatus = z.enum([
  'CREATED',
  'INSTALLED',
  'INSTALLING',
  'INSTALL_ERROR',
  'DELETED',
  'DELETING',
  'DELETE_ERROR',
]);

export const extensionReservedAction = z.enum([
  'NONE',
  'INSTALL',
  'INSTALL_WITH_CASCADE',
  'DELETE',
  'DELETE_WITH_CASCADE',
]);

export const dbInstanceProgressStatus = z.enum([
  'APPLYING_DB_INSTANCE_HBA_RULE',
  'APPLYING_PARAMETER_GROUP',
  'APPLYING_EXTENSION',
  'BACKING_UP',
  'CANCELING',
  'CREATING',
  'CREATING_DATABASE',
  'CREATING_USER',
  'DELETING',
  'DELETING_DATABASE',
  'DELETING_USER',
  'EXPORTING_BACKUP',
  'FAILING_OVER',
  'MIGRATING',
  'MODIFYING',
  'OCCUPIED',
  'PREPARING',
  'PROMOTING',
  'PROMOTING_FORCIBLY',
  'REBUILDING',
  'REPAIRING',
  'REPLICATING',
  'RESTARTING',
  'RESTARTING_FORCIBLY',
  'RESTORING',
  'STARTING',
  'STOPPING',
  'SYNCING_DATABASE',
  'SYNCING_USER',
  'SYNCING_EXTENSION',
  'UPDATING_USER',
  'UPDATING_DATABASE',
  'WAIT_MANUAL_CONTROL',
  'NONE',
  'STORAGE_CREATING',
]);

export const haStatus = z.enum([
  'CREATED',
  'STABLE',
  'DISABLE_REPLICATION_DELAY',
  'PAUSING',
  'PAUSED',
  'PAUSED_DUE_TO_TASK',
  'FAILOVER_STARTED',
  'FAILOVER_FAILED',
  'FAILOVER_COMPLETED',
  'DELETED',
]);

export const storageStatus = z.enum(['DETACHED', 'ATTACHED', 'DELETED']);

export const endPointType = z.enum(['EXTERNAL', 'INTERNAL', 'PUBLIC', 'PRIVATE']);

export const windowDuration = z.enum([
  'HALF_AN_HOUR',
  'ONE_HOUR',
  'ONE_HOUR_AND_HALF',
  'TWO_HOURS',
  'TWO_HOURS_AND_HALF',
  'THREE_HOURS',
]);

export const backupType = z.enum(['AUTO', 'MANUAL']);

export const backupStatus = z.enum(['BACKING_UP', 'COMPLETED', 'DELETING', 'DELETED', 'ERROR']);

export const databaseStatus = z.enum(['STABLE', 'CREATING', 'MODIFYING', 'SYNCING', 'DELETING', 'DELETED']);

export const authorityType = z.enum(['CRUD', 'DDL']);

export const dbUserStatus = z.enum(['STABLE', 'CREATING', 'MODIFYING', 'SYNCING', 'DELETING', 'DELETED']);

export const hbaRuleStatus = z.enum(['CREATED', 'APPLIED', 'CREATING', 'MODIFYING', 'DELETING', 'DELETED']);

export const hbaApplyType = z.enum(['ENTIRE', 'USER_CUSTOM']);

export const hbaAuthMethod = z.enum(['TRUST', 'REJECT', 'SCRAM_SHA_256']);

export const hbaReservedAction = z.enum(['NONE', 'CREATE', 'MODIFY', 'DELETE']);

export const dbSecurityGroupStatus = z.enum(['CREATED', 'DELETED']);

export const dbSecurityGroupProgressStatus = z.enum([
  'NONE',
  'CREATING_RULE',
  'UPDATING_RULE',
  'DELETING_RULE',
  'APPLYING_DEFAULT_RULE',
]);

export const direction = z.enum(['INGRESS', 'EGRESS']);

export const etherType = z.enum(['IPV4', 'IPV6']);

export const portType = z.enum(['DB_PORT', 'PORT', 'PORT_RANGE']);

export const parameterGroupStatus = z.enum(['STABLE', 'NEED_TO_APPLY', 'DELETED']);

export const parameterValueUnit = z.enum(['B', 'kB', 'MB', 'GB', 'TB', 'us', 'ms', 's', 'min', 'h', 'd']);

export const parameterValueType = z.enum([
  'BOOLEAN',
  'STRING',
  'NUMERIC',
  'NUMERIC_WITH_BYTE_UNIT',
  'NUMERIC_WITH_TIME_UNIT',
  'ENUMERATED',
  'MULTI_ENUMERATED',
  'TIMEZONE',
]);

export const parameterUpdateType = z.enum(['VARIABLE', 'CONSTANT']);

export const parameterApplyType = z.enum(['SESSION', 'FILE', 'BOTH']);

export const userGroupStatus = z.enum(['CREATED', 'DELETED']);

export const userGroupTypeCode = z.enum(['ENTIRE', 'INDIVIDUAL_MEMBER']);

export const notificationGroupStatus = z.enum(['CREATED', 'DELETED']);

export const comparisonOperator = z.enum(['LE', 'LT', 'GE', 'GT']);
