/** The fields of everything with an id of its own. Times are epoch milliseconds on the emulated clock. */
export interface Row {
  id: string;
  createdAt: number;
  updatedAt: number;
}

export type InstanceType = 'MASTER' | 'FAILED_MASTER' | 'CANDIDATE_MASTER' | 'READ_ONLY_SLAVE';
export type InstanceStatus =
  | 'AVAILABLE'
  | 'BEFORE_CREATE'
  | 'STORAGE_CREATING'
  | 'STORAGE_FULL'
  | 'REPLICATION_DELAY'
  | 'FAILOVER'
  | 'SHUTDOWN';
export type Progress =
  | 'NONE'
  | 'APPLYING_DB_INSTANCE_HBA_RULE'
  | 'APPLYING_PARAMETER_GROUP'
  | 'APPLYING_EXTENSION'
  | 'BACKING_UP'
  | 'CREATING'
  | 'CREATING_DATABASE'
  | 'CREATING_USER'
  | 'DELETING'
  | 'DELETING_DATABASE'
  | 'DELETING_USER'
  | 'EXPORTING_BACKUP'
  | 'MODIFYING'
  | 'PROMOTING'
  | 'REPAIRING'
  | 'REPLICATING'
  | 'RESTARTING'
  | 'RESTARTING_FORCIBLY'
  | 'RESTORING'
  | 'STARTING'
  | 'STOPPING'
  | 'SYNCING_EXTENSION'
  | 'UPDATING_DATABASE'
  | 'UPDATING_USER';

export interface BackupSchedule {
  backupWndBgnTime: string;
  backupWndDuration: string;
}

/** How busy an instance is. Every metric is computed from it and the requested time. */
export interface Load {
  cpuPercent: number;
  memoryPercent: number;
  connections: number;
  /** Disk use at `asOf`. It grows in a straight line before and after. */
  usedGb: number;
  growthGbPerDay: number;
  asOf: number;
  lagSeconds: number;
  /** When the replica falls behind, by half a second each second. It has caught up at the end. */
  fallingBehind?: { since: number; until?: number };
}

export interface DbInstance extends Row {
  groupId: string;
  name: string;
  description: string | null;
  dbVersion: string;
  dbPort: number;
  /** Where the real server listens, if there is one behind it. */
  host?: string;
  type: InstanceType;
  status: InstanceStatus;
  progress: Progress;
  flavorId: string;
  parameterGroupId: string;
  /** Changes of the parameter group after this time are not in effect yet. */
  parametersAppliedAt: number;
  securityGroupIds: string[];
  /** How many changes of rules of these groups are under way. */
  changingRules?: number;
  useDeletionProtection: boolean;
  needMigration: boolean;
  osVersion: string;
  storageType: string;
  /** The last size is the current one. The others are kept for past disk use in percent. */
  storageSizes: { since: number; sizeGb: number }[];
  availabilityZone: string;
  subnetId: string;
  usePublicAccess: boolean;
  backup: { backupPeriod: number; backupRetryCount: number; backupSchedules: BackupSchedule[] };
  maintenance: {
    allowAutoMaintenance: boolean;
    useAutoStorageCleanup: boolean;
    maintWndBgnTime: string;
    maintWndDuration: string;
    logRetentionPeriod: number;
  };
  load: Load;
  downtimes: { from: number; to?: number }[];
}

export interface InstanceGroup extends Row {
  /** Only groups with high availability have this. */
  highAvailability?: { haStatus: string; pingInterval: number; failoverReplWaitingTime: number };
}

/**
 * Databases, users, access rules and extensions belong to the group, because replication copies them to all its
 * members.
 */
export interface Database extends Row {
  groupId: string;
  name: string;
  status: 'STABLE' | 'CREATING' | 'MODIFYING' | 'DELETING';
  schemas: string[];
  /** The user who owns it. None where the service itself does. */
  ownerId?: string;
}

export interface DbUser extends Row {
  groupId: string;
  name: string;
  authorityType: 'CRUD' | 'DDL';
  /** For the real server behind. The API never shows it. */
  password?: string;
  status: 'STABLE' | 'CREATING' | 'MODIFYING' | 'DELETING';
}

