/** Times are epoch milliseconds on the emulated clock. */
export interface Row {
  id: string;
}

export const regions = ['kr-west1', 'kr-east1'] as const;
export type Region = (typeof regions)[number];

export const daysOfWeek = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export const volumeTypes = ['SSD', 'SSD_KMS', 'HDD', 'HDD_KMS'] as const;
export const diskRoles = ['OS', 'DATA', 'ARCHIVE', 'TEMP', 'BACKUP'] as const;
export const logTypes = ['alert', 'audit', 'slow'] as const;
export type LogType = (typeof logTypes)[number];

/** While a cluster is in one of these states, it accepts no other change. */
export const transitions = [
  'CREATING',
  'STOPPING',
  'STARTING',
  'RESTARTING',
  'EDITING',
  'SYNCHRONIZING',
  'UPGRADING',
  'TERMINATING',
] as const;
export type Transition = (typeof transitions)[number];
export type ServiceState = 'RUNNING' | 'STOPPED' | 'ERROR' | Transition;

export interface Disk extends Row {
  name: string;
  role: (typeof diskRoles)[number];
  sizeGb: number;
  volumeType: (typeof volumeTypes)[number];
}

export interface Instance {
  name: string;
  role: 'ACTIVE' | 'STANDBY';
  address: string;
  publicIpId: string | null;
  /** Whether this server alone is down, while the cluster continues without it. */
  failed: boolean;
}

export interface InstanceGroup extends Row {
  role: 'ACTIVE' | 'ACTIVE_STANDBY';
  serverType: string;
  instances: Instance[];
  disks: Disk[];
}

export interface BackupOption {
  archive_frequency_minute: string;
  retention_period_day: string;
  starting_time_hour: string;
}

export interface MaintenanceOption {
  period_hour: string | null;
  starting_day_of_week: (typeof daysOfWeek)[number] | null;
  starting_time: string | null;
}

export interface Backup {
  number: string;
  startAt: number;
  endAt: number;
  sizeGb: number;
  softwareVersion: string;
  failure: string | null;
}

export interface ArchiveConfig {
  enabled: boolean;
  retentionDays: number;
}

export interface LogExport {
  bucketName: string;
  deleteOnExport: boolean | null;
  scheduleDayOfMonth: string | null;
  scheduleDayOfWeek: string | null;
  scheduleFrequencyType: string | null;
  scheduleHour: string | null;
}

/** Parameter values by name, if they differ from the defaults. */
export type ParameterValues = Record<string, string>;

export interface Replication {
  originClusterId: string;
  originRegion: Region;
  lagSeconds: number;
  /** The time since which the replica falls behind, by half a second each second. */
  fallingBehindSince?: number;
  /** What the last synchronisation saw. */
  recorded: { lagSeconds: number; at: number };
}

export interface Cluster extends Row {
  name: string;
  createdAt: number;
  modifiedAt: number;
  roleType: 'ORIGIN' | 'REPLICA' | 'RECOVERY';
  serviceState: ServiceState;
  /** What reads show instead, while the state lags behind a request. */
  shownState?: ServiceState | 'UNKNOWN';
  region: Region;
  engineVersionId: string;
  haEnabled: boolean;
  natEnabled: boolean;
  allowableIpAddresses: string[];
  subnetId: string;
  timezone: string;
  vipPublicIpId: string | null;
  virtualIpAddress: string | null;
  database: { name: string; userName: string; port: number; encoding: string; locale: string };
  auditEnabled: boolean;
  backupOption: BackupOption | null;
  maintenanceOption: MaintenanceOption | null;
  groups: InstanceGroup[];
  backups: Backup[];
  /**
   * The configuration of the servers, and since when their archive has no gap. `recorded` is from the last
   * synchronisation.
   */
  archive: ArchiveConfig & { since: number; recorded: ArchiveConfig };
  /** `waiting` takes effect with the next restart. */
  parameters: { applied: ParameterValues; waiting: ParameterValues; recorded: ParameterValues; recordedAt: number };
  logExports: Map<LogType, LogExport>;
  /** Whether the data disk is full. The cluster is then in ERROR until the disk grows. */
  diskFull: boolean;
  /** Only replicas have this. */
  replication?: Replication;
}

/** The three words are the emulator's own, because those of the real service are not documented. */
export interface RequestRow extends Row {
  state: 'ACCEPTED' | 'PROCESSING' | 'COMPLETED';
}
