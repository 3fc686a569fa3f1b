import type { Prompt } from '../src/define/index.js';
import { checkBackups } from './check-backups.js';
import { diagnoseInstance } from './diagnose-instance.js';
import { handOverDuty } from './hand-over-duty.js';
import { handleFullStorage } from './handle-full-storage.js';
import { investigateReplicationLag } from './investigate-replication-lag.js';
import { investigateSlowness } from './investigate-slowness.js';
import { prepareUpgrade } from './prepare-upgrade.js';
import { provisionInstance } from './provision-instance.js';
import { rehearseRestore } from './rehearse-restore.js';
import { reviewAccess } from './review-access.js';
import { reviewFailover } from './review-failover.js';
import { reviewLastNight } from './review-last-night.js';
import { rightSizeInstance } from './right-size-instance.js';

/** From what is urgent to what is planned. */
export const prompts: readonly Prompt[] = [
  diagnoseInstance,
  investigateSlowness,
  handleFullStorage,
  investigateReplicationLag,
  reviewFailover,
  reviewLastNight,
  handOverDuty,
  checkBackups,
  reviewAccess,
  rightSizeInstance,
  rehearseRestore,
  prepareUpgrade,
  provisionInstance,
];
