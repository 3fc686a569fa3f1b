import type { ReadFacts } from '../../../src/define/index.js';
import { backupsAnswers } from './backups.js';
import { catalogAnswers } from './catalog.js';
import { clustersAnswers } from './clusters.js';
import { settingsAnswers } from './settings.js';

export const reads: ReadFacts = {
  answers: { ...catalogAnswers, ...clustersAnswers, ...backupsAnswers, ...settingsAnswers },
  given: {},
  found: {},
};
