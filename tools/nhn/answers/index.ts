import type { ReadFacts } from '../../../src/define/index.js';

export const reads: ReadFacts = {
  given: {
    nhn_list_backups: { page: 1, size: 100 },
    nhn_list_events: { page: 1, size: 100, from: '{hourAgo}', to: '{now}', eventCategoryType: 'ALL' },
    nhn_get_metric_statistics: { from: '{hourAgo}', to: '{now}' },
  },
  found: { metricNames: [{ read: 'nhn_list_metrics', at: 'metrics[]', id: 'metricName' }] },
};
