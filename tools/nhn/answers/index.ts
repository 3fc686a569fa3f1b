import type { ReadFacts } from '../../../src/define/index.js';
import { accessAnswers } from './access.js';
import { alarmsAnswers } from './alarms.js';
import { backupsAnswers } from './backups.js';
import { catalogAnswers } from './catalog.js';
import { contentsAnswers } from './contents.js';
import { instancesAnswers } from './instances.js';
import { monitoringAnswers } from './monitoring.js';
import { parameterGroupsAnswers } from './parameter-groups.js';

export const reads: ReadFacts = {
  answers: {
    ...catalogAnswers,
    ...instancesAnswers,
    ...backupsAnswers,
    ...contentsAnswers,
    ...accessAnswers,
    ...parameterGroupsAnswers,
    ...alarmsAnswers,
    ...monitoringAnswers,
  },
  given: {
    nhn_list_backups: { page: 1, size: 100 },
    nhn_list_events: { page: 1, size: 100, from: '{hourAgo}', to: '{now}', eventCategoryType: 'ALL' },
    nhn_get_metric_statistics: { from: '{hourAgo}', to: '{now}' },
  },
  found: { metricNames: [{ read: 'nhn_list_metrics', at: 'metrics[]', id: 'metricName' }] },
};
