import type { NamedThing, NameList, PlanRead, Target } from '../../src/define/index.js';

/** The instance of the call, in the region of the call. */
export const instance = { regionCode: '{regionCode}', cloudPostgresqlInstanceNo: '{cloudPostgresqlInstanceNo}' };

export const server = {
  regionCode: '{regionCode}',
  cloudPostgresqlServerInstanceNoList: ['{cloudPostgresqlServerInstanceNo}'],
};

const servers: PlanRead = {
  label: 'servers',
  read: 'naver_get_instance',
  with: instance,
  at: 'cloudPostgresqlInstanceList[].cloudPostgresqlServerInstanceList[]',
  shows: ['cloudPostgresqlServerName', 'cloudPostgresqlServerRole.codeName', 'cloudPostgresqlServerInstanceStatusName'],
};

const newestBackup: PlanRead = {
  label: 'newest backup',
  read: 'naver_list_backup_details',
  with: instance,
  at: 'cloudPostgresqlBackupDetailList[]',
  newestBy: 'endTime',
  shows: ['fileName', 'endTime'],
};

export const backupsNow: PlanRead = {
  label: 'backups that go with it',
  isWhole: true,
  read: 'naver_list_backup_details',
  with: instance,
  at: 'cloudPostgresqlBackupDetailList[]',
  shows: ['fileName', 'endTime'],
};

/** Under what names clients reach the servers of the instance. */
export const addressesLost: PlanRead = {
  ...servers,
  label: 'addresses that are lost',
  isWhole: true,
  shows: ['cloudPostgresqlServerName', 'publicDomain', 'privateDomain'],
};

const users: PlanRead = {
  label: 'users',
  read: 'naver_list_db_users',
  with: instance,
  at: 'cloudPostgresqlUserList[]',
  shows: ['userName', 'clientCidr', 'isReplicationRole'],
};

const databases: PlanRead = {
  label: 'databases',
  read: 'naver_list_databases',
  with: instance,
  at: 'cloudPostgresqlDatabaseList[]',
  shows: ['databaseName', 'owner'],
};

export const usersNow: PlanRead = { ...users, label: 'users now' };

export const databasesNow: PlanRead = { ...databases, label: 'databases now', isWhole: true };

export const databasesOwned: PlanRead = {
  ...databases,
  label: 'databases that these users own',
  where: { owner: '{cloudPostgresqlUserList[].name}' },
};

export const backupFile: PlanRead = {
  label: 'backup file',
  read: 'naver_list_backup_details',
  with: instance,
  at: 'cloudPostgresqlBackupDetailList[]',
  where: { fileName: '{fileName}' },
  shows: ['fileName', 'endTime', 'backupSize'],
};

/** Without size and date: those of the file that is being written do not stand still. */
export const logFile: PlanRead = {
  label: 'log file',
  read: 'naver_list_db_server_logs',
  with: {
    regionCode: '{regionCode}',
    logType: '{logType}',
    cloudPostgresqlServerInstanceNo: '{cloudPostgresqlServerInstanceNo}',
  },
  at: 'cloudPostgresqlDbServerLogList[]',
  where: { fileName: '{fileName}' },
  shows: ['fileName'],
};

/** The other servers of the instance that the server of the call belongs to. */
export const otherServers: PlanRead = {
  label: 'other servers of the instance',
  read: 'naver_list_instances',
  with: server,
  at: 'cloudPostgresqlInstanceList[].cloudPostgresqlServerInstanceList[]',
  whereNot: { cloudPostgresqlServerInstanceNo: '{cloudPostgresqlServerInstanceNo}' },
  shows: ['cloudPostgresqlServerName', 'cloudPostgresqlServerRole.codeName', 'cloudPostgresqlServerInstanceStatusName'],
};

/** No tool reads a single server, so it is looked up through the instance that it belongs to. */
const instanceOfServer: PlanRead = {
  label: 'its instance',
  read: 'naver_list_instances',
  with: server,
  at: 'cloudPostgresqlInstanceList[]',
  where: { 'cloudPostgresqlServerInstanceList[].cloudPostgresqlServerInstanceNo': '{cloudPostgresqlServerInstanceNo}' },
  shows: ['cloudPostgresqlServiceName', 'cloudPostgresqlInstanceNo', 'cloudPostgresqlInstanceStatusName', 'isHa'],
};

