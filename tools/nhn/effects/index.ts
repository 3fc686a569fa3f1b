import type { Effect } from '../../../src/define/index.js';
import * as accessControl from './access-control.js';
import * as alarms from './alarms.js';
import * as backups from './backups.js';
import * as contents from './contents.js';
import * as extensions from './extensions.js';
import * as highAvailability from './high-availability.js';
import * as lifecycle from './lifecycle.js';
import * as newInstances from './new-instances.js';
import * as parameterGroups from './parameter-groups.js';
import * as securityGroups from './security-groups.js';
import * as settings from './settings.js';

export { touches } from './touches.js';

/** What calls do to the present state, by the name of the tool. */
export const effects: Readonly<Record<string, Effect>> = {
  nhn_apply_extension_changes: extensions.applyExtensionChanges,
  nhn_apply_hba_rules: accessControl.applyHbaRules,
  nhn_apply_parameter_group: settings.applyParameterGroup,
  nhn_create_db_instance: newInstances.createDbInstance,
  nhn_create_db_security_group: securityGroups.createDbSecurityGroup,
  nhn_create_db_security_group_rule: securityGroups.createDbSecurityGroupRule,
  nhn_create_db_user: contents.createDbUser,
  nhn_create_hba_rule: accessControl.createHbaRule,
  nhn_create_notification_group: { makes: 'notificationGroupName' },
  nhn_create_parameter_group: { makes: 'parameterGroupName' },
  nhn_create_user_group: { makes: 'userGroupName' },
  nhn_delete_backup: backups.deleteBackup,
  nhn_delete_database: contents.deleteDatabase,
  nhn_delete_db_instance: lifecycle.deleteDbInstance,
  nhn_delete_db_security_group: securityGroups.deleteDbSecurityGroup,
  nhn_delete_db_security_group_rules: securityGroups.deleteDbSecurityGroupRules,
  nhn_delete_db_user: contents.deleteDbUser,
  nhn_delete_extension: extensions.deleteExtension,
  nhn_delete_hba_rule: accessControl.deleteHbaRule,
  nhn_delete_notification_group: alarms.deleteNotificationGroup,
  nhn_delete_parameter_group: parameterGroups.deleteParameterGroup,
  nhn_delete_user_group: alarms.deleteUserGroup,
  nhn_delete_watchdog: alarms.deleteWatchdog,
  nhn_export_backup: backups.exportBackup,
  nhn_force_restart_db_instance: lifecycle.forceRestartDbInstance,
  nhn_install_extension: extensions.installExtension,
  nhn_modify_backup_info: settings.modifyBackupInfo,
  nhn_modify_database: contents.modifyDatabase,
  nhn_modify_db_instance: settings.modifyDbInstance,
  nhn_modify_db_security_group_rule: securityGroups.modifyDbSecurityGroupRule,
  nhn_modify_db_user: contents.modifyDbUser,
  nhn_modify_deletion_protection: settings.modifyDeletionProtection,
  nhn_modify_hba_rule: accessControl.modifyHbaRule,
  nhn_modify_high_availability: highAvailability.modifyHighAvailability,
  nhn_modify_maintenance_info: settings.modifyMaintenanceInfo,
  nhn_modify_network_info: settings.modifyNetworkInfo,
  nhn_modify_notification_group: alarms.modifyNotificationGroup,
  nhn_modify_parameter_group: parameterGroups.modifyParameterGroup,
  nhn_modify_parameters: parameterGroups.modifyParameters,
  nhn_modify_storage_info: settings.modifyStorageInfo,
  nhn_modify_user_group: alarms.modifyUserGroup,
  nhn_modify_watchdog: alarms.modifyWatchdog,
  nhn_pause_high_availability: highAvailability.pauseHighAvailability,
  nhn_promote_db_instance: lifecycle.promoteDbInstance,
  nhn_reorder_hba_rules: accessControl.reorderHbaRules,
  nhn_repair_high_availability: highAvailability.repairHighAvailability,
  nhn_replicate_db_instance: newInstances.replicateDbInstance,
  nhn_reset_parameter_group: parameterGroups.resetParameterGroup,
  nhn_restart_db_instance: lifecycle.restartDbInstance,
  nhn_restore_backup: newInstances.restoreBackup,
  nhn_restore_db_instance: newInstances.restoreDbInstance,
  nhn_resume_high_availability: highAvailability.resumeHighAvailability,
  nhn_split_high_availability: highAvailability.splitHighAvailability,
  nhn_start_db_instance: lifecycle.startDbInstance,
  nhn_stop_db_instance: lifecycle.stopDbInstance,
};
