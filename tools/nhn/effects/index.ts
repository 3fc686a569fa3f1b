import type { Effect } from '../../../src/define/index.js';
import * as settings from './settings.js';

export { touches } from './touches.js';

/** What calls do to the present state, by the name of the tool. */
export const effects: Readonly<Record<string, Effect>> = {
  nhn_modify_backup_info: settings.modifyBackupInfo,
  nhn_modify_db_instance: settings.modifyDbInstance,
  nhn_modify_deletion_protection: settings.modifyDeletionProtection,
  nhn_modify_maintenance_info: settings.modifyMaintenanceInfo,
  nhn_modify_network_info: settings.modifyNetworkInfo,
};