/** Everything that has a number of its own is known by it. */
const number = /^\d+$/;

const instanceNames: NameList = {
  read: 'naver_list_instances',
  with: { regionCode: '{regionCode}' },
  at: 'cloudPostgresqlInstanceList[]',
  id: 'cloudPostgresqlInstanceNo',
  name: 'cloudPostgresqlServiceName',
  tells: ['cloudPostgresqlInstanceStatusName', 'engineVersion', 'createDate'],
};

const serverNames: NameList = {
  ...instanceNames,
  at: 'cloudPostgresqlInstanceList[].cloudPostgresqlServerInstanceList[]',
  id: 'cloudPostgresqlServerInstanceNo',
  name: 'cloudPostgresqlServerName',
  tells: ['cloudPostgresqlServerRole.codeName', 'cloudPostgresqlServerInstanceStatusName', 'zoneCode'],
};

export const targets: readonly Target[] = [
  {
    argument: 'cloudPostgresqlInstanceNo',
    label: 'instance',
    read: 'naver_get_instance',
    listedBy: 'naver_list_instances',
    with: instance,
    at: 'cloudPostgresqlInstanceList[]',
    name: 'cloudPostgresqlServiceName',
    shows: ['cloudPostgresqlInstanceStatusName', 'engineVersion', 'isHa', 'isBackup'],
    also: [servers, newestBackup],
    named: { also: ['cloudPostgresqlInstanceNoList[]'], form: number, lists: [instanceNames] },
  },
  {
    ...users,
    argument: 'cloudPostgresqlUserList[].name',
    label: 'user',
    where: { userName: '{cloudPostgresqlUserList[].name}' },
    name: 'userName',
  },
  {
    ...databases,
    argument: 'cloudPostgresqlDatabaseList[].name',
    label: 'database',
    where: { databaseName: '{cloudPostgresqlDatabaseList[].name}' },
    name: 'databaseName',
  },
  {
    argument: 'cloudPostgresqlServerInstanceNo',
    label: 'server',
    read: 'naver_list_instances',
    with: server,
    at: 'cloudPostgresqlInstanceList[].cloudPostgresqlServerInstanceList[]',
    where: { cloudPostgresqlServerInstanceNo: '{cloudPostgresqlServerInstanceNo}' },
    name: 'cloudPostgresqlServerName',
    shows: [
      'cloudPostgresqlServerRole.codeName',
      'cloudPostgresqlServerInstanceStatusName',
      'zoneCode',
      'privateDomain',
    ],
    also: [instanceOfServer],
    named: { also: ['cloudPostgresqlServerInstanceNoList[]'], form: number, lists: [serverNames] },
  },
];

/** What calls use and change nothing of, by the argument that takes its number or code. */
export const things: readonly NamedThing[] = [
  {
    argument: 'vpcNo',
    label: 'VPC',
    form: number,
    lists: [
      {
        read: 'naver_list_target_vpcs',
        with: { regionCode: '{regionCode}' },
        at: 'targetVpcList[]',
        id: 'vpcNo',
        name: 'vpcName',
        tells: ['ipv4Cidr', 'regionCode'],
      },
    ],
  },
  {
    argument: 'subnetNo',
    label: 'subnet',
    also: ['secondarySubnetNo'],
    form: number,
    lists: [
      {
        read: 'naver_list_target_subnets',
        with: {
          regionCode: '{regionCode}',
          vpcNo: '{vpcNo}',
          cloudPostgresqlImageProductCode: '{cloudPostgresqlImageProductCode}',
        },
        at: 'targetSubnetList[]',
        id: 'subnetNo',
        name: 'subnetName',
        tells: ['zoneCode', 'subnet', 'isPublic'],
      },
    ],
  },
  {
    argument: 'cloudPostgresqlProductCode',
    label: 'product',
    form: /^\w+(\.\w+)+$/,
    lists: [
      {
        read: 'naver_list_products',
        with: {
          regionCode: '{regionCode}',
          cloudPostgresqlImageProductCode: '{cloudPostgresqlImageProductCode}',
        },
        at: 'productList[]',
        id: 'productCode',
        name: 'productName',
        tells: ['generationCode', 'cpuCount', 'memorySize'],
      },
    ],
  },
];
