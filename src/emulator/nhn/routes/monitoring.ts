import * as z from 'zod';
import { pageOf, queryList } from '../../core/requests.js';
import { id, time } from '../fields.js';
import { fittingInterval, metrics, seriesOf } from '../metrics.js';
import { invalidArgument } from '../replies.js';
import { paging, type Routes } from '../requests.js';
import { eventCodes } from '../seed/event-codes.js';
import type { Nhn } from '../store.js';
import { categoryOf, eventView, messagesOf } from '../views/events.js';

export function monitoringRoutes({ world, store }: Nhn): Routes {
  return {
    'GET /v1.0/metrics': () => ({
      metrics: Object.entries(metrics).map(([metricName, { unit }]) => ({ metricName, unit })),
    }),

    'GET /v1.0/metric-statistics': (call) => {
      const { dbInstanceId, metricNames, from, to, interval } = call.query(statistics);
      const instance = store.instances.get(dbInstanceId);
      if (from > to) throw invalidArgument('from: it is later than to.');
      const now = world.now();
      const range = { from, to: Math.min(to, now), interval: interval ?? fittingInterval(to - from), now };
      return {
        metricStatistics: metricNames.map((metricName) => ({
          metricName,
          unit: metrics[metricName]?.unit,
          values: seriesOf(instance, metricName, range),
        })),
      };
    },

    'GET /v1.0/events': (call) => {
      const { page, size, from, to, eventCategoryType, sourceId, keyword } = call.query(listing);
      const events = store.events
        .filter(({ at }) => from <= at && at <= to)
        .filter(({ code }) => eventCategoryType === 'ALL' || categoryOf(code) === eventCategoryType)
        .filter((event) => !sourceId || event.sourceId === sourceId)
        .filter((event) => !keyword || messagesOf(event).some(({ message }) => message.includes(keyword)))
        // Of two at the same time, the one that was reported last is the newest.
        .toReversed()
        .toSorted((a, b) => b.at - a.at);
      return {
        totalCounts: events.length,
        events: pageOf(events, { page, size }).map(eventView),
      };
    },

    'GET /v1.0/event-codes': () => ({
      eventCodes: eventCodes.map((eventCode) => ({ eventCode, eventCategoryType: categoryOf(eventCode) })),
    }),
  };
}

const statistics = z.strictObject({
  dbInstanceId: id,
  metricNames: queryList.pipe(z.array(z.enum(Object.keys(metrics))).min(1)),
  from: time,
  to: time,
  interval: z.coerce.number().int().min(1).optional(),
});

const listing = z.strictObject({
  ...paging,
  from: time,
  to: time,
  eventCategoryType: z.enum(['ALL', 'BACKUP', 'DB_INSTANCE', 'DB_SECURITY_GROUP', 'JOB', 'TENANT', 'MONITORING']),
  sourceId: z.string().optional(),
  keyword: z.string().optional(),
});
