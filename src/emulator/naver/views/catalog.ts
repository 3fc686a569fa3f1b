import { type Image, type Product, regionCode, type Subnet, type Vpc } from '../seed/catalog.js';
import { shownTime } from './time.js';

export const imageView = ({ code, engineVersion, generation, os }: Image) => ({
  productCode: code,
  productName: `PostgreSQL ${engineVersion}`,
  productType: { code: 'LINUX', codeName: 'Linux' },
  productDescription: `${os} with PostgreSQL ${engineVersion}`,
  infraResourceType: { code: 'SW', codeName: 'Software' },
  platformType: { code: 'LNX64', codeName: 'Linux 64 Bit' },
  osInformation: `${os} (64-bit)`,
  generationCode: generation,
  engineVersionCode: engineVersion,
});

export function productView({ code, cpuCount, memorySize, generation }: Product) {
  const name = `vCPU ${cpuCount}EA, Memory ${memorySize / 1024 ** 3}GB`;
  return {
    productCode: code,
    productName: name,
    productType: { code: 'STAND', codeName: 'Standard' },
    productDescription: name,
    infraResourceType: { code: 'VPGSL', codeName: 'Cloud DB for PostgreSQL' },
    cpuCount,
    memorySize,
    // The third generation has no such field.
    diskType: generation === 'G2' ? { code: 'NET', codeName: 'Network Storage' } : undefined,
    generationCode: generation,
  };
}

export const vpcView = ({ no, name, cidr, createdAt }: Vpc) => ({
  vpcNo: no,
  vpcName: name,
  ipv4Cidr: cidr,
  regionCode,
  createdDate: shownTime(createdAt),
});

export const subnetView = (subnet: Subnet, vpc: Vpc) => ({
  subnetNo: subnet.no,
  subnetName: subnet.name,
  vpcNo: vpc.no,
  vpcName: vpc.name,
  zoneCode: subnet.zoneCode,
  subnet: subnet.cidr,
  isPublic: subnet.isPublic,
  createdDate: shownTime(vpc.createdAt),
});
