import { beforeAll, expect, test } from 'vitest';
import { openSession, sharedCluster, type TestCluster, type TestRole } from '../../support/services/postgres.js';
import { lookingAt } from './looking.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

const looking = (role: TestRole, env: Record<string, string> = {}) => lookingAt(cluster, role, { env });

interface Inside {
  findings?: { check: string; faults: { evidence: string; next?: { tool: string; arguments: object } }[] }[];
  notSeen?: { checks: string[]; allow?: string }[];
}

test('what was looked at, as whom, is said and recorded', async () => {
  const root = await openSession(cluster.primary, 'owner');
  await root.query('BEGIN');
  const { call, sandboxAudit } = await looking('monitor');
  const { text, data } = await call('inspect_database', { instance: 'orders-primary', topics: ['sessions'] });
  expect(text).toMatch(/PostgreSQL \d+\.\d+, no standby, database postgres, seen as monitor: \d+ checks\./);
  expect((data['inside'] as Inside[])[0]?.notSeen).toBeUndefined();
  expect(sandboxAudit()).toMatchObject([{ event: 'look', arguments: { checks: ['sessions'] } }]);
});

test('a check of the fleet looks inside where it is told to, and says how much it saw', async () => {
  const root = await openSession(cluster.primary, 'owner');
  await root.query('BEGIN');
  const { call, sandboxAudit } = await looking('monitor');
  const without = await call('fleet_check');
  expect(without.text).not.toContain('Inside:');
  const { text } = await call('fleet_check', { inside: true });
  expect(text).toMatch(/\nInside: 1 of \d+ instances were looked into\.\n/);
  expect(text).toMatch(/\n\d+ have no connection, so nothing is known of what is inside them\./);
  expect(sandboxAudit()).toMatchObject([{ event: 'look', through: 'fleet_check' }]);
});

test('what a plain role cannot see is no health', async () => {
  await openSession(cluster.primary, 'owner');
  const { call } = await looking('plain');
  const { text, data } = await call('inspect_database', { instance: 'orders-primary' });
  expect(text).not.toMatch(/^Nothing found to be wrong inside\./);
  const [inside] = data['inside'] as Inside[];
  expect(inside?.notSeen?.map(({ allow }) => allow)).toContain('GRANT pg_monitor TO plain;');
});
