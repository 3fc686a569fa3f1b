import * as z from 'zod';
import { coded, number } from './_shapes.js';
import * as words from './_words.js';

export const catalogAnswers = {
  naver_list_image_products: z.strictObject({
    totalRows: number,
    productList: z.array(
      z.strictObject({
        productCode: z.string(),
        productName: z.string(),
        productType: coded,
        productDescription: z.string(),
        infraResourceType: coded,
        infraResourceDetailType: coded.optional(),
        cpuCount: number.optional(),
        memorySize: number.optional(),
        baseBlockStorageSize: number.optional(),
        platformType: coded.optional(),
        osInformation: z.string().optional(),
        diskType: coded.optional(),
        dbKindCode: z.string().optional(),
        addBlockStorageSize: number.optional(),
        generationCode: words.generationCode,
        engineVersionCode: z.string(),
      }),
    ),
  }),

  naver_list_products: z.strictObject({
    totalRows: number,
    productList: z.array(
      z.strictObject({
        productCode: z.string(),
        productName: z.string(),
        productType: coded,
        productDescription: z.string(),
        infraResourceType: coded,
        infraResourceDetailType: coded.optional(),
        cpuCount: number,
        memorySize: number,
        baseBlockStorageSize: number.optional(),
        platformType: coded.optional(),
        osInformation: z.string().optional(),
        diskType: coded,
        dbKindCode: z.string().optional(),
        addBlockStorageSize: number.optional(),
        generationCode: words.generationCode,
        engineVersionCode: z.string().optional(),
      }),
    ),
  }),

  naver_list_target_vpcs: z.strictObject({
    totalRows: number,
    targetVpcList: z.array(
      z.strictObject({
        vpcNo: z.string(),
        vpcName: z.string(),
        ipv4Cidr: z.string(),
        regionCode: z.string(),
        createdDate: z.string(),
      }),
    ),
  }),

  naver_list_target_subnets: z.strictObject({
    totalRows: number,
    targetSubnetList: z.array(
      z.strictObject({
        subnetNo: z.string(),
        subnetName: z.string(),
        vpcNo: z.string(),
        vpcName: z.string(),
        zoneCode: z.string(),
        subnet: z.string(),
        isPublic: z.boolean(),
        createdDate: z.string(),
      }),
    ),
  }),
};
