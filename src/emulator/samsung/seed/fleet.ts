import { copied } from '../../core/copies.js';
import { day, hour, minute, second } from '../../core/dates.js';
import { fixedHex } from '../../core/ids.js';
import { addBackup, expireBackups, lastDue } from '../backups.js';
import type { BackupOption, Cluster, ParameterValues, Region } from '../entities.js';
import { privateAddress } from '../provisioning.js';
import { type Samsung, seededId } from '../store.js';

interface Story {
  name: string;
  ageDays: number;
  version: string;
  region?: Region;
  serverType: string;
  dataGb: number;
  database: string;
  isPair?: boolean;
  stopped?: boolean;
  allows: string[];
  natEnabled?: boolean;
  auditEnabled?: boolean;
  /** The hour of the daily backup in Korean time, and the days that backups are kept. */
  backup?: [hour: string, days: string];
  /** Changed in the settings, and known to them. */
  parameters?: ParameterValues;
  /** Changed in the database by hand, and not seen by a synchronisation yet. */
  byHand?: ParameterValues;
  replicaOf?: string;
  lagSeconds?: number;
}

const orders = {
  version: '16.10',
  serverType: 'db1v8m32',
  database: 'orders',
  allows: ['192.168.10.0/24', '192.168.11.0/24'],
  auditEnabled: true,
  parameters: { max_connections: '400', shared_buffers: '1048576', work_mem: '16384', log_lock_waits: 'on' },
};

const usual = {
  orders: { ...orders, name: 'orders', ageDays: 486, dataGb: 512, isPair: true, backup: ['2', '14'] },
  ordersEast: {
    ...orders,
    name: 'orders-east',
    ageDays: 120,
    region: 'kr-east1',
    dataGb: 512,
    allows: ['192.168.40.0/24'],
    backup: ['4', '7'],
    replicaOf: 'orders',
    lagSeconds: 94,
  },
  staging: {
    name: 'staging',
    ageDays: 203,
    version: '17.6',
    serverType: 'db1v2m8',
    dataGb: 104,
    database: 'orders',
    stopped: true,
    allows: ['192.168.20.0/24'],
    backup: ['3', '7'],
  },
  analytics: {
    name: 'analytics',
    ageDays: 341,
    version: '16.6',
    serverType: 'db1v16m64',
    dataGb: 1024,
    database: 'warehouse',
    allows: ['192.168.30.0/24'],
    parameters: { max_connections: '150', maintenance_work_mem: '1048576' },
    byHand: { work_mem: '65536' },
  },
  partners: {
    name: 'partners',
    ageDays: 97,
    version: '14.19',
    serverType: 'db1v4m16',
    dataGb: 200,
    database: 'partnerapi',
    allows: ['192.168.10.0/24', '0.0.0.0/0'],
    natEnabled: true,
    backup: ['1', '7'],
  },
} satisfies Record<string, Story>;

/** The same fleet without problems. */
const contented: Story[] = [
  usual.orders,
  { ...usual.ordersEast, lagSeconds: 0.3 },
  { ...usual.staging, stopped: false },
  { ...usual.analytics, version: '16.10', backup: ['5', '14'], byHand: undefined },
  { ...usual.partners, version: '17.6', allows: ['192.168.10.0/24'], natEnabled: false },
];
const quiet = contented.map((story) => ({ ...story, auditEnabled: true }));

/**
 * In a further account these have the same names as in the first one. The names of the others are the account's own.
 */
const commonNames = new Set(['orders', 'orders-east', 'staging']);

/** The name of a cluster only has letters, and at most 20. */
const nameIn = ({ account }: Samsung, name: string): string =>
  commonNames.has(name) || account.isFirst
    ? name
    : account
        .own(name)
        .replaceAll(/[^a-z]/g, '')
        .slice(0, 20);

const inLetters = (name: string, copy: number): string =>
  name + 'x'.repeat(copy % 5) + 'y'.repeat(Math.floor(copy / 5));

export const clusterId = (samsung: Samsung, name: string): string => seededId(samsung, `cluster:${name}`);

