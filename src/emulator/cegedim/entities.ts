/**
 * Only ACTIVE is documented, as the required status of both sides of a restore. The other words are the emulator's own.
 */
export type Status =
  | 'ACTIVE'
  | 'INACTIVE'
  | 'CREATING'
  | 'STARTING'
  | 'STOPPING'
  | 'UPDATING'
  | 'RESTORING'
  | 'DELETING';

export type Topology = 'STANDALONE' | 'HA';
export type ActionStatus = 'IN_PROGRESS' | 'SUCCESS' | 'ERROR';

export interface InstalledExtension {
  name: string;
  schema: string;
  version: string;
}

export interface Database {
  name: string;
  extensions: InstalledExtension[];
}

/** One server of an instance. */
export interface DbNode {
  id: number;
  internalId: number;
  name: string;
  ipAddress: string;
  zoneId: string;
  patchGroup: string;
  /** Whether this server alone has failed. */
  failed: boolean;
  replicated: boolean;
}

export interface PatchExclusion {
  by: string;
  at: number;
  reason: string | undefined;
}

export interface Instance {
  id: number;
  internalId: number;
  name: string;
  comment: string | null;
  status: Status;
  topology: Topology;
  productCode: string;
  serviceId: number;
  networkId: number;
  areaId: string;
  /** The size, such as `2cpu4gb`. */
  sizing: string;
  diskGb: number;
  usedGb: number;
  allowedReplicationLagMb: number;
  trigram: string;
  tls: boolean;
  createdAt: number;
  createdBy: string;
  stoppedAt?: number;
  backedUp: boolean;
  /** The time of the last backup, for an instance whose backups are off. */
  lastBackupAt?: number;
  monitored: boolean;
  supportLevel: string;
  exclusion?: PatchExclusion;
  nodes: DbNode[];
  databases: Database[];
  /** What was in it before each change, in the order of time. */
  past: { until: number; databases: Database[]; usedGb: number }[];
}

/** The work that a change starts. The client follows it by `id`. */
export interface Action {
  id: number;
  internalId: number;
  process: string;
  status: ActionStatus;
  message: string;
  resourceId: number;
  resourceName: string;
  serviceId: number;
  submittedBy: string;
  submittedAt: number;
  updatedAt: number;
  completedAt?: number;
}
