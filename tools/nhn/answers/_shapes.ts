import * as z from 'zod';

export const version = z.strictObject({
  dbVersion: z.string(),
  dbVersionName: z.string(),
  restorableFromObs: z.boolean(),
});
