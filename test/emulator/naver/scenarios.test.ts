import { expect, test } from 'vitest';
import { connect } from './client.js';

const usersOf = ({ list }: ReturnType<typeof connect>, no: string) =>
  list('getCloudPostgresqlUserList', { cloudPostgresqlInstanceNo: no });

test('the usual fleet has something of each story', async () => {
  const client = connect();
  const fleet = await client.allInstances();
  expect(fleet.filter(({ isBackup }) => !isBackup)).toHaveLength(1);
  expect(fleet.filter(({ engineVersion }) => engineVersion === 'PostgreSQL 13.3')).toHaveLength(1);
  expect((await client.instance('1235544')).cloudPostgresqlServerInstanceList[0]?.isPublicSubnet).toBe(true);
  expect(await usersOf(client, '1235544')).toContainEqual(expect.objectContaining({ clientCidr: '0.0.0.0/0' }));
});

test('nothing is wrong with the quiet fleet', async () => {
  const client = connect({ scenario: 'quiet' });
  const fleet = await client.allInstances();
  expect(fleet).toHaveLength(5);
  for (const { cloudPostgresqlInstanceNo: no, ...instance } of fleet) {
    expect(instance).toMatchObject({ cloudPostgresqlInstanceStatusName: 'running', isBackup: true, isHa: true });
    expect(instance.engineVersion).toBe('PostgreSQL 17.7');
    for (const server of instance.cloudPostgresqlServerInstanceList) {
      expect(server).toMatchObject({ cloudPostgresqlServerInstanceStatusName: 'running', isPublicSubnet: false });
      expect(server).not.toHaveProperty('publicDomain');
      expect(server.usedDataStorageSize / server.dataStorageSize).toBeLessThan(0.5);
    }
    for (const { clientCidr } of await usersOf(client, no)) expect(clientCidr).toMatch(/^192\.168\./);
  }
});

test('a full storage takes nothing more', async () => {
  const { world, instance } = connect({ scenario: 'storage-full' });
  const used = async () => {
    const [primary] = (await instance('1235702')).cloudPostgresqlServerInstanceList;
    return primary ? primary.usedDataStorageSize / primary.dataStorageSize : 0;
  };
  expect(await used()).toBeCloseTo(0.98);
  world.advance(30 * 86_400_000);
  expect(await used()).toBe(1);
});

test('after a failover the roles are swapped, and the old primary recovers', async () => {
  const { world, instance } = connect({ scenario: 'failover' });
  const roles = async () =>
    (await instance('1234925')).cloudPostgresqlServerInstanceList.map((server) => [
      server.cloudPostgresqlServerRole.code,
      server.cloudPostgresqlServerInstanceStatusName,
    ]);
  expect(await roles()).toEqual([
    ['H', 'recovering'],
    ['M', 'running'],
    ['S', 'running'],
  ]);
  world.advance(3_600_000);
  expect((await roles())[0]).toEqual(['H', 'running']);
});

test('a delayed replica holds less than its primary', async () => {
  const { instance } = connect({ scenario: 'replication-delay' });
  const [primary, , replica] = (await instance('1234925')).cloudPostgresqlServerInstanceList;
  expect(replica?.usedDataStorageSize).toBeLessThan(primary?.usedDataStorageSize ?? 0);
});
