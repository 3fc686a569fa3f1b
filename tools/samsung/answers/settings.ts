import * as z from 'zod';
import * as words from './_words.js';

export const settingsAnswers = {
  samsung_list_log_export_configs: z.strictObject({
    contents: z.array(
      z.strictObject({
        bucket_name: z.string().nullable(),
        delete_on_export: z.boolean().nullable(),
        is_bucket_deleted: z.boolean().nullable(),
        is_registered: z.boolean(),
        log_label: z.string(),
        log_type: z.string(),
        schedule_day_of_month: z.string().nullable(),
        schedule_day_of_week: words.dayOfWeek.nullable(),
        schedule_frequency_type: z.string().nullable(),
        schedule_hour: z.string().nullable(),
      }),
    ),
    count: z.number(),
  }),

  samsung_list_parameter_groups: z.strictObject({
    contents: z.array(
      z.strictObject({
        id: z.string(),
        major_version: z.string(),
        name: z.string(),
        product_image_type: z.string(),
        product_type: z.string(),
      }),
    ),
    sort: z.array(z.string()).nullable(),
  }),

  samsung_list_parameter_values: z.strictObject({
    contents: z.array(
      z.strictObject({
        allows_value: z.string(),
        applied_value: z.string(),
        apply_type: z.string(),
        data_type: z.string(),
        default_value: z.string(),
        description: z.string().nullable(),
        id: z.string(),
        is_modifiable: z.boolean(),
        name: z.string(),
        software_type: z.string().nullable(),
      }),
    ),
    count: z.number(),
    modified_at: z.string(),
  }),

  samsung_list_parameters: z.strictObject({
    contents: z.array(
      z.strictObject({
        dbaas_parameter_group_id: z.string(),
        default_value: z.string(),
        description: z.string(),
        id: z.string(),
        name: z.string(),
        software_type: z.string().nullable(),
      }),
    ),
    count: z.number(),
    page: z.number(),
    size: z.number(),
    sort: z.array(z.string()).nullable(),
  }),
};
