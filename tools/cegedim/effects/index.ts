import type { Effect } from '../../../src/define/index.js';
import { installExtension } from './extensions.js';
import * as lifecycle from './lifecycle.js';
import { updatePatchParty } from './maintenance.js';
import { restoreInstance } from './recovery.js';

export { touches } from './touches.js';

/** What calls do to the present state, by the name of the tool. */
export const effects: Readonly<Record<string, Effect>> = {
  cegedim_create_instance: lifecycle.createInstance,
  cegedim_enable_ha: lifecycle.enableHa,
  cegedim_install_extension: installExtension,
  cegedim_resize_instance: lifecycle.resizeInstance,
  cegedim_restore_instance: restoreInstance,
  cegedim_start_instance: lifecycle.startInstance,
  cegedim_stop_instance: lifecycle.stopInstance,
  cegedim_update_patch_party: updatePatchParty,
  cegedim_upgrade_instance: lifecycle.upgradeInstance,
};
