import * as z from 'zod';
import { defineTool } from '../../src/define/index.js';
import { regionCode } from './_fields.js';

const productCode = z.string().min(1).describe('only this one').optional();
const exclusionProductCode = z.string().min(1).describe('all but this one').optional();
const cloudPostgresqlImageProductCode = z.string().min(1).describe('from naver_list_image_products');

export const listImageProducts = defineTool({
  name: 'naver_list_image_products',
  title: 'List images',
  description: 'Lists the images for new instances; one image can come in several rows, one an engine version.',
  route: 'GET /getCloudPostgresqlImageProductList',
  risk: 'read',
  input: z.object({
    regionCode,
    productCode,
    exclusionProductCode,
    generationCode: z.enum(['G2', 'G3']).describe('of the servers').optional(),
  }),
});

export const listProducts = defineTool({
  name: 'naver_list_products',
  title: 'List server sizes',
  description: 'Lists the server sizes, with CPUs and memory, that an image can run on.',
  route: 'GET /getCloudPostgresqlProductList',
  risk: 'read',
  input: z.object({
    cloudPostgresqlImageProductCode,
    regionCode,
    zoneCode: z.string().min(1).describe('e.g. KR-1').optional(),
    productCode,
    exclusionProductCode,
  }),
});

export const listTargetVpcs = defineTool({
  name: 'naver_list_target_vpcs',
  title: 'List VPCs',
  description: 'Lists the VPCs that instances can be created in.',
  route: 'GET /getCloudPostgresqlTargetVpcList',
  risk: 'read',
  input: z.object({ regionCode }),
});

export const listTargetSubnets = defineTool({
  name: 'naver_list_target_subnets',
  title: 'List subnets',
  description: 'Lists the subnets of a VPC that suit an image, with zone and range.',
  route: 'GET /getCloudPostgresqlTargetSubnetList',
  risk: 'read',
  input: z.object({
    vpcNo: z.string().min(1).describe('from naver_list_target_vpcs'),
    cloudPostgresqlImageProductCode,
    regionCode,
    isPublic: z.boolean().describe('only public ones, or only private ones').optional(),
  }),
});
