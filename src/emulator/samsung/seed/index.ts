import type { Samsung } from '../work.js';
import { addClusters, clusterId } from './clusters.js';
import { tell } from './scenarios.js';

/** Five clusters in two regions, what hangs on them, and the scenario's own turn of the story. */
export function seed(samsung: Samsung): void {
  addClusters(samsung);
  addLogExports(samsung);
  tell(samsung);
}

function addLogExports({ store }: Samsung): void {
  const orders = store.clusters.get(clusterId('orders'));
  orders.logExports.set('audit', {
    bucketName: 'orders-audit-logs',
    deleteOnExport: false,
    scheduleDayOfMonth: null,
    scheduleDayOfWeek: null,
    scheduleFrequencyType: 'DAY',
    scheduleHour: '5',
  });
}
