import * as z from 'zod';

export const backupsAnswers = {
  samsung_list_backup_histories: z.strictObject({
    contents: z.array(
      z.strictObject({
        backup_end_at: z.string(),
        backup_history_number: z.string(),
        backup_size_gb: z.number(),
        backup_start_at: z.string(),
        backup_state: z.string(),
        backup_state_detail: z.string().nullable(),
        software_version: z.string(),
      }),
    ),
    total_count: z.number(),
  }),

  samsung_get_archive_config: z.strictObject({
    archive_enabled: z.boolean(),
    retention_period_day: z.number().nullable(),
  }),
};
