/** Names of states as the answers spell them; those that this emulator passes through. */
export type Status = 'creating' | 'settingup' | 'running' | 'restarting' | 'recovering' | 'deleting' | 'deleted';

/** M primary, H secondary, S read replica. The code of a standalone server is undocumented: A is a guess. */
export type Role = 'A' | 'M' | 'H' | 'S';

export type StorageType = 'SSD' | 'HDD' | 'CB1' | 'CB2';

export interface Usage {
  bytes: number;
  /** When `bytes` was true; it grows from there. */
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

/** Passwords are taken and forgotten: nothing ever shows them again. */
export interface DbUser {
  name: string;
  clientCidr: string;
  isReplicationRole: boolean;
}

export interface Database {
  name: string;
  owner: string;
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
  /** Missing where backups are off. */
  backup?: BackupPlan;
  accessControlGroupNo: string;
  createdAt: number;
  servers: Server[];
  users: DbUser[];
  databases: Database[];
}
