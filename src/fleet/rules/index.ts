import type { Rule } from '../finding.js';
import { availabilityRules } from './availability.js';
import { backupRules } from './backups.js';
import { capacityRules } from './capacity.js';
import { exposureRules } from './exposure.js';
import { lifecycleRules } from './lifecycle.js';

export const rules: readonly Rule[] = [
  ...backupRules,
  ...exposureRules,
  ...capacityRules,
  ...lifecycleRules,
  ...availabilityRules,
];
