import type { Effect } from '../../../src/define/index.js';
import * as archive from './archive.js';
import * as backups from './backups.js';
import * as clusters from './clusters.js';
import * as lifecycle from './lifecycle.js';
import * as logs from './logs.js';
import * as parameters from './parameters.js';
import * as replicas from './replicas.js';
import { createRestoreCluster } from './restore.js';
import * as settings from './settings.js';
import * as storage from './storage.js';

export { touches } from './touches.js';

/** What calls do to the present state, by the name of the tool. */
export const effects: Readonly<Record<string, Effect>> = {
  samsung_add_block_storage: storage.addBlockStorage,
  samsung_create_cluster: clusters.createCluster,
  samsung_create_other_region_replica: replicas.createOtherRegionReplica,
  samsung_create_replica: replicas.createReplica,
  samsung_create_restore_cluster: createRestoreCluster,
  samsung_export_log: logs.exportLog,
  samsung_patch_minor_version: lifecycle.patchMinorVersion,
  samsung_promote_replica_cluster: replicas.promoteReplicaCluster,
  samsung_register_log_export_config: logs.registerLogExportConfig,
  samsung_remove_backup_histories: backups.removeBackupHistories,
  samsung_reset_replica: replicas.resetReplica,
  samsung_resize_block_storage: storage.resizeBlockStorage,
  samsung_resize_instance_group: lifecycle.resizeInstanceGroup,
  samsung_restart_cluster: lifecycle.restartCluster,
  samsung_set_archive_config: archive.setArchiveConfig,
  samsung_set_audit_log: settings.setAuditLog,
  samsung_set_backup: backups.setBackup,
  samsung_set_log_export_config: logs.setLogExportConfig,
  samsung_set_maintenance: settings.setMaintenance,
  samsung_set_parameter_values: parameters.setParameterValues,
  samsung_set_security_group_rules: settings.setSecurityGroupRules,
  samsung_start_cluster: lifecycle.startCluster,
  samsung_stop_cluster: lifecycle.stopCluster,
  samsung_switchover_cluster: lifecycle.switchoverCluster,
  samsung_sync_archive_config: archive.syncArchiveConfig,
  samsung_sync_parameter_values: parameters.syncParameterValues,
  samsung_terminate_cluster: clusters.terminateCluster,
  samsung_unregister_log_export_config: logs.unregisterLogExportConfig,
  samsung_unset_backup: backups.unsetBackup,
  samsung_unset_maintenance: settings.unsetMaintenance,
};
