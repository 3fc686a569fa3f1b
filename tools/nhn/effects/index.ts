import type { Effect } from '../../../src/define/index.js';
import * as backups from './backups.js';
import * as extensions from './extensions.js';
import * as highAvailability from './high-availability.js';
import * as lifecycle from './lifecycle.js';
import * as newInstances from './new-instances.js';
import * as settings from './settings.js';

export { touches } from './touches.js';

/** What calls do to the present state, by the name of the tool. */
export const effects: Readonly<Record<string, Effect>> = {
  nhn_apply_extension_changes: extensions.applyExtensionChanges,
  nhn_apply_parameter_group: settings.applyParameterGroup,
  nhn_create_db_instance: newInstances.createDbInstance,
  nhn_delete_backup: backups.deleteBackup,
  nhn_delete_db_instance: lifecycle.deleteDbInstance,
  nhn_delete_extension: extensions.deleteExtension,
  nhn_export_backup: backups.exportBackup,
  nhn_force_restart_db_instance: lifecycle.forceRestartDbInstance,
  nhn_install_extension: extensions.installExtension,
  nhn_modify_backup_info: settings.modifyBackupInfo,
  nhn_modify_db_instance: settings.modifyDbInstance,
  nhn_modify_deletion_protection: settings.modifyDeletionProtection,
  nhn_modify_high_availability: highAvailability.modifyHighAvailability,
  nhn_modify_maintenance_info: settings.modifyMaintenanceInfo,
  nhn_modify_network_info: settings.modifyNetworkInfo,
  nhn_modify_storage_info: settings.modifyStorageInfo,
  nhn_pause_high_availability: highAvailability.pauseHighAvailability,
  nhn_promote_db_instance: lifecycle.promoteDbInstance,
  nhn_repair_high_availability: highAvailability.repairHighAvailability,
  nhn_replicate_db_instance: newInstances.replicateDbInstance,
  nhn_restart_db_instance: lifecycle.restartDbInstance,
  nhn_restore_backup: newInstances.restoreBackup,
  nhn_restore_db_instance: newInstances.restoreDbInstance,
  nhn_resume_high_availability: highAvailability.resumeHighAvailability,
  nhn_split_high_availability: highAvailability.splitHighAvailability,
  nhn_start_db_instance: lifecycle.startDbInstance,
  nhn_stop_db_instance: lifecycle.stopDbInstance,
};
