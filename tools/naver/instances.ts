import * as z from 'zod';
import { defineTool, listOf } from '../../src/define/index.js';
import * as fields from './_fields.js';
import * as newInstance from './_new-instance.js';
import { addressesLost, backupsNow, databasesNow, otherServers } from './_targets.js';

const { cloudPostgresqlInstanceNo, cloudPostgresqlServerInstanceNo, regionCode } = fields;

const filters = {
  cloudPostgresqlServiceName: z.string().min(1).optional(),
  cloudPostgresqlInstanceNoList: listOf(z.string().min(1)).optional(),
  cloudPostgresqlServerName: z.string().min(1).optional(),
  cloudPostgresqlServerInstanceNoList: listOf(z.string().min(1)).optional(),
  zoneCode: z.string().min(1).describe('e.g. KR-1').optional(),
  vpcNo: z.string().min(1).optional(),
  subnetNo: z.string().min(1).optional(),
};

export const listInstances = defineTool({
  name: 'naver_list_instances',
  title: 'List instances',
  description:
    'Lists the instances of a region with state and servers. ' +
    'regionCode, here and elsewhere, is the first region of the account when left out.',
  route: 'GET /getCloudPostgresqlInstanceList',
  risk: 'read',
  input: z.object({ regionCode, ...filters, ...fields.endlessPage }),
  selects: [
    'cloudPostgresqlServiceName',
    'cloudPostgresqlInstanceNoList',
    'cloudPostgresqlServerName',
    'cloudPostgresqlServerInstanceNoList',
  ],
  rules: fields.pageRules,
});

export const getInstance = defineTool({
  name: 'naver_get_instance',
  title: 'Get instance',
  description: 'Reads an instance: state, version, backup settings, and its servers with role, address and storage.',
  route: 'GET /getCloudPostgresqlInstanceDetail',
  core: true,
  risk: 'read',
  input: z.object({ cloudPostgresqlInstanceNo, regionCode }),
  about: ['cloudPostgresqlInstanceNo'],
});

export const createInstance = defineTool({
  name: 'naver_create_instance',
  title: 'Create instance',
  description:
    'Creates an instance with a first database and login, highly available and backed up unless told otherwise. ' +
    'Subnet and storage type are fixed from then on; the storage size cannot be chosen.',
  route: 'POST /createCloudPostgresqlInstance',
  risk: 'write',
  input: z.object({
    regionCode,
    ...newInstance.place,
    ...newInstance.size,
    ...newInstance.backup,
    ...newInstance.access,
  }),
  rules: newInstance.rules,
  async: true,
});

export const deleteInstance = defineTool({
  name: 'naver_delete_instance',
  title: 'Delete instance',
  description:
    'Deletes an instance with all its servers and databases. ' +
    'Refused while it has read replicas: naver_delete_read_replica removes those.',
  route: 'POST /deleteCloudPostgresqlInstance',
  risk: 'destructive',
  warning:
    'The instance and all its databases are gone, its backups too as far as is known. Every client loses its database.',
  undo: 'None. Only a backup file that was exported to a bucket stays.',
  irreversible: true,
  input: z.object({ cloudPostgresqlInstanceNo, regionCode }),
  about: ['cloudPostgresqlInstanceNo'],
  planReads: [databasesNow, backupsNow, addressesLost],
  async: true,
  idempotent: true,
});

export const rebootServer = defineTool({
  name: 'naver_reboot_server',
  title: 'Reboot server',
  description: 'Restarts one server of an instance: a standalone, a primary or a read replica, not a secondary.',
  route: 'POST /rebootCloudPostgresqlServerInstance',
  core: true,
  risk: 'disruptive',
  warning: 'All connections to this server are cut and open transactions roll back; it is away until it is up again.',
  undo: 'None needed: it comes back by itself.',
  input: z.object({ cloudPostgresqlServerInstanceNo, regionCode }),
  about: ['cloudPostgresqlServerInstanceNo'],
  planReads: [otherServers],
  async: true,
});

export const createReadReplica = defineTool({
  name: 'naver_create_read_replica',
  title: 'Create read replica',
  description: 'Adds a read replica server to an instance. One replica at a time is added or deleted.',
  route: 'POST /createCloudPostgresqlReadReplicaInstance',
  risk: 'write',
  input: z.object({
    cloudPostgresqlInstanceNo,
    regionCode,
    subnetNo: z.string().min(1).describe('needed for a multi-zone instance, ignored for others').optional(),
  }),
  about: ['cloudPostgresqlInstanceNo'],
  async: true,
  next: 'The new server is the one with role S that is creating.',
});

export const deleteReadReplica = defineTool({
  name: 'naver_delete_read_replica',
  title: 'Delete read replica',
  description: 'Deletes one read replica server. One replica at a time is added or deleted.',
  route: 'POST /deleteCloudPostgresqlReadReplicaInstance',
  risk: 'destructive',
  warning: 'The replica server is gone, and clients that read from it lose their address. The primary goes on.',
  undo: 'None for this server; naver_create_read_replica adds another.',
  irreversible: true,
  input: z.object({ cloudPostgresqlServerInstanceNo, regionCode }),
  about: ['cloudPostgresqlServerInstanceNo'],
  planReads: [otherServers],
  async: true,
  idempotent: true,
});
