import * as z from 'zod';
import { defineTool, oneOfKnown } from '../../../src/define/index.js';
import { clusterId } from '../_fields.js';
import { archiveConfig } from '../_targets.js';

export const getArchiveConfig = defineTool({
  name: 'samsung_get_archive_config',
  title: 'Get archive settings',
  description: 'Reads whether WAL is archived and for how many days, as last synchronized.',
  route: 'GET /v1/clusters/{cluster_id}/archive',
  permission: 'postgresql:ShowArchiveConfig',
  risk: 'read',
  input: z.object({ cluster_id: clusterId }),
});

export const setArchiveConfig = defineTool({
  name: 'samsung_set_archive_config',
  title: 'Set WAL archiving',
  description:
    'Switches the archiving of WAL on or off, or changes how long it is kept. retention_period_day belongs in every ' +
    'call: what the service does without it is not documented.',
  route: 'PUT /v1/clusters/{cluster_id}/archive',
  permission: 'postgresql:SetArchiveConfig',
  risk: 'destructive',
  warning: 'Without archiving, or beyond a shorter retention, no moment can be restored.',
  undo: 'The setting can be set back; WAL that was not kept stays missing.',
  input: z.object({
    cluster_id: clusterId,
    archive_enabled: z.boolean(),
    retention_period_day: z.int().min(1).max(35).describe('days; give it each time').optional(),
  }),
  planReads: [archiveConfig],
  async: true,
  idempotent: true,
});

export const deleteArchiveLogs = defineTool({
  name: 'samsung_delete_archive_logs',
  title: 'Delete archived WAL',
  description: 'Deletes the archived WAL of a cluster.',
  route: 'DELETE /v1/clusters/{cluster_id}/archive',
  permission: 'postgresql:DeleteArchiveLog',
  risk: 'destructive',
  warning: 'Archived WAL is gone; points in time that need it can no longer be restored.',
  undo: 'None.',
  irreversible: true,
  input: z.object({ cluster_id: clusterId, type: oneOfKnown('ALL').optional() }),
  planReads: [archiveConfig],
  async: true,
});

export const syncArchiveConfig = defineTool({
  name: 'samsung_sync_archive_config',
  title: 'Synchronize archive settings',
  description: 'Reads the archive settings anew from the servers; samsung_get_archive_config then shows them.',
  route: 'POST /v1/clusters/{cluster_id}/archive/sync',
  permission: 'postgresql:SyncArchiveConfig',
  risk: 'write',
  input: z.object({ cluster_id: clusterId }),
  async: true,
  idempotent: true,
});
