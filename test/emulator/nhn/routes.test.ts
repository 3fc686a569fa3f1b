import { expect, test } from 'vitest';
import { connect } from './client.js';

const instance = '/v1.0/db-instances/{id}';
const routes = `
GET /v1.0/db-versions
GET /v1.0/db-flavors
GET /v1.0/project/regions
GET /v1.0/project/members
GET /v1.0/network/subnets
GET /v1.0/storage-types
GET /v3.0/jobs/{id}
GET /v1.0/jobs/{id}
GET /v1.0/db-instance-groups
GET /v1.0/db-instance-groups/{id}
GET /v1.0/db-instance-groups/{id}/extensions
POST /v1.0/db-instance-groups/{id}/extensions/{id}
DELETE /v1.0/db-instance-groups/{id}/extensions/{id}
POST /v1.0/db-instance-groups/{id}/extensions/apply
POST /v1.0/db-instance-groups/{id}/extensions/sync
GET /v1.0/db-instances
POST /v1.0/db-instances
GET ${instance}
PUT ${instance}
DELETE ${instance}
POST ${instance}/restart
POST ${instance}/force-restart
POST ${instance}/start
POST ${instance}/stop
POST ${instance}/backup
POST ${instance}/backup-to-object-storage
POST ${instance}/apply-recent-parameter-group
POST ${instance}/replicate
POST ${instance}/promote
POST ${instance}/restore
GET ${instance}/high-availability
PUT ${instance}/high-availability
POST ${instance}/high-availability/resume
POST ${instance}/high-availability/pause
POST ${instance}/high-availability/repair
POST ${instance}/high-availability/split
GET ${instance}/storage-info
PUT ${instance}/storage-info
GET ${instance}/network-info
PUT ${instance}/network-info
GET ${instance}/backup-info
PUT ${instance}/backup-info
GET ${instance}/restoration-info
PUT ${instance}/deletion-protection
GET ${instance}/maintenance-info
PUT ${instance}/maintenance-info
GET ${instance}/available-db-versions
GET ${instance}/databases
POST ${instance}/databases
PUT ${instance}/databases/{id}
DELETE ${instance}/databases/{id}
GET ${instance}/db-users
POST ${instance}/db-users
PUT ${instance}/db-users/{id}
DELETE ${instance}/db-users/{id}
GET ${instance}/hba-rules
POST ${instance}/hba-rules
PUT ${instance}/hba-rules/{id}
DELETE ${instance}/hba-rules/{id}
PUT ${instance}/hba-rules/orders
POST ${instance}/hba-rules/apply
GET /v1.0/backups
POST /v1.0/backups/{id}/export
POST /v1.0/backups/{id}/restore
DELETE /v1.0/backups/{id}
GET /v1.0/db-security-groups
POST /v1.0/db-security-groups
GET /v1.0/db-security-groups/{id}
PUT /v1.0/db-security-groups/{id}
DELETE /v1.0/db-security-groups/{id}
POST /v1.0/db-security-groups/{id}/rules
PUT /v1.0/db-security-groups/{id}/rules/{id}
DELETE /v1.0/db-security-groups/{id}/rules
GET /v1.0/parameter-groups
POST /v1.0/parameter-groups
GET /v1.0/parameter-groups/{id}
PUT /v1.0/parameter-groups/{id}
DELETE /v1.0/parameter-groups/{id}
POST /v1.0/parameter-groups/{id}/copy
PUT /v1.0/parameter-groups/{id}/parameters
PUT /v1.0/parameter-groups/{id}/reset
GET /v1.0/user-groups
POST /v1.0/user-groups
GET /v1.0/user-groups/{id}
PUT /v1.0/user-groups/{id}
DELETE /v1.0/user-groups/{id}
GET /v1.0/notification-groups
POST /v1.0/notification-groups
GET /v1.0/notification-groups/{id}
PUT /v1.0/notification-groups/{id}
DELETE /v1.0/notification-groups/{id}
GET /v1.0/notification-groups/{id}/watchdogs
POST /v1.0/notification-groups/{id}/watchdogs
PUT /v1.0/notification-groups/{id}/watchdogs/{id}
DELETE /v1.0/notification-groups/{id}/watchdogs/{id}
GET /v1.0/metrics
GET /v1.0/metric-statistics
GET /v1.0/events
GET /v1.0/event-codes
`
  .trim()
  .split('\n');

test('every documented operation, and the other address of the job, is imitated', async () => {
  const { send } = await connect();
  const missing: string[] = [];
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    const response = await send(method, path.replaceAll('{id}', '00000000-0000-4000-8000-000000000000'));
    if (response.status !== 200) missing.push(`${route}: ${response.status}`);
  }
  expect(missing).toEqual([]);
  expect(routes).toHaveLength(99);
});

test('a route that nobody documented says that it is not imitated', async () => {
  const { send } = await connect();
  expect((await send('POST', '/v1.0/db-instances/x/teleport')).status).toBe(501);
});
