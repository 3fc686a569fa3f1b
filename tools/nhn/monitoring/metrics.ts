import * as z from 'zod';
import { defineTool, listOf, timestamp } from '../../../src/define/index.js';
import { dbInstanceId } from '../_fields.js';

export const listMetrics = defineTool({
  name: 'nhn_list_metrics',
  title: 'List metrics',
  description: 'Lists the metrics that can be read and watched, with their units.',
  route: 'GET /v1.0/metrics',
  permission: 'RDSforPostgreSQL:Metric.List',
  risk: 'read',
  input: z.object({}),
});

export const getMetricStatistics = defineTool({
  name: 'nhn_get_metric_statistics',
  title: 'Get metric statistics',
  description:
    'Reads measured values of a DB instance over a time range: thinned, with count, minimum, maximum, mean and last.',
  route: 'GET /v1.0/metric-statistics',
  permission: 'RDSforPostgreSQL:Metric.List',
  risk: 'read',
  input: z.object({
    dbInstanceId,
    metricNames: listOf(z.string().min(1)).min(1).describe('from nhn_list_metrics, e.g. CPU_USAGE'),
    from: timestamp(),
    to: timestamp(),
    interval: z.int().min(1).describe('minutes; chosen to suit the range when left out').optional(),
  }),
  rules: [{ ascending: ['from', 'to'] }],
  about: ['dbInstanceId'],
  presents: [{ kind: 'series', at: 'metricStatistics[]', values: 'values', interval: 'interval' }],
});
