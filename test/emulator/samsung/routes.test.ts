import { expect, test } from 'vitest';
import { connect } from './client.js';

const operations = `
POST /v1/instance-groups/x/block-storage-groups
POST /v1/clusters
POST /v1/clusters/x/replicas/other-region
POST /v1/clusters/x/replicas
POST /v1/clusters/x/restore
DELETE /v1/clusters/x/archive
POST /v1/clusters/x/log-export-configs/alert/export
GET /v1/clusters/x/backup-histories
GET /v1/clusters
GET /v1/engine-versions/x/properties
GET /v1/engine-versions
GET /v1/clusters/x/log-export-configs
GET /v1/parameter-groups
GET /v1/clusters/x/parameters
GET /v1/parameters
GET /v1/clusters/x/replicas
GET /v1/server-types
PUT /v1/clusters/x/patch
POST /v1/clusters/x/promote
POST /v1/clusters/x/log-export-configs
PUT /v1/clusters/x/backup-histories
POST /v1/clusters/x/reset-replica
POST /v1/clusters/x/restart
PUT /v1/clusters/x/archive
PUT /v1/clusters/x/audit-log
POST /v1/clusters/x/backups
POST /v1/block-storage-groups/x/resize
PUT /v1/clusters/x/log-export-configs/alert
POST /v1/clusters/x/maintenance
PUT /v1/clusters/x/parameters
POST /v1/clusters/x/security-group-rules
POST /v1/instance-groups/x/resize
GET /v1/clusters/x/archive
GET /v1/clusters/x
GET /v1/requests/x
POST /v1/clusters/x/start
POST /v1/clusters/x/stop
POST /v1/clusters/x/switchover
POST /v1/clusters/x/archive/sync
POST /v1/clusters/x/sync-state
POST /v1/clusters/x/parameters/sync
POST /v1/clusters/x/sync-replica-state
DELETE /v1/clusters/x
DELETE /v1/clusters/x/log-export-configs/alert
DELETE /v1/clusters/x/backups
DELETE /v1/clusters/x/maintenance`
  .trim()
  .split('\n');

test('there are 46 operations', () => expect(new Set(operations).size).toBe(46));

test.each(operations)('%s is imitated', async (operation) => {
  const [method = '', path = ''] = operation.split(' ');
  const { status } = await connect().send(method, path);
  expect([200, 400, 404]).toContain(status);
});

test('what is not imitated says so, and not "not found"', async () => {
  const { status } = await connect().send('PUT', '/v1/clusters/x/kernel-upgrade');
  expect(status).toBe(501);
});
