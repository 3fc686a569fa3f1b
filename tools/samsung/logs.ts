import * as z from 'zod';
import { defineTool, oneOfKnown, secret } from '../../src/define/index.js';
import { clusterId, dayOfWeek, logType } from './_fields.js';

export const listLogExportConfigs = defineTool({
  name: 'samsung_list_log_export_configs',
  title: 'List log exports',
  description: 'Lists where and when each kind of log is exported; is_registered is false where it is not.',
  route: 'GET /v1/clusters/{cluster_id}/log-export-configs',
  permission: 'postgresql:ListLogExportConfigs',
  risk: 'read',
  input: z.object({ cluster_id: clusterId, type: logType.optional() }),
});

/** The provider wants all of them every time, also those that the frequency has no use for. */
const exportSettings = {
  access_key: secret(),
  secret_key: secret(),
  delete_on_export: z.boolean().describe('removes exported logs from the server'),
  schedule_frequency_type: oneOfKnown('DAY', 'WEEK', 'MONTH'),
  schedule_day_of_week: dayOfWeek.describe('sent with every frequency'),
  schedule_day_of_month: z
    .string()
    .regex(/^(-1|[1-9]|1[0-9]|2[0-9]|3[0-1])$/, 'must be "1" to "31", or "-1"')
    .describe('"1"-"31", "-1" for the last; sent with every frequency'),
  schedule_hour: z
    .string()
    .regex(/^(\d|1\d|2[0-3])$/, 'must be "0" to "23"')
    .describe('"0"-"23"'),
};

export const registerLogExportConfig = defineTool({
  name: 'samsung_register_log_export_config',
  title: 'Register log export',
  description:
    'Sends one kind of log to an object storage bucket on a schedule, with the keys given. ' +
    'When those expire, no more logs arrive and nothing says so.',
  route: 'POST /v1/clusters/{cluster_id}/log-export-configs',
  permission: 'postgresql:RegisterLogExportConfig',
  risk: 'exposing',
  warning:
    'The {log_type} log goes to bucket {bucket_name} from now on, and the service keeps the keys of that storage. ' +
    'Removed from the server after export: {delete_on_export}.',
  undo: 'samsung_unregister_log_export_config ends it; what was exported stays in the bucket.',
  input: z.object({ cluster_id: clusterId, log_type: logType, bucket_name: z.string().min(1), ...exportSettings }),
  about: ['log_type'],
  async: true,
});

export const setLogExportConfig = defineTool({
  name: 'samsung_set_log_export_config',
  title: 'Set log export',
  description:
    'Changes keys and schedule of a log export; everything is sent again, the keys too. ' +
    'Another bucket takes unregistering and registering.',
  route: 'PUT /v1/clusters/{cluster_id}/log-export-configs/{log_type}',
  permission: 'postgresql:SetLogExportConfig',
  risk: 'exposing',
  warning:
    'The {log_type} log is exported with other keys or at other times. ' +
    'Removed from the server after export: {delete_on_export}.',
  undo: 'Send the old settings and keys again.',
  input: z.object({ cluster_id: clusterId, log_type: logType, ...exportSettings }),
  async: true,
  idempotent: true,
});

export const unregisterLogExportConfig = defineTool({
  name: 'samsung_unregister_log_export_config',
  title: 'Unregister log export',
  description: 'Ends the scheduled export of one kind of log.',
  route: 'DELETE /v1/clusters/{cluster_id}/log-export-configs/{log_type}',
  permission: 'postgresql:UnregisterLogExportConfig',
  risk: 'destructive',
  warning: 'The {log_type} log is no longer exported, and the settings of the export are gone with the keys.',
  undo: 'Register it again, with the keys; logs of the time between stay on the server only.',
  input: z.object({ cluster_id: clusterId, log_type: logType }),
  async: true,
  idempotent: true,
});

export const exportLog = defineTool({
  name: 'samsung_export_log',
  title: 'Export log now',
  description: 'Sends one kind of log to its registered bucket at once.',
  route: 'POST /v1/clusters/{cluster_id}/log-export-configs/{log_type}/export',
  permission: 'postgresql:ExportLog',
  risk: 'exposing',
  warning:
    'The {log_type} log leaves the service for the registered bucket; with delete_on_export it is removed here then.',
  undo: 'Delete it in the bucket; copies that others made stay.',
  input: z.object({ cluster_id: clusterId, log_type: logType }),
  async: true,
});

export const setAuditLog = defineTool({
  name: 'samsung_set_audit_log',
  title: 'Switch audit log',
  description: 'Switches the audit log of a cluster on or off.',
  route: 'PUT /v1/clusters/{cluster_id}/audit-log',
  permission: 'postgresql:SetAuditLog',
  risk: 'disruptive',
  warning:
    'use_audit_log becomes {use_audit_log}. The database may restart for it, which is not documented; ' +
    'with false nobody can tell later who did what.',
  undo: 'Switch it back; what was not logged stays missing.',
  input: z.object({ cluster_id: clusterId, use_audit_log: z.boolean() }),
  planReads: [
    {
      label: 'audit log now',
      read: 'samsung_get_cluster',
      at: 'init_config_option',
      shows: ['audit_enabled'],
    },
  ],
  async: true,
  idempotent: true,
});
