import * as z from 'zod';

/** The table of the document has objects, and its example pairs. Values are numbers, texts of numbers, or missing. */
const value = z.union([z.number(), z.string()]).nullable();
const point = z.union([z.tuple([z.number(), value]), z.strictObject({ timestamp: z.number(), value })]);

export const monitoringAnswers = {
  nhn_list_metrics: z.strictObject({ metrics: z.array(z.strictObject({ metricName: z.string(), unit: z.string() })) }),

  nhn_get_metric_statistics: z.strictObject({
    metricStatistics: z.array(
      z.strictObject({
        metricName: z.string(),
        unit: z.string(),
        values: z.array(point),
      }),
    ),
  }),

  nhn_list_events: z.strictObject({
    totalCounts: z.number(),
    events: z.array(
      z.strictObject({
        eventCategoryType: z.string(),
        eventCode: z.string(),
        sourceId: z.string(),
        sourceName: z.string(),
        messages: z.array(z.strictObject({ langCode: z.string(), message: z.string() })),
        eventYmdt: z.string(),
      }),
    ),
  }),

  nhn_list_event_codes: z.strictObject({
    eventCodes: z.array(z.strictObject({ eventCode: z.string(), eventCategoryType: z.string() })),
  }),
};
