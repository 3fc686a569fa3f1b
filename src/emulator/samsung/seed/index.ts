import type { Samsung } from '../store.js';
import { addClusters, clusterId } from './fleet.js';
import { tell } from './scenarios.js';

/** Adds five clusters in two regions, and what belongs to them. Then it applies the scenario. */
export function seed(samsung: Samsung): void {
  addClusters(samsung);
  addLogExports(samsung);
  tell(samsung);
}

function addLogExports(samsung: Samsung): void {
  const orders = samsung.store.clusters.get(clusterId(samsung, 'orders'));
  orders.logExports.set('audit', {
    bucketName: 'orders-audit-logs',
    deleteOnExport: false,
    scheduleDayOfMonth: null,
    scheduleDayOfWeek: null,
    scheduleFrequencyType: 'DAY',
    scheduleHour: '5',
  });
}
