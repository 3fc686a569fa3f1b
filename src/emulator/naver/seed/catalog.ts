import type { StorageType } from '../entities.js';

export const regionCode = 'KR';

const gib = 1024 ** 3;

export type Generation = 'G2' | 'G3';

export interface Image {
  code: string;
  engineVersion: string;
  generation: Generation;
  os: string;
}

const centos = 'CentOS 7.8';
const rocky = 'Rocky Linux 8.10';
const firstCode = 'SW.VPGSL.OS.LNX64.CNTOS.0708.PGSQL.133.B050';
const secondCode = 'SW.VPGSL.OS.LNX64.CNTOS.0708.PGSQL.1313.B050';
const thirdCode = 'SW.VPGSL.OS.LNX64.ROCKY.0810.PGSQL.B050';

/** One product code can stand for several engine versions. A new instance gets the last row. */
export const images: Image[] = [
  { code: firstCode, engineVersion: '13.3', generation: 'G2', os: centos },
  { code: firstCode, engineVersion: '13.13', generation: 'G2', os: centos },
  { code: secondCode, engineVersion: '13.13', generation: 'G2', os: centos },
  { code: thirdCode, engineVersion: '15.15', generation: 'G3', os: rocky },
  { code: thirdCode, engineVersion: '16.11', generation: 'G3', os: rocky },
  { code: thirdCode, engineVersion: '17.7', generation: 'G3', os: rocky },
];

export const imageOf = (code: string): Image | undefined => images.find((image) => image.code === code);

export interface Product {
  code: string;
  generation: Generation;
  cpuCount: number;
  memorySize: number;
  zones: string[];
}

const sizes = [
  { cpuCount: 2, memoryGb: 8, zones: ['KR-1', 'KR-2'] },
  { cpuCount: 4, memoryGb: 16, zones: ['KR-1', 'KR-2'] },
  { cpuCount: 8, memoryGb: 32, zones: ['KR-1', 'KR-2'] },
  { cpuCount: 16, memoryGb: 64, zones: ['KR-2'] },
];

const padded = (count: number): string => String(count).padStart(3, '0');

/** The smallest comes first, because a new instance gets the first. */
export const products: Product[] = sizes.flatMap(({ cpuCount, memoryGb, zones }) => {
  const size = `SVR.VPGSL.DBSVR.STAND.C${padded(cpuCount)}.M${padded(memoryGb)}`;
  const common = { cpuCount, memorySize: memoryGb * gib, zones };
  return [
    { ...common, code: `${size}.NET.SSD.B050.G002`, generation: 'G2' },
    { ...common, code: `${size}.G003`, generation: 'G3' },
  ];
});

export const productOf = (code: string): Product | undefined => products.find((product) => product.code === code);

/** A new instance gets the first type. */
export const storageTypes: Record<Generation, [StorageType, ...StorageType[]]> = {
  G2: ['SSD', 'HDD'],
  G3: ['CB2', 'CB1'],
};

export interface Vpc {
  no: string;
  name: string;
  cidr: string;
  createdAt: number;
}

export const vpcs: Vpc[] = [
  { no: '5087', name: 'shop-vpc', cidr: '192.168.0.0/16', createdAt: Date.parse('2024-02-05T10:12:31+09:00') },
  { no: '5102', name: 'lab-vpc', cidr: '10.20.0.0/16', createdAt: Date.parse('2025-09-18T16:40:02+09:00') },
];

export interface Subnet {
  no: string;
  name: string;
  vpcNo: string;
  zoneCode: string;
  cidr: string;
  isPublic: boolean;
}

const subnetRows: [string, string, string, string, string, boolean][] = [
  ['5049', 'shop-public-kr1', '5087', 'KR-1', '192.168.1.0/24', true],
  ['5050', 'shop-public-kr2', '5087', 'KR-2', '192.168.2.0/24', true],
  ['5051', 'shop-private-kr1', '5087', 'KR-1', '192.168.11.0/24', false],
  ['5052', 'shop-private-kr2', '5087', 'KR-2', '192.168.12.0/24', false],
  ['5110', 'lab-private-kr1', '5102', 'KR-1', '10.20.1.0/24', false],
];

export const subnets: Subnet[] = subnetRows.map(([no, name, vpcNo, zoneCode, cidr, isPublic]) => ({
  no,
  name,
  vpcNo,
  zoneCode,
  cidr,
  isPublic,
}));

export const subnetOf = (no: string): Subnet | undefined => subnets.find((subnet) => subnet.no === no);

export const buckets = ['postgresql-backup', 'postgresql-log', 'shop-archive'];
