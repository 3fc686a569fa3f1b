import * as z from 'zod';
import * as words from './_words.js';

const securityGroup = z.strictObject({
  dbSecurityGroupId: z.string(),
  dbSecurityGroupName: z.string(),
  dbSecurityGroupStatus: words.dbSecurityGroupStatus,
  description: z.string().nullable(),
  progressStatus: words.dbSecurityGroupProgressStatus,
  rules: z.array(
    z.strictObject({
      ruleId: z.string(),
      description: z.string(),
      direction: words.direction,
      etherType: words.etherType,
      port: z.strictObject({
        portType: words.portType,
        minPort: z.number().nullable().optional(),
        maxPort: z.number().nullable().optional(),
      }),
      cidr: z.string(),
      createdYmdt: z.string(),
      updatedYmdt: z.string(),
    }),
  ),
  createdYmdt: z.string(),
  updatedYmdt: z.string(),
});

export const accessAnswers = {
  nhn_list_hba_rules: z.strictObject({
    hbaRules: z.array(
      z.strictObject({
        hbaRuleId: z.string(),
        hbaRuleStatus: words.hbaRuleStatus,
        databaseApplyType: words.hbaApplyType,
        dbUserApplyType: words.hbaApplyType,
        databases: z.array(z.strictObject({ databaseId: z.string(), databaseName: z.string() })),
        dbUsers: z.array(z.strictObject({ dbUserId: z.string(), dbUserName: z.string() })),
        address: z.string(),
        authMethod: words.hbaAuthMethod,
        reservedAction: words.hbaReservedAction,
        order: z.number(),
        applicable: z.boolean(),
      }),
    ),
    needToApply: z.boolean().optional(),
  }),

  nhn_list_db_security_groups: z.strictObject({
    dbSecurityGroups: z.array(
      z.strictObject({
        dbSecurityGroupId: z.string(),
        dbSecurityGroupName: z.string(),
        dbSecurityGroupStatus: words.dbSecurityGroupStatus,
        description: z.string().nullable(),
        progressStatus: words.dbSecurityGroupProgressStatus,
        createdYmdt: z.string(),
        updatedYmdt: z.string(),
      }),
    ),
  }),

  // The table of the document has the fields themselves, and its example has them within an object.
  nhn_get_db_security_group: z.union([securityGroup, z.strictObject({ dbSecurityGroup: securityGroup })]),
};
