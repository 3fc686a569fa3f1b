import type { Effect } from '../../../src/define/index.js';
import { backupsNow, instanceNow, instanceOfServer, replicasNow, serverNow, usersNow } from './looks.js';

const firstServer = 'now.cloudPostgresqlServerInstanceList';
const versionOf = (text: unknown): string | undefined => /[\d.]+$/.exec(String(text))?.[0];

export const createInstance: Effect = {
  creates: 'cloudPostgresqlServiceName',
  prepares: {
    looks: {
      now: instanceNow,
      users: usersNow,
      secondary: { ...replicasNow, where: { 'cloudPostgresqlServerRole.code': 'H' } },
    },
    fills: {
      regionCode: `${firstServer}.regionCode`,
      vpcNo: `${firstServer}.vpcNo`,
      subnetNo: `${firstServer}.subnetNo`,
      isHa: 'now.isHa',
      isMultiZone: 'now.isMultiZone',
      secondarySubnetNo: {
        derived: (at) => (at('now.isMultiZone')?.[0] === true ? at('secondary.subnetNo')?.[0] : undefined),
      },
      cloudPostgresqlImageProductCode: 'now.cloudPostgresqlImageProductCode',
      engineVersionCode: { derived: (at) => versionOf(at('now.engineVersion')?.[0]) },
      cloudPostgresqlProductCode: `${firstServer}.cloudPostgresqlProductCode`,
      dataStorageTypeCode: `${firstServer}.dataStorageType.code`,
      isStorageEncryption: `${firstServer}.isStorageEncryption`,
      isBackup: 'now.isBackup',
      backupFileRetentionPeriod: 'now.backupFileRetentionPeriod',
      isAutomaticBackup: { derived: (at) => (at('now.backupTime')?.[0] === undefined ? undefined : false) },
      backupTime: 'now.backupTime',
      clientCidr: 'users.clientCidr',
      cloudPostgresqlPort: 'now.cloudPostgresqlPort',
    },
    reachableFrom: 'clientCidr',
  },
  ordinary: {
    warning: 'A new instance, which is billed, with its first database and login.',
    undo: 'naver_delete_instance deletes it, and what is in it by then.',
  },
  dangers: [
    {
      if: { opensWide: 'clientCidr' },
      risk: 'exposing',
      warning: 'Its first login, {cloudPostgresqlUserName}, may be used from {clientCidr}, far more than one network.',
      undo: 'Narrow the range with naver_change_db_users, or delete the instance.',
    },
  ],
};

const gone = {
  risk: 'destructive',
  undo: 'None. Only a backup file that was exported to a bucket stays.',
  irreversible: true,
} as const;

export const deleteInstance: Effect = {
  looks: { replicas: replicasNow, backups: backupsNow },
  dangers: [
    {
      ...gone,
      warning: 'All its servers, databases and addresses are gone, its backups too as far as is known.',
    },
    { ...gone, if: { not: { has: 'backups' } }, warning: 'No backup of it is known.' },
  ],
  impossible: [
    {
      if: { has: 'replicas' },
      because: 'It has a read replica, {replicas.cloudPostgresqlServerName}, and is not deleted while it has one.',
      instead: 'naver_delete_read_replica deletes that first.',
    },
  ],
};

const isReplica = { is: { 'server.cloudPostgresqlServerRole.code': 'S' } } as const;

const comesBack = { risk: 'disruptive', undo: 'None needed: it comes back by itself.' } as const;

export const rebootServer: Effect = {
  looks: { server: serverNow, owner: instanceOfServer },
  dangers: [
    {
      ...comesBack,
      warning: 'All connections to {server.cloudPostgresqlServerName} are cut, and it is away until it is up again.',
    },
    {
      ...comesBack,
      if: { not: isReplica },
      warning: 'It takes the writes: open transactions roll back, and nobody can write meanwhile.',
    },
    {
      ...comesBack,
      if: { all: [{ not: isReplica }, { is: { 'owner.isHa': true } }] },
      warning: 'Whether its secondary takes over is not documented.',
    },
  ],
  impossible: [
    {
      if: { is: { 'server.cloudPostgresqlServerRole.code': 'H' } },
      because: 'Server {server.cloudPostgresqlServerName} is a secondary, which cannot be restarted.',
      instead: 'The primary or a read replica can: naver_get_instance shows which those are.',
    },
  ],
};

export const createReadReplica: Effect = {
  looks: { now: instanceNow },
  isBilled: true,
  prepares: { fills: { regionCode: `${firstServer}.regionCode`, subnetNo: `${firstServer}.subnetNo` } },
  ordinary: {
    warning: 'One more server, which is billed. The others go on.',
    undo: 'naver_delete_read_replica deletes it.',
  },
  dangers: [],
  impossible: [
    {
      if: { all: [{ is: { 'now.isMultiZone': true } }, { not: { given: 'subnetNo' } }] },
      because: 'The instance is in several zones, so its replica needs a subnetNo.',
      instead: 'naver_list_target_subnets shows which subnets there are.',
    },
  ],
};

const replicaGone = {
  risk: 'destructive',
  undo: 'None for this server; naver_create_read_replica adds another.',
  irreversible: true,
} as const;

export const deleteReadReplica: Effect = {
  looks: { server: serverNow },
  dangers: [
    {
      ...replicaGone,
      warning: 'The replica is gone, and clients that read from {server.privateDomain} lose that address.',
    },
    {
      ...replicaGone,
      if: { not: isReplica },
      warning: 'Its role is {server.cloudPostgresqlServerRole.codeName}: the provider deletes read replicas only.',
    },
  ],
};
