import * as z from 'zod';
import { nothing } from '../../core/requests.js';
import { type Cluster, type LogExport, type LogType, logTypes } from '../entities.js';
import { dayOfWeek, hourOfDay } from '../fields.js';
import { wrongState } from '../replies.js';
import { type Call, check, type Routes } from '../requests.js';
import type { Samsung } from '../store.js';
import { logExportView } from '../views/logs.js';
import { edit } from '../work.js';

export function logRoutes(samsung: Samsung): Routes {
  const { store } = samsung;
  const clusterOf = (call: Call) => store.clusters.get(call.path('cluster_id'));
  return {
    'GET /v1/clusters/:cluster_id/log-export-configs': (call) => {
      const { logExports } = clusterOf(call);
      const { type } = call.query(z.strictObject({ type: logType.optional() }));
      const contents = logTypes
        .filter((each) => !type || each === type)
        .map((each) => logExportView(each, logExports.get(each)));
      return { contents, count: contents.length };
    },

    'POST /v1/clusters/:cluster_id/log-export-configs': (call) => {
      const cluster = clusterOf(call);
      const { log_type, bucket_name: bucketName, ...given } = call.body(registration);
      if (cluster.logExports.has(log_type))
        throw wrongState(`Cluster ${cluster.name} exports its ${log_type} log already.`);
      return edit(samsung, call, cluster, () => cluster.logExports.set(log_type, { bucketName, ...scheduleOf(given) }));
    },

    'PUT /v1/clusters/:cluster_id/log-export-configs/:log_type': (call) => {
      const { cluster, type, config } = registeredOf(call);
      const given = call.body(z.strictObject(schedule));
      return edit(samsung, call, cluster, () => cluster.logExports.set(type, { ...config, ...scheduleOf(given) }));
    },

    'DELETE /v1/clusters/:cluster_id/log-export-configs/:log_type': (call) => {
      call.body(nothing);
      const { cluster, type } = registeredOf(call);
      return edit(samsung, call, cluster, () => cluster.logExports.delete(type));
    },

    // The bucket belongs to another service. The export only shows here by the time that it takes.
    'POST /v1/clusters/:cluster_id/log-export-configs/:log_type/export': (call) => {
      call.body(nothing);
      const { cluster } = registeredOf(call);
      return edit(samsung, call, cluster, () => undefined);
    },
  };

  function registeredOf(call: Call): { cluster: Cluster; type: LogType; config: LogExport } {
    const cluster = clusterOf(call);
    const type = check(logType, call.path('log_type'), 'path');
    const config = cluster.logExports.get(type);
    if (!config) throw wrongState(`Cluster ${cluster.name} has no export configuration of its ${type} log.`);
    return { cluster, type, config };
  }
}

const scheduleOf = (given: z.infer<z.ZodObject<typeof schedule>>) => ({
  deleteOnExport: given.delete_on_export,
  scheduleDayOfMonth: given.schedule_day_of_month,
  scheduleDayOfWeek: given.schedule_day_of_week,
  scheduleFrequencyType: given.schedule_frequency_type,
  scheduleHour: given.schedule_hour,
});

const logType = z.enum(logTypes);

// All of them are required, even those that may be null. The keys are for the storage service and are not kept.
const schedule = {
  access_key: z.string().nullable(),
  delete_on_export: z.boolean().nullable(),
  schedule_day_of_month: z
    .string()
    .regex(/^(-1|[1-9]|[12][0-9]|3[01])$/)
    .nullable(),
  schedule_day_of_week: dayOfWeek.nullable(),
  schedule_frequency_type: z.string().nullable(),
  schedule_hour: hourOfDay.nullable(),
  secret_key: z.string().nullable(),
};

const registration = z.strictObject({ ...schedule, bucket_name: z.string().min(1), log_type: logType });
