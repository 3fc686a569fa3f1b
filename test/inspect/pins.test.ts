import { beforeAll, expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { startFleet } from '../support/fleet.js';
import { instanceNamed } from '../support/nhn.js';
import { sharedCluster, type TestCluster, urlOf } from '../support/services/postgres.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

test('where another instance has taken the name, nothing is sent until the operator means it', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const url = urlOf(cluster.primary, 'monitor');
  const { call, folder } = await connect({ fleet, env: { PGFLEET_DB_URL_NHN_ANALYTICS: url }, answer: 'yes' });
  expect((await call('list_sessions', { instance: 'analytics' })).text).toContain('sessions of at most');
  const [former, other] = [await instanceNamed(call, 'analytics'), await instanceNamed(call, 'billing-legacy')];
  await call('nhn_modify_db_instance', { dbInstanceId: former.dbInstanceId, dbInstanceName: 'analytics-former' });
  fleet.world.advance(3_600_000);
  await call('nhn_modify_db_instance', { dbInstanceId: other.dbInstanceId, dbInstanceName: 'analytics' });
  fleet.world.advance(3_600_000);
  const { text } = await call('list_sessions', { instance: `nhn:${other.dbInstanceId}` });
  expect(text).toContain('another instance has the name. Nothing was sent to it.');
  expect(text).toContain(`?instance=${other.dbInstanceId}`);

  const meant = await connect({
    fleet,
    env: {
      PGFLEET_DB_URL_NHN_ANALYTICS: `${url}&instance=${other.dbInstanceId}`,
      PGFLEET_AUDIT_LOG: `${folder}/audit.jsonl`,
    },
  });
  expect((await meant.call('list_sessions', { instance: 'analytics' })).text).toContain('sessions of at most');
});

test('a variable that fits two instances looks into neither', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const env = { PGFLEET_DB_URL_NHN_ANALYTICS_B: urlOf(cluster.primary, 'monitor') };
  const { call } = await connect({ fleet, env, answer: 'yes' });
  const [one, other] = [await instanceNamed(call, 'analytics'), await instanceNamed(call, 'billing-legacy')];
  await call('nhn_modify_db_instance', { dbInstanceId: one.dbInstanceId, dbInstanceName: 'analytics-b' });
  await call('nhn_modify_db_instance', { dbInstanceId: other.dbInstanceId, dbInstanceName: 'analytics_b' });
  fleet.world.advance(3_600_000);
  const { text } = await call('list_sessions', { instance: 'analytics-b' });
  expect(text).toMatch(/fits "analytics-b" \(nhn:.*\) and "analytics_b" \(nhn:.*\)\. Write the connection in the/);
});
