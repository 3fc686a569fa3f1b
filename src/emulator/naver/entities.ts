/** The names of the states that this emulator uses, spelled as in the answers. */
export type Status = 'creating' | 'settingup' | 'running' | 'restarting' | 'recovering' | 'deleting' | 'deleted';

/**
 * M is primary, H is secondary, and S is read replica. The code of a standalone server is not documented: A is a guess.
 */
export type Role = 'A' | 'M' | 'H' | 'S';

export type StorageType = 'SSD' | 'HDD' | 'CB1' | 'CB2';

export interface Usage {
  bytes: number;
  /** The time of `bytes`, which grows from then on. */
  measuredAt: number;
  growthPerDay: number;
}

/** `id` is what the service calls a number. */
export interface Server {
  id: string;
  name: string;
  role: Role;
  status: Status;
  subnetNo: string;
  publicDomain?: string;
  privateIp: string;
  used: Usage;
  createdAt: number;
  upSince: number;
}

export interface BackupPlan {
  retentionDays: number;
  /** HH:MM in Korea. */
  time: string;
  storageCount: number;
  isAutomatic: boolean;
  isCompressed: boolean;
}

/** Passwords are accepted but not stored, because nothing ever shows them again. */
export interface DbUser {
  name: string;
  clientCidr: string;
  isReplicationRole: boolean;
}

export interface Database {
  name: string;
  owner: string;
}

/** The states that reads still show for a while after a change. */
export interface Before {
  status: Status;
  /** By the number of the server. A server that is missing here is not shown yet. */
  servers: ReadonlyMap<string, Status>;
}

export interface Instance {
  id: string;
  serviceName: string;
  status: Status;
  serverNamePrefix: string;
  imageCode: string;
  engineVersion: string;
  productCode: string;
  storageType: StorageType;
  storageBytes: number;
  isStorageEncryption: boolean;
  port: number;
  isHa: boolean;
  isMultiZone: boolean;
  /** Missing when backups are off. */
  backup?: BackupPlan;
  accessControlGroupNo: string;
  createdAt: number;
  before?: Before;
  servers: Server[];
  users: DbUser[];
  databases: Database[];
}
