import * as z from 'zod';
import * as words from './_words.js';

export const parameterGroupsAnswers = {
  nhn_list_parameter_groups: z.strictObject({
    parameterGroups: z.array(
      z.strictObject({
        parameterGroupId: z.string(),
        parameterGroupName: z.string(),
        parameterGroupStatus: words.parameterGroupStatus,
        description: z.string().nullable(),
        dbVersion: z.string(),
        createdYmdt: z.string(),
        updatedYmdt: z.string(),
      }),
    ),
  }),

  nhn_get_parameter_group: z.strictObject({
    parameterGroupId: z.string(),
    parameterGroupName: z.string(),
    description: z.string().nullable(),
    dbVersion: z.string(),
    parameterGroupStatus: words.parameterGroupStatus,
    parameters: z.array(
      z.strictObject({
        parameterCategory: z.string(),
        parameterName: z.string(),
        value: z.string(),
        valueUnit: words.parameterValueUnit.optional(),
        defaultValue: z.string(),
        allowedValue: z.string(),
        valueType: words.parameterValueType,
        updateType: words.parameterUpdateType,
        applyType: words.parameterApplyType,
        expressionAvailable: z.boolean(),
      }),
    ),
    createdYmdt: z.string(),
    updatedYmdt: z.string(),
  }),
};
