import type { Account } from '../../core/account.js';
import { day } from '../../core/dates.js';
import type { BackupPlan, DbUser, Instance, Role, Server } from '../entities.js';
import { addressIn } from '../provisioning.js';
import { images } from './catalog.js';

const gib = 1024 ** 3;

export interface ServerSpec {
  no: string;
  role: Role;
  subnetNo: string;
  publicDomain?: string;
}

export interface Spec {
  no: string;
  serviceName: string;
  prefix: string;
  ageDays: number;
  engineVersion: string;
  size: string;
  storageGb: number;
  usedGb: number;
  growthGbPerDay: number;
  isStorageEncryption: boolean;
  isMultiZone: boolean;
  port: number;
  backup?: BackupPlan;
  servers: ServerSpec[];
  users: DbUser[];
  databases: [string, string][];
}

export const dailyAt = (time: string, retentionDays: number): BackupPlan => ({
  retentionDays,
  time,
  storageCount: retentionDays,
  isAutomatic: false,
  isCompressed: true,
});

export const login = (name: string, clientCidr: string, isReplicationRole = false): DbUser => ({
  name,
  clientCidr,
  isReplicationRole,
});

/**
 * One instance for each story: a pair with a replica, no backups, open to all addresses, an old version, a full disk.
 */
export const fleet: Spec[] = [
  {
    no: '1234925',
    serviceName: 'shop-orders',
    prefix: 'orders',
    ageDays: 412,
    engineVersion: '17.7',
    size: 'C004.M016.G003',
    storageGb: 100,
    usedGb: 46,
    growthGbPerDay: 0.12,
    isStorageEncryption: true,
    isMultiZone: true,
    port: 5432,
    backup: dailyAt('02:00', 7),
    servers: [
      { no: '1234017', role: 'M', subnetNo: '5051' },
      { no: '1234018', role: 'H', subnetNo: '5052' },
      { no: '1234019', role: 'S', subnetNo: '5051' },
    ],
    users: [
      login('orders_app', '192.168.0.0/16'),
      login('orders_cdc', '192.168.11.24/32', true),
      login('reporting', '192.168.12.0/24'),
    ],
    databases: [
      ['orders', 'orders_app'],
      ['payments', 'orders_app'],
    ],
  },
  {
    no: '1235310',
    serviceName: 'stats-batch',
    prefix: 'stats',
    ageDays: 187,
    engineVersion: '16.11',
    size: 'C008.M032.G003',
    storageGb: 200,
    usedGb: 88,
    growthGbPerDay: 0.3,
    isStorageEncryption: false,
    isMultiZone: false,
    port: 5432,
    servers: [{ no: '1234110', role: 'A', subnetNo: '5051' }],
    users: [login('stats_loader', '192.168.11.0/24')],
    databases: [['stats', 'stats_loader']],
  },
  {
    no: '1235544',
    serviceName: 'partner-portal',
    prefix: 'partner',
    ageDays: 96,
    engineVersion: '17.7',
    size: 'C002.M008.G003',
    storageGb: 50,
    usedGb: 14,
    growthGbPerDay: 0.05,
    isStorageEncryption: true,
    isMultiZone: false,
    port: 15432,
    backup: dailyAt('03:30', 3),
    servers: [
      { no: '1234151', role: 'M', subnetNo: '5049', publicDomain: 'pg-1234151.vpc-pub.example' },
      { no: '1234152', role: 'H', subnetNo: '5049' },
    ],
    users: [login('portal_app', '192.168.0.0/16'), login('partner_api', '0.0.0.0/0')],
    databases: [['portal', 'portal_app']],
  },
  {
    no: '1230078',
    serviceName: 'billing-legacy',
    prefix: 'billing',
    ageDays: 1422,
    engineVersion: '13.3',
    size: 'C002.M008.NET.SSD.B050.G002',
    storageGb: 60,
    usedGb: 31,
    growthGbPerDay: 0.02,
    isStorageEncryption: false,
    isMultiZone: false,
    port: 5432,
    backup: dailyAt('01:15', 1),
    servers: [{ no: '1230091', role: 'A', subnetNo: '5052' }],
    users: [login('billing', '192.168.12.0/24'), login('auditor', '192.168.12.40/32')],
    databases: [
      ['invoices', 'billing'],
      ['archive2021', 'billing'],
    ],
  },
  {
    no: '1235702',
    serviceName: 'event-archive',
    prefix: 'events',
    ageDays: 240,
    engineVersion: '17.7',
    size: 'C004.M016.G003',
    storageGb: 300,
    usedGb: 261,
    growthGbPerDay: 2.1,
    isStorageEncryption: true,
    isMultiZone: true,
    port: 5432,
    backup: dailyAt('04:00', 7),
    servers: [
      { no: '1234190', role: 'M', subnetNo: '5052' },
      { no: '1234191', role: 'H', subnetNo: '5051' },
    ],
    users: [login('event_writer', '192.168.11.0/24')],
    databases: [['events', 'event_writer']],
  },
];

