import { day } from '../../core/dates.js';
import type { Instance, Topology } from '../entities.js';

export interface Zone {
  id: string;
  dataCenter: string;
  location: string;
}

export interface Area {
  id: string;
  regionId: string;
  location: string;
  regulation: string | null;
  isDefault: boolean;
  /** The first zone is the default. A standby goes to the second one if there is one. */
  zones: [Zone, ...Zone[]];
}

export interface Network {
  id: number;
  areaId: string;
  /** The first three parts of its addresses. */
  prefix: string;
  maskBits: number;
  environment: string;
  isPublic: boolean;
  purpose: string;
  usedByOthers: number;
}

export interface Service {
  id: number;
  key: string;
  name: string;
  isProduction: boolean;
}

export interface Product {
  code: string;
  version: number;
  osName: string;
  releasedAt: number;
  endOfSupportAt: number;
}

export const regions = [
  { id: 'EB', dataCenter: 'EB4', location: 'Boulogne-Billancourt' },
  { id: 'ET', dataCenter: 'ET1', location: 'Labège' },
];

const eb4 = { dataCenter: 'EB4', location: 'Boulogne-Billancourt' };
const eb5 = { dataCenter: 'EB5', location: 'Magny-les-Hameaux' };

export const areas: Area[] = [
  {
    id: 'EB-PROD',
    regionId: 'EB',
    location: 'Boulogne-Billancourt',
    regulation: 'HDS',
    isDefault: true,
    zones: [
      { id: 'EB-PROD-A', ...eb4 },
      { id: 'EB-PROD-B', ...eb5 },
    ],
  },
  {
    id: 'EB-QA',
    regionId: 'EB',
    location: 'Boulogne-Billancourt',
    regulation: null,
    isDefault: false,
    zones: [{ id: 'EB-QA-A', ...eb4 }],
  },
  {
    id: 'ET-PROD',
    regionId: 'ET',
    location: 'Labège',
    regulation: null,
    isDefault: true,
    zones: [
      { id: 'ET-PROD-A', dataCenter: 'ET1', location: 'Labège' },
      { id: 'ET-PROD-B', dataCenter: 'ET2', location: 'Balma' },
    ],
  },
];

const isPrivate = { maskBits: 24, isPublic: false };

export const networks: Network[] = [
  {
    ...isPrivate,
    id: 132,
    areaId: 'EB-QA',
    prefix: '10.60.12',
    environment: 'QA',
    purpose: 'databases for tests',
    usedByOthers: 31,
  },
  {
    ...isPrivate,
    id: 210,
    areaId: 'EB-PROD',
    prefix: '10.40.21',
    environment: 'PRODUCTION',
    purpose: 'databases',
    usedByOthers: 64,
  },
  {
    // Nearly full on purpose: only one more node gets an address, so creating a pair there fails.
    id: 214,
    areaId: 'EB-PROD',
    prefix: '203.0.113',
    maskBits: 28,
    environment: 'PRODUCTION',
    isPublic: true,
    purpose: 'partners, reachable from outside',
    usedByOthers: 11,
  },
  {
    ...isPrivate,
    id: 305,
    areaId: 'ET-PROD',
    prefix: '10.80.5',
    environment: 'PRODUCTION',
    purpose: 'databases',
    usedByOthers: 12,
  },
];

export const services: Service[] = [
  { id: 101, key: 'ORD-PRD', name: 'Orders', isProduction: true },
  { id: 102, key: 'BIL-PRD', name: 'Billing', isProduction: true },
  { id: 104, key: 'PAR-PRD', name: 'Partner portal', isProduction: true },
  { id: 123, key: 'ORD-QA', name: 'Orders, tests', isProduction: false },
  { id: 125, key: 'REP-QA', name: 'Reports, tests', isProduction: false },
];

const product = (code: string, version: number, osName: string, [released, ended]: [string, string]): Product => ({
  code,
  version,
  osName,
  releasedAt: Date.parse(released),
  endOfSupportAt: Date.parse(ended),
});