export function addClusters(samsung: Samsung): void {
  const { world, store } = samsung;
  const stories: Story[] = world.scenario === 'quiet' ? quiet : Object.values(usual);
  const all = copied(stories, world.copies, ({ replicaOf, ...story }, copy) => ({
    ...story,
    name: inLetters(story.name, copy),
    ...(replicaOf && { replicaOf: inLetters(replicaOf, copy) }),
  }));
  for (const story of all) {
    const cluster = store.clusters.add(build(samsung, story));
    addPastBackups(cluster, story, world.now());
  }
}

/** Adds the backups of the retention. A stopped cluster lacks those since it was stopped. */
function addPastBackups(cluster: Cluster, { stopped, ageDays }: Story, now: number): void {
  const { backupOption } = cluster;
  if (!backupOption) return;
  const stoppedSince = now - 11 * hour;
  const latest = lastDue(backupOption.starting_time_hour, now);
  for (let startAt = latest - Math.min(ageDays, 35) * day; startAt <= latest; startAt += day)
    if (!stopped || startAt < stoppedSince) addBackup(cluster, startAt);
  expireBackups(cluster, now);
}

function build(samsung: Samsung, story: Story): Cluster {
  const now = samsung.world.now();
  const { name, natEnabled = false, isPair = false, parameters = {}, byHand = {} } = story;
  const createdAt = now - story.ageDays * day - 5 * hour - 37 * minute;
  const isPublic = natEnabled && !isPair;
  const archive = { enabled: story.backup !== undefined, retentionDays: Number(story.backup?.[1] ?? 1) };
  return {
    id: clusterId(samsung, name),
    name: nameIn(samsung, name),
    createdAt,
    modifiedAt: story.stopped ? now - 11 * hour : now - 9 * day,
    roleType: story.replicaOf ? 'REPLICA' : 'ORIGIN',
    serviceState: story.stopped ? 'STOPPED' : 'RUNNING',
    region: story.region ?? 'kr-west1',
    engineVersionId: fixedHex(`engine-version:${story.version}`),
    haEnabled: isPair,
    natEnabled,
    allowableIpAddresses: [...story.allows],
    subnetId: seededId(samsung, `subnet:${story.region ?? 'kr-west1'}`),
    timezone: 'Asia/Seoul',
    vipPublicIpId: null,
    virtualIpAddress: isPair ? privateAddress(`${name}-vip`) : null,
    database: { name: story.database, userName: 'dbadmin', port: 2866, encoding: 'UTF-8', locale: 'C' },
    auditEnabled: story.auditEnabled ?? false,
    backupOption: backupOptionOf(story),
    maintenanceOption: { period_hour: '2', starting_day_of_week: 'SUN', starting_time: '0330' },
    groups: [
      {
        id: seededId(samsung, `instance-group:${name}`),
        role: isPair ? 'ACTIVE_STANDBY' : 'ACTIVE',
        serverType: story.serverType,
        disks: (['OS', 'DATA'] as const).map((role, index) => ({
          id: seededId(samsung, `disk:${name}:${role}`),
          name: `${name}-${role.toLowerCase()}-${index + 1}`,
          role,
          sizeGb: role === 'OS' ? 104 : story.dataGb,
          volumeType: 'SSD',
        })),
        instances: (isPair ? (['ACTIVE', 'STANDBY'] as const) : (['ACTIVE'] as const)).map((role, index) => ({
          name: `${name}00${index + 1}`,
          role,
          address: privateAddress(`${name}00${index + 1}`),
          publicIpId: isPublic ? seededId(samsung, `public-ip:${name}`) : null,
          failed: false,
        })),
      },
    ],
    backups: [],
    archive: { ...archive, since: now - archive.retentionDays * day, recorded: archive },
    parameters: {
      applied: { ...parameters, ...byHand },
      waiting: {},
      recorded: { ...parameters },
      recordedAt: now - 2 * day,
    },
    logExports: new Map(),
    diskFull: false,
    replication: replicationIn(samsung, story),
  };
}

const backupOptionOf = ({ backup }: Story): BackupOption | null =>
  backup ? { archive_frequency_minute: '10', retention_period_day: backup[1], starting_time_hour: backup[0] } : null;

function replicationIn(samsung: Samsung, { replicaOf, lagSeconds = 0 }: Story): Cluster['replication'] {
  if (!replicaOf) return undefined;
  const recorded = { lagSeconds, at: samsung.world.now() - 4 * minute - 12 * second };
  return { originClusterId: clusterId(samsung, replicaOf), originRegion: 'kr-west1', lagSeconds, recorded };
}