/**
 * In a further account these have the same names, or the same numbers, as in the first one. Real accounts may share
 * both, and not always for the same instance. All other names and numbers are the account's own.
 */
const commonNames = new Set(['shop-orders', 'stats-batch']);
const commonNumbers = new Set(['shop-orders', 'partner-portal']);

const longestName = 30;

export function specIn(account: Account, spec: Spec): Spec {
  const { serviceName } = spec;
  const numbered = <R extends { no: string }>(row: R): R => ({ ...row, no: String(account.ownNumber(Number(row.no))) });
  const named = commonNames.has(serviceName) ? spec : { ...spec, serviceName: nameIn(account, serviceName) };
  return commonNumbers.has(serviceName) ? named : { ...numbered(named), servers: named.servers.map(numbered) };
}

/** More than the numbers of all further accounts differ by. */
const copyStep = 10_000_000;

export function inCopy(spec: Spec, copy: number): Spec {
  const numbered = <R extends { no: string }>(row: R): R => ({ ...row, no: String(Number(row.no) + copy * copyStep) });
  return { ...numbered(spec), serviceName: `${spec.serviceName}-${copy}`, servers: spec.servers.map(numbered) };
}

const nameIn = (account: Account, name: string): string => account.own(name).slice(0, longestName);

export function toInstance(spec: Spec, now: number): Instance {
  const createdAt = now - spec.ageDays * day;
  const image = images.find(({ engineVersion }) => engineVersion === spec.engineVersion);
  const used = { bytes: spec.usedGb * gib, measuredAt: now, growthPerDay: spec.growthGbPerDay * gib };
  const toServer = ({ no, role, subnetNo, publicDomain }: ServerSpec, index: number): Server => ({
    id: no,
    name: `${spec.prefix}-${String(index + 1).padStart(3, '0')}`,
    role,
    status: 'running',
    subnetNo,
    publicDomain,
    privateIp: addressIn(subnetNo, Number(no)),
    used: { ...used },
    createdAt,
    // The time of the provider's last maintenance.
    upSince: now - Math.min(spec.ageDays, 33) * day,
  });
  return {
    id: spec.no,
    serviceName: spec.serviceName,
    status: 'running',
    serverNamePrefix: spec.prefix,
    imageCode: image?.code ?? '',
    engineVersion: spec.engineVersion,
    productCode: `SVR.VPGSL.DBSVR.STAND.${spec.size}`,
    storageType: image?.generation === 'G2' ? 'SSD' : 'CB2',
    storageBytes: spec.storageGb * gib,
    isStorageEncryption: spec.isStorageEncryption,
    port: spec.port,
    isHa: spec.servers.some(({ role }) => role === 'H'),
    isMultiZone: spec.isMultiZone,
    backup: spec.backup,
    accessControlGroupNo: `16${spec.no.slice(-4)}`,
    createdAt,
    servers: spec.servers.map(toServer),
    users: spec.users.map((user) => ({ ...user })),
    databases: spec.databases.map(([name, owner]) => ({ name, owner })),
  };
}