// The dates are those of PostgreSQL itself. The provider's own may differ.
export const products: Product[] = [
  product('deb10pg11', 11, 'Debian 10', ['2018-10-18', '2023-11-09']),
  product('deb10pg12', 12, 'Debian 10', ['2019-10-03', '2024-11-21']),
  product('deb11pg13', 13, 'Debian 11', ['2020-09-24', '2025-11-13']),
  product('deb11pg14', 14, 'Debian 11', ['2021-09-30', '2026-11-12']),
  product('deb12pg15', 15, 'Debian 12', ['2022-10-13', '2027-11-11']),
  product('deb12pg16', 16, 'Debian 12', ['2023-09-14', '2028-11-09']),
];

const extended = 365 * day;
export const endOfSalesAt = ({ endOfSupportAt }: Product): number => endOfSupportAt - 365 * day;
export const extendedSupportAt = ({ endOfSupportAt }: Product): number => endOfSupportAt + extended;

export function supportPhaseOf({ endOfSupportAt }: Product, now: number): string {
  if (now < endOfSupportAt) return 'SUPPORTED';
  return now < endOfSupportAt + extended ? 'EXTENDED_SUPPORT' : 'END_OF_SUPPORT';
}

export const sizings = ['2cpu2gb', '2cpu4gb', '2cpu8gb', '4cpu8gb', '4cpu16gb', '8cpu32gb', '16cpu64gb'] as const;

export function sizeOf({ sizing }: Instance): { cpu: number; ram: number } {
  const [, cpu, ram] = /^(\d+)cpu(\d+)gb$/.exec(sizing) ?? [];
  return { cpu: Number(cpu), ram: Number(ram) };
}

export interface Extension {
  name: string;
  version: string;
  comment: string;
  requiresRestarting: boolean;
}

export const extensions: Extension[] = [
  {
    name: 'pg_stat_statements',
    version: '1.10',
    comment: 'Statistics of all SQL statements',
    requiresRestarting: true,
  },
  { name: 'pgaudit', version: '16.0', comment: 'Audit log of sessions and objects', requiresRestarting: true },
  { name: 'pg_cron', version: '1.6', comment: 'Jobs on a schedule, inside the database', requiresRestarting: true },
  { name: 'pg_trgm', version: '1.6', comment: 'Similarity of texts by trigrams', requiresRestarting: false },
  { name: 'pgcrypto', version: '1.3', comment: 'Cryptographic functions', requiresRestarting: false },
  { name: 'uuid-ossp', version: '1.1', comment: 'Generation of UUIDs', requiresRestarting: false },
  { name: 'hstore', version: '1.8', comment: 'Sets of keys and values in one column', requiresRestarting: false },
  { name: 'unaccent', version: '1.1', comment: 'Text search without accents', requiresRestarting: false },
  { name: 'postgis', version: '3.4.2', comment: 'Geometry and geography types', requiresRestarting: false },
];

export const nodeCountOf: Record<Topology, number> = { STANDALONE: 1, HA: 2 };

/** Finds a row of a table above. Everything that instances refer to is in the tables. */
function known<R>(row: R | undefined, what: string): R {
  if (row === undefined) throw new Error(`The catalog has no ${what}.`);
  return row;
}

export const productOf = ({ productCode }: Instance): Product =>
  known(
    products.find(({ code }) => code === productCode),
    productCode,
  );
export const networkOf = ({ networkId }: Instance): Network =>
  known(
    networks.find(({ id }) => id === networkId),
    `network ${networkId}`,
  );
export const serviceOf = ({ serviceId }: Instance): Service =>
  known(
    services.find(({ id }) => id === serviceId),
    `service ${serviceId}`,
  );
export const areaOf = ({ areaId }: Instance): Area =>
  known(
    areas.find(({ id }) => id === areaId),
    areaId,
  );
export const regionOf = ({ regionId }: Area) =>
  known(
    regions.find(({ id }) => id === regionId),
    regionId,
  );

/** The versions that the instance can be upgraded to: newer ones that are still supported. */
export const upgradesOf = (instance: Instance, now: number): Product[] =>
  products.filter(({ version, endOfSupportAt }) => version > productOf(instance).version && now < endOfSupportAt);
