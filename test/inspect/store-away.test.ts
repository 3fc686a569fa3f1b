import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { sharedCluster, urlOf } from '../support/services/postgres.js';
import { startRedis } from '../support/services/redis.js';

test('while the store is away, a diagnosis tells what the cloud knows and why nothing inside was seen', async () => {
  const { primary } = await sharedCluster();
  const store = await startRedis();
  const { call } = await connect({
    args: ['--sandbox', 'nhn'],
    env: { PGFLEET_STORE: store.url, PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: urlOf(primary, 'monitor') },
  });
  await store.stop();
  const diagnosis = await call('fleet_diagnose_instance', { instance: 'orders-primary' });
  expect(diagnosis.isError, diagnosis.text).toBe(false);
  expect(diagnosis.text).toMatch(/Changes of access rules wait/);
  expect(diagnosis.text).toMatch(/inside: not seen, The shared store cannot be reached/);
  const look = await call('inspect_database', { instance: 'orders-primary' });
  expect(look.text).toContain('The shared store cannot be reached');
});
