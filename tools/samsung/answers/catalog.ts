import * as z from 'zod';

export const catalogAnswers = {
  samsung_list_engine_version_properties: z.strictObject({
    contents: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  }),

  samsung_list_engine_versions: z.strictObject({
    contents: z.array(
      z.strictObject({
        end_of_service: z.boolean(),
        id: z.string(),
        major_version: z.string(),
        name: z.string(),
        os_type: z.string(),
        os_version: z.string(),
        product_image_type: z.string().nullable(),
        software_version: z.string(),
      }),
    ),
  }),

  samsung_list_server_types: z.strictObject({
    contents: z.array(
      z.strictObject({
        cpu_core: z.number(),
        description: z.string(),
        memory_gb: z.number(),
        name: z.string(),
        product_image_type: z.string(),
        product_type: z.string(),
        purpose: z.string(),
        type: z.string(),
      }),
    ),
  }),

  samsung_get_request: z.strictObject({ request_id: z.string(), state: z.string() }),
};
