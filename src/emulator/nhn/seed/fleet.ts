import { copied } from '../../core/copies.js';
import { day } from '../../core/dates.js';
import { fixedUuid } from '../../core/ids.js';
import type { DbInstance, InstanceStatus, InstanceType, Load } from '../entities.js';
import { type Nhn, seededId } from '../store.js';

interface Story {
  name: string;
  group: string;
  description: string | null;
  ageDays: number;
  dbVersion: string;
  type?: InstanceType;
  status?: InstanceStatus;
  flavor: string;
  parameterGroup: string;
  securityGroup: string;
  sizeGb: number;
  storageType?: string;
  zone?: string;
  subnet?: string;
  useDeletionProtection: boolean;
  usePublicAccess?: boolean;
  backupPeriod: number;
  needMigration?: boolean;
  osVersion?: string;
  stoppedForDays?: number;
  load: Omit<Load, 'asOf'>;
}

const ordersLoad = {
  cpuPercent: 30,
  memoryPercent: 61,
  connections: 180,
  usedGb: 212,
  growthGbPerDay: 0.5,
  lagSeconds: 0,
};
const orders = {
  group: 'orders',
  dbVersion: 'POSTGRESQL_V17_6',
  flavor: 'r2.c4m32',
  parameterGroup: 'orders-tuned',
  securityGroup: 'app-servers',
  sizeGb: 500,
  subnet: 'data-private',
  useDeletionProtection: true,
  backupPeriod: 7,
};

const usual: Story[] = [
  {
    ...orders,
    name: 'orders-primary',
    description: 'Order service, primary',
    ageDays: 412,
    load: ordersLoad,
  },
  {
    ...orders,
    name: 'orders-standby',
    description: 'Order service, standby',
    ageDays: 412,
    type: 'CANDIDATE_MASTER',
    zone: 'kr-pub-b',
    load: { ...ordersLoad, cpuPercent: 6, connections: 4, lagSeconds: 0.2 },
  },
  {
    ...orders,
    name: 'orders-replica',
    description: 'Order service, reports read here',
    ageDays: 96,
    type: 'READ_ONLY_SLAVE',
    load: { ...ordersLoad, cpuPercent: 18, connections: 45, lagSeconds: 0.6 },
  },
  {
    name: 'analytics',
    group: 'analytics',
    description: 'Warehouse of the data team',
    ageDays: 233,
    dbVersion: 'POSTGRESQL_V17_4',
    flavor: 'r2.c8m64',
    parameterGroup: 'default-v17-4',
    securityGroup: 'analytics-open',
    sizeGb: 200,
    useDeletionProtection: true,
    usePublicAccess: true,
    backupPeriod: 3,
    load: { cpuPercent: 42, memoryPercent: 70, connections: 35, usedGb: 186, growthGbPerDay: 2.4, lagSeconds: 0 },
  },
  {
    name: 'billing-legacy',
    group: 'billing',
    description: 'Invoices until 2023; to be moved to V17',
    ageDays: 1310,
    dbVersion: 'POSTGRESQL_V14_6',
    flavor: 'm2.c2m4',
    parameterGroup: 'default-v14-6',
    securityGroup: 'office',
    sizeGb: 100,
    storageType: 'General HDD',
    useDeletionProtection: false,
    backupPeriod: 0,
    needMigration: true,
    osVersion: 'CentOS 7.9',
    load: { cpuPercent: 12, memoryPercent: 55, connections: 22, usedGb: 38, growthGbPerDay: 0.03, lagSeconds: 0 },
  },
  {
    name: 'staging',
    group: 'billing',
    description: 'Read replica of billing, for the testers',
    ageDays: 61,
    type: 'READ_ONLY_SLAVE',
    dbVersion: 'POSTGRESQL_V14_6',
    status: 'SHUTDOWN',
    flavor: 'm2.c1m2',
    parameterGroup: 'default-v14-6',
    securityGroup: 'office',
    sizeGb: 100,
    storageType: 'General HDD',
    useDeletionProtection: false,
    backupPeriod: 7,
    needMigration: true,
    osVersion: 'CentOS 7.9',
    stoppedForDays: 3,
    load: { cpuPercent: 8, memoryPercent: 45, connections: 8, usedGb: 38, growthGbPerDay: 0.03, lagSeconds: 0 },
  },
];