export interface HbaRule extends Row {
  groupId: string;
  status: 'CREATED' | 'APPLIED';
  databaseApplyType: 'ENTIRE' | 'USER_CUSTOM';
  dbUserApplyType: 'ENTIRE' | 'USER_CUSTOM';
  databaseIds: string[];
  dbUserIds: string[];
  address: string;
  authMethod: 'TRUST' | 'REJECT' | 'SCRAM_SHA_256';
  reservedAction: 'NONE' | 'CREATE' | 'MODIFY' | 'DELETE';
}

export interface GroupExtension extends Row {
  groupId: string;
  extensionId: string;
  databaseId: string;
  schemaName: string;
  status: 'CREATED' | 'INSTALLED' | 'INSTALLING' | 'INSTALL_ERROR' | 'DELETING' | 'DELETE_ERROR';
  reservedAction: 'NONE' | 'INSTALL' | 'INSTALL_WITH_CASCADE' | 'DELETE' | 'DELETE_WITH_CASCADE';
  errorReason: string | null;
}

/** All of this in one group. */
export interface Contents {
  databases: Database[];
  dbUsers: DbUser[];
  hbaRules: HbaRule[];
  groupExtensions: GroupExtension[];
}

export interface Backup extends Row {
  name: string;
  type: 'AUTO' | 'MANUAL';
  status: 'BACKING_UP' | 'COMPLETED' | 'DELETING';
  /** The instance may be gone, because manual backups are kept after it. So a backup has all that it restores. */
  instanceId: string;
  instanceName: string;
  dbVersion: string;
  usedGb: number;
  contents: Contents;
}

export interface SecurityGroupRule extends Row {
  description: string | null;
  direction: 'INGRESS' | 'EGRESS';
  etherType: 'IPV4' | 'IPV6';
  port: { portType: 'DB_PORT' | 'PORT' | 'PORT_RANGE'; minPort?: number; maxPort?: number };
  cidr: string;
}

export interface SecurityGroup extends Row {
  name: string;
  description: string | null;
  progress: 'NONE' | 'CREATING_RULE' | 'UPDATING_RULE' | 'DELETING_RULE';
  rules: SecurityGroupRule[];
}

export interface ParameterGroup extends Row {
  name: string;
  description: string | null;
  dbVersion: string;
  /** Only the values that differ from the defaults. */
  values: Record<string, string>;
  /** When the value of a parameter was last changed, by its name. */
  changedAt: Record<string, number>;
}

export interface UserGroup extends Row {
  name: string;
  selectAll: boolean;
  memberIds: string[];
}

export interface Watchdog extends Row {
  metricName: string;
  comparisonOperator: 'LE' | 'LT' | 'GE' | 'GT';
  threshold: number;
  duration: number;
}

export interface NotificationGroup extends Row {
  name: string;
  notifyEmail: boolean;
  notifySms: boolean;
  isEnabled: boolean;
  instanceIds: string[];
  userGroupIds: string[];
  watchdogs: Watchdog[];
}

/** A person who works in the project, and can receive alarms. */
export interface Member {
  id: string;
  name: string;
  emailAddress: string;
  phoneNumber: string;
}

export interface Subnet {
  id: string;
  name: string;
  cidr: string;
  usingGateway: boolean;
  availableIpCount: number;
}

export type ResourceType = 'DB_INSTANCE' | 'DB_INSTANCE_GROUP' | 'DB_SECURITY_GROUP' | 'BACKUP';

export interface Job extends Row {
  status: 'READY' | 'RUNNING' | 'COMPLETED' | 'FAILED';
  /** A new job is not known yet to those who ask for it. */
  isUnknown?: boolean;
  resources: { resourceType: ResourceType; resourceId: string }[];
}

export interface DbEvent {
  code: string;
  sourceId: string;
  sourceName: string;
  at: number;
  languages: readonly ('EN' | 'JA' | 'KO' | 'ZH')[];
}
