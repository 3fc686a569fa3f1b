import * as z from 'zod';
import * as words from './_words.js';

export const contentsAnswers = {
  nhn_list_extensions: z.strictObject({
    extensions: z.array(
      z.strictObject({
        extensionId: z.string(),
        extensionName: z.string(),
        extensionStatus: words.extensionStatus,
        databases: z.array(
          z.strictObject({
            dbInstanceGroupExtensionId: z.string(),
            dbInstanceGroupExtensionStatus: words.groupExtensionStatus,
            databaseId: z.string(),
            databaseName: z.string(),
            reservedAction: words.extensionReservedAction,
            errorReason: z.string().nullable(),
          }),
        ),
      }),
    ),
    isNeedToApply: z.boolean(),
  }),

  nhn_list_databases: z.strictObject({
    databases: z.array(
      z.strictObject({
        databaseId: z.string(),
        databaseName: z.string(),
        databaseStatus: words.databaseStatus,
        createdYmdt: z.string(),
        updatedYmdt: z.string(),
        schemas: z.array(z.strictObject({ schemaName: z.string() })),
      }),
    ),
  }),

  // The example of the document shows databases in their place.
  nhn_list_db_users: z.union([
    z.strictObject({
      dbUsers: z
        .array(
          z.strictObject({
            dbUserId: z.string(),
            dbUserName: z.string(),
            authorityType: words.authorityType,
            dbUserStatus: words.dbUserStatus,
            createdYmdt: z.string(),
            updatedYmdt: z.string(),
          }),
        )
        .optional(),
    }),
    z.strictObject({
      databases: z.array(
        z.strictObject({
          databaseId: z.string(),
          databaseName: z.string(),
          databaseStatus: words.databaseStatus,
          createdYmdt: z.string(),
        }),
      ),
    }),
  ]),
};
