import * as z from 'zod';
import { number, server } from './_shapes.js';
import * as words from './_words.js';

const instance = z.strictObject({
  cloudPostgresqlInstanceNo: z.string(),
  cloudPostgresqlServiceName: z.string(),
  cloudPostgresqlInstanceStatusName: words.instanceStatusName,
  cloudPostgresqlInstanceStatus: z.strictObject({ code: words.instanceStatus, codeName: z.string() }),
  cloudPostgresqlInstanceOperation: z.strictObject({ code: words.instanceOperation, codeName: z.string() }),
  cloudPostgresqlImageProductCode: z.string(),
  engineVersion: z.string(),
  generationCode: words.generationCode,
  license: z.string(),
  cloudPostgresqlPort: number,
  isHa: z.boolean(),
  isMultiZone: z.boolean(),
  isBackup: z.boolean(),
  backupFileRetentionPeriod: number.optional(),
  backupTime: z.string().optional(),
  createDate: z.string(),
  accessControlGroupNoList: z.array(z.string()),
  cloudPostgresqlConfigList: z.array(z.string()),
  cloudPostgresqlServerInstanceList: z.array(server),
});

export const instancesAnswers = {
  naver_list_instances: z.strictObject({ totalRows: number, cloudPostgresqlInstanceList: z.array(instance) }),

  naver_get_instance: z.strictObject({ totalRows: number, cloudPostgresqlInstanceList: z.array(instance) }),
};
