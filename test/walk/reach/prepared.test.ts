import { describe, expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';

async function opened() {
  const fleet = await startFleet();
  const { call } = await connect({ fleet, args: [] });
  const prepare = async (operation: string, instance: string) => {
    const { data } = await call('find_operation', { operation, instance });
    return data as unknown as Prepared;
  };
  return { fleet, call, prepare };
}

const yesterday = () => new Date(Date.now() - 86_400_000).toISOString();
const login = {
  cloudPostgresqlServiceName: 'orders-back',
  cloudPostgresqlServerNamePrefix: 'orders-back',
  cloudPostgresqlDatabaseName: 'orders',
  cloudPostgresqlUserName: 'orders_app',
  cloudPostgresqlUserPassword: 'secret://generate',
};

interface Prepared {
  arguments: Record<string, unknown>;
  missing?: string[];
  secret?: string[];
  leftOut?: string[];
  note: string;
}

describe('a new instance like one that is there', () => {
  test.each([
    ['nhn_restore_db_instance', 'nhn:orders-primary', ['restore.restoreType', 'dbInstanceName'], '10.20.0.0/16'],
    ['nhn_replicate_db_instance', 'nhn:orders-primary', ['dbInstanceName'], '10.20.0.0/16'],
    ['nhn_create_db_instance', 'nhn:analytics', ['dbInstanceName', 'databaseName', 'dbUserName'], '0.0.0.0/0'],
    ['samsung_create_restore_cluster', 'samsung:orders', ['name', 'instance_name_prefix'], '192.168.10.0/24'],
    ['samsung_create_replica', 'samsung:partners', ['replicas[].name'], '0.0.0.0/0'],
    ['cegedim_create_instance', 'partnerportal', ['name'], '203.0.113.0/28'],
  ])('%s of %s lacks only what nobody can tell, and says who gets in', async (operation, instance, missing, range) => {
    const { prepare, fleet } = await opened();
    const { missing: marked, note } = await prepare(operation, instance);
    expect(marked).toEqual(missing);
    expect(note).toContain('reachable as the source: ');
    expect(note).toContain(range);
    expect(fleet.changes()).toEqual([]);
  });

  test('NAVER has its login to be chosen, and its password is never filled', async () => {
    const { prepare } = await opened();
    const prepared = await prepare('naver_create_instance', 'shop-orders');
    expect(prepared.arguments).toMatchObject({ isMultiZone: true, subnetNo: '5051', secondarySubnetNo: '5052' });
    expect(prepared.missing).toContain('cloudPostgresqlUserName');
    expect(prepared.secret).toEqual(['cloudPostgresqlUserPassword']);
    expect(prepared.note).toContain('reachable as the source: 192.168.0.0/16. ');
  });

  test('one that is made is not named as the one that is there', async () => {
    const { prepare } = await opened();
    const { arguments: filled, note } = await prepare('cegedim_create_instance', 'partnerportal');
    expect(filled).not.toHaveProperty('name');
    expect(note).toContain('Its nodes get public addresses, of 203.0.113.0/28');
  });
});

test('what a restore overwrites is not the instance that it restores', async () => {
  const { prepare } = await opened();
  const { arguments: filled, missing } = await prepare('cegedim_restore_instance', 'ordersprod01');
  expect(filled).toEqual({ options: { sourceId: 500061854 } });
  expect(missing).toContain('id');
});

describe('what is prepared can be called', () => {
  test.each([
    [
      'nhn_restore_db_instance',
      'nhn:orders-primary',
      { dbInstanceName: 'orders-back', restore: { restoreType: 'TIMESTAMP', restoreYmdt: yesterday() } },
    ],
    ['nhn_replicate_db_instance', 'nhn:orders-primary', { dbInstanceName: 'orders-second' }],
    [
      'samsung_create_restore_cluster',
      'samsung:orders',
      { name: 'ordersback', instance_name_prefix: 'ordersback', backup_recovery_time: yesterday() },
    ],
    ['naver_create_read_replica', 'shop-orders', {}],
    ['naver_create_instance', 'shop-orders', login],
  ])('%s of %s, once what is missing is given', async (operation, instance, given) => {
    const { prepare, call, fleet } = await opened();
    const { arguments: filled } = await prepare(operation, instance);
    const args = { ...filled, ...given };
    const { isError, text } = await call('run_operation', { operation, arguments: JSON.stringify(args) });
    expect([isError, text]).toEqual([false, expect.any(String)]);
    expect(fleet.changes()).toHaveLength(1);
  });

  test('a replica whose place in a list has to be named', async () => {
    const { prepare, call, fleet } = await opened();
    const { arguments: filled } = await prepare('samsung_create_replica', 'samsung:analytics');
    const [first] = filled['replicas'] as object[];
    const args = { ...filled, replicas: [{ ...first, name: 'analytics-r1' }] };
    const operation = 'samsung_create_replica';
    const { isError, text } = await call('run_operation', { operation, arguments: JSON.stringify(args) });
    expect([isError, text]).toEqual([false, expect.any(String)]);
    expect(fleet.changes()).toHaveLength(1);
  });
});
