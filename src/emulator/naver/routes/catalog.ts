import * as z from 'zod';
import { flag, number } from '../fields.js';
import { notFound } from '../replies.js';
import { parameters, type Routes } from '../requests.js';
import { type Image, images, products, subnets, vpcs } from '../seed/catalog.js';
import { imageView, productView, subnetView, vpcView } from '../views/catalog.js';

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

/** What a new instance can be created with. It never changes. */
export const catalogRoutes = (): Routes => ({
  // This is the only operation whose documented answers have a number as returnCode.
  getCloudPostgresqlImageProductList: (call) => {
    const { productCode, exclusionProductCode, generationCode } = call.read(imageFilters);
    const found = images.filter(
      ({ code, generation }) =>
        (productCode ?? code) === code &&
        exclusionProductCode !== code &&
        (generationCode ?? generation) === generation,
    );
    return { returnCode: 0, totalRows: found.length, productList: found.map(imageView) };
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
    return { totalRows: found.length, productList: found.map(productView) };
  },

  getCloudPostgresqlTargetVpcList: (call) => {
    call.read(parameters({}));
    return { totalRows: vpcs.length, targetVpcList: vpcs.map(vpcView) };
  },

  getCloudPostgresqlTargetSubnetList: (call) => {
    const { vpcNo, cloudPostgresqlImageProductCode, isPublic } = call.read(subnetFilters);
    const vpc = vpcs.find(({ no }) => no === vpcNo);
    if (!vpc) throw notFound('VPC', vpcNo);
    imageNamed(cloudPostgresqlImageProductCode);
    const found = subnets.filter(
      (subnet) => subnet.vpcNo === vpcNo && (isPublic ?? subnet.isPublic) === subnet.isPublic,
    );
    return { totalRows: found.length, targetSubnetList: found.map((subnet) => subnetView(subnet, vpc)) };
  },
});

function imageNamed(code: string): Image {
  const image = images.find((each) => each.code === code);
  if (!image) throw notFound('Image product', code);
  return image;
}
