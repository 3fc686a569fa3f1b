import { z } from 'zod';
import { type Image, images, type Product, products, regionCode, subnets, vpcs } from '../catalog.js';
import { koreanTime } from '../dates.js';
import { notFound } from '../replies.js';
import { flag, number, parameters, type Routes } from '../requests.js';

const imageFilters = parameters({
  productCode: z.string().optional(),
  exclusionProductCode: z.string().optional(),
  generationCode: z.enum(['G2', 'G3']).optional(),
});

const productFilters = parameters({
  zoneCode: z.string().optional(),
  cloudPostgresqlImageProductCode: z.string(),
  productCode: z.string().optional(),
  exclusionProductCode: z.string().optional(),
});

const subnetFilters = parameters({
  vpcNo: number,
  cloudPostgresqlImageProductCode: z.string(),
  isPublic: flag.optional(),
});

/** What a new instance can be made of; nothing here ever changes. */
export const catalogRoutes: Routes = {
  // Of all operations this one has documented answers whose returnCode is a number.
  getCloudPostgresqlImageProductList: (call) => {
    const { productCode, exclusionProductCode, generationCode } = call.read(imageFilters);
    const found = images.filter(
      ({ code, generation }) =>
        (productCode ?? code) === code &&
        exclusionProductCode !== code &&
        (generationCode ?? generation) === generation,
    );
    return { returnCode: 0, totalRows: found.length, productList: found.map(imageRow) };
  },

  getCloudPostgresqlProductList: (call) => {
    const { zoneCode, productCode, exclusionProductCode, ...wanted } = call.read(productFilters);
    const { generation } = imageNamed(wanted.cloudPostgresqlImageProductCode);
    const found = products.filter(
      (product) =>
        product.generation === generation &&
        (productCode ?? product.code) === product.code &&
        exclusionProductCode !== product.code &&
        (zoneCode === undefined || product.zones.includes(zoneCode)),
    );
    return { totalRows: found.length, productList: found.map(productRow) };
  },

  getCloudPostgresqlTargetVpcList: (call) => {
    call.read(parameters({}));
    const targetVpcList = vpcs.map(({ no, name, cidr, createdAt }) => ({
      vpcNo: no,
      vpcName: name,
      ipv4Cidr: cidr,
      regionCode,
      createdDate: koreanTime(createdAt),
    }));
    return { totalRows: vpcs.length, targetVpcList };
  },

  getCloudPostgresqlTargetSubnetList: (call) => {
    const { vpcNo, cloudPostgresqlImageProductCode, isPublic } = call.read(subnetFilters);
    const vpc = vpcs.find(({ no }) => no === vpcNo);
    if (!vpc) throw notFound('VPC', vpcNo);
    imageNamed(cloudPostgresqlImageProductCode);
    const found = subnets.filter(
      (subnet) => subnet.vpcNo === vpcNo && (isPublic ?? subnet.isPublic) === subnet.isPublic,
    );
    const targetSubnetList = found.map((subnet) => ({
      subnetNo: subnet.no,
      subnetName: subnet.name,
      vpcNo,
      vpcName: vpc.name,
      zoneCode: subnet.zoneCode,
      subnet: subnet.cidr,
      isPublic: subnet.isPublic,
      createdDate: koreanTime(vpc.createdAt),
    }));
    return { totalRows: found.length, targetSubnetList };
  },
};

function imageNamed(code: string): Image {
  const image = images.find((each) => each.code === code);
  if (!image) throw notFound('Image product', code);
  return image;
}

const imageRow = ({ code, engineVersion, generation, os }: Image) => ({
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

function productRow({ code, cpuCount, memorySize, generation }: Product) {
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
