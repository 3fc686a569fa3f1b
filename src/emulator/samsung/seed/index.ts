import type { Samsung } from '../store.js';
import { addClusters, clusterId } from './fleet.js';
import { tell } from './scenarios.js';

/** Five clusters in two regions, what hangs on them, and the scenario's own turn of the story. */
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