/** The same six instances, without problems. */
const healthy: Story[] = usual.map((story) => ({
  ...story,
  dbVersion: 'POSTGRESQL_V17_6',
  status: 'AVAILABLE',
  parameterGroup: story.group === 'orders' ? 'orders-tuned' : 'default-v17-6',
  securityGroup: 'app-servers',
  useDeletionProtection: true,
  usePublicAccess: false,
  backupPeriod: 7,
  needMigration: false,
  osVersion: undefined,
  stoppedForDays: undefined,
  load: { ...story.load, usedGb: Math.min(story.load.usedGb, 0.4 * story.sizeGb), growthGbPerDay: 0.02 },
}));

/**
 * In a further account these have the same names as in the first one. The names of the others are the account's own.
 */
const commonNames = new Set(['orders-primary', 'orders-standby', 'orders-replica', 'staging']);

export const instanceId = (nhn: Nhn, name: string): string => seededId(nhn, `db instance ${name}`);
export const groupId = (nhn: Nhn, name: string): string => seededId(nhn, `db instance group ${name}`);

export function addInstances(nhn: Nhn): void {
  const { world, store } = nhn;
  const now = world.now();
  const stories = copied(world.scenario === 'quiet' ? healthy : usual, world.copies, (story, copy) => ({
    ...story,
    name: `${story.name}-${copy}`,
    group: `${story.group}-${copy}`,
  }));
  for (const story of stories) {
    const createdAt = now - story.ageDays * day;
    const id = groupId(nhn, story.group);
    if (!store.instanceGroups.find(id)) {
      const highAvailability = { haStatus: 'STABLE', pingInterval: 3, failoverReplWaitingTime: 60 };
      const isPair = story.parameterGroup === 'orders-tuned';
      store.instanceGroups.add({ id, createdAt, updatedAt: createdAt, ...(isPair && { highAvailability }) });
    }
    store.instances.add(instanceOf(nhn, story));
  }
}

function instanceOf(nhn: Nhn, story: Story): DbInstance {
  const now = nhn.world.now();
  const createdAt = now - story.ageDays * day;
  // The orders group was updated before its parameter group changed, except in the fleet without problems.
  const parametersAppliedAt = now - day * (story.parameterGroup === 'orders-tuned' ? 20 : 1);
  return {
    id: instanceId(nhn, story.name),
    createdAt,
    updatedAt: now - Math.min(story.ageDays, 9) * day,
    groupId: groupId(nhn, story.group),
    name: commonNames.has(story.name) ? story.name : nhn.account.own(story.name),
    description: story.description,
    dbVersion: story.dbVersion,
    dbPort: 15_432,
    type: story.type ?? 'MASTER',
    status: story.status ?? 'AVAILABLE',
    progress: 'NONE',
    flavorId: fixedUuid(`flavor ${story.flavor}`),
    parameterGroupId: seededId(nhn, `parameter group ${story.parameterGroup}`),
    parametersAppliedAt,
    securityGroupIds: [seededId(nhn, `security group ${story.securityGroup}`)],
    useDeletionProtection: story.useDeletionProtection,
    needMigration: story.needMigration ?? false,
    osVersion: story.osVersion ?? 'Rocky Linux 8.10',
    storageType: story.storageType ?? 'General SSD',
    storageSizes: [{ since: createdAt, sizeGb: story.sizeGb }],
    availabilityZone: story.zone ?? 'kr-pub-a',
    subnetId: seededId(nhn, `subnet ${story.subnet ?? 'Default Network'}`),
    usePublicAccess: story.usePublicAccess ?? false,
    backup: {
      backupPeriod: story.backupPeriod,
      backupRetryCount: 6,
      backupSchedules:
        story.backupPeriod === 0 ? [] : [{ backupWndBgnTime: '02:00:00', backupWndDuration: 'ONE_HOUR_AND_HALF' }],
    },
    maintenance: {
      allowAutoMaintenance: true,
      useAutoStorageCleanup: true,
      maintWndBgnTime: '04:00:00',
      maintWndDuration: 'ONE_HOUR',
      logRetentionPeriod: 7,
    },
    load: { ...story.load, asOf: now },
    downtimes: story.stoppedForDays ? [{ from: now - story.stoppedForDays * day }] : [],
  };
}
