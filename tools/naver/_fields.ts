import * as z from 'zod';
import { cidr, type InputRule, secret } from '../../src/define/index.js';

export const regionCode = z.string().min(1).describe('e.g. KR').optional();
export const cloudPostgresqlInstanceNo = z.string().min(1).describe('number or name');
export const cloudPostgresqlServerInstanceNo = z.string().min(1).describe('from cloudPostgresqlServerInstanceList');

const pageNo = z.int().min(0).optional();
export const page = { pageNo, pageSize: z.int().min(1).max(1000).optional() };
/** For the list whose largest page is not documented. */
export const endlessPage = { pageNo, pageSize: z.int().min(1).optional() };

/** The provider counts pages only when it is told their size. */
export const pageRules: readonly InputRule[] = [{ ifGiven: 'pageNo', needs: ['pageSize'] }];

export const userName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{3,15}$/, 'must have 4 to 16 of a-z, 0-9 and _, and begin with a letter')
  .min(4)
  .max(16);

export const databaseName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,29}$/, 'must have 1 to 30 of a-z, 0-9 and _, and begin with a letter')
  .max(30);

export const password = () =>
  secret({
    min: 8,
    max: 20,
    pattern: /^(?=.*[A-Za-z])(?=.*\d)(?=.*[^A-Za-z\d])[\w~!@#$%^*()\-=[\]{};:,.<>?]+$/,
    rule: 'letter, digit, one of ~!@#$%^*()-_=[]{};:,.<>? and no other, not the user name',
  });

export const clientCidr = cidr().describe('clients that may connect; 0.0.0.0/0: everyone');

export const fileName = z.string().min(1);
export const bucketName = z.string().min(1).describe('from naver_list_buckets');
export const logType = z.enum(['POSTGRESQL_LOG']);
