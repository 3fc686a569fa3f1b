import * as z from 'zod';
import { defineTool, oneOfKnown, secret } from '../../src/define/index.js';
import { freeForm, id } from './_fields.js';
import { databasesLost } from './_targets.js';

export const getInstance = defineTool({
  name: 'cegedim_get_instance',
  title: 'Get instance',
  description: 'Reads a PostgreSQL instance: status, version, size, network, backups, patching.',
  route: 'GET /itcare/databases/postgresql/{id}',
  core: true,
  risk: 'read',
  input: z.object({ id }),
});

const password = {
  min: 12,
  // No upper limit is documented; this is the one of every secret.
  max: 256,
  pattern: /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z0-9])/s,
  rule: 'with lower and upper case, a digit and a special character',
};

const isNoKeyword = (name: string): boolean => name.toLowerCase() !== 'cluster';

const newInstance = {
  name: z.string().min(5).max(60).refine(isNoKeyword, 'must not be the word cluster').describe('a-z and 0-9'),
  productCode: oneOfKnown('deb12pg16'),
  serviceId: id,
  networkId: id.describe('from cegedim_list_networks of an instance there, or its range'),
  topology: z.enum(['STANDALONE', 'HA']),
  nodeSizing: oneOfKnown('2cpu4gb'),
  diskSize: z.int().min(40).max(1024).describe('GB per node; no tool changes it later'),
  allowedReplicationLag: z.int().min(1).max(10240).describe('MB up to which a standby may take over'),
  trigram: z.string().min(1).describe('e.g. tri'),
  admPassword: secret(password),
  area: oneOfKnown('EB-QA').optional(),
  az: z.string().min(1).optional(),
  tls: z.boolean().optional(),
  nodePrefix: z.string().min(5).max(12).describe('upper-case letters').optional(),
};

/** Settings that may all be left out. */
const furtherSettings = {
  prefix: z.string().min(1).describe('not explained by the provider; nodePrefix names the nodes').optional(),
  region: oneOfKnown('EB').optional(),
  cloudId: id.optional(),
  regulation: z.string().min(1).optional(),
  supportLevel: oneOfKnown('NO_MONITORING_NO_SUPPORT').optional(),
  backupEnabled: z.boolean().optional(),
  dbBackupPolicyId: z.string().min(1).describe('from the console').optional(),
  serverBackupPolicyId: z.string().min(1).describe('from the console').optional(),
  replicationEnabled: z.boolean().optional(),
  noBackupProdReason: z.string().min(1).describe('why production goes without').optional(),
  noMonitoringProdReason: z.string().min(1).optional(),
  noReplicationProdReason: z.string().min(1).optional(),
  product: freeForm().describe('a whole catalogue entry; productCode is enough').optional(),
};

export const createInstance = defineTool({
  name: 'cegedim_create_instance',
  title: 'Create instance',
  description:
    'Creates a PostgreSQL instance with its administrator. One of area or az is needed; HA also needs az, tls and ' +
    'nodePrefix. cegedim_get_instance of another instance, or the console, has productCode, serviceId and networkId.',
  route: 'POST /itcare/databases/postgresql',
  contentType: 'application/vnd.cegedim-it.v1+json',
  risk: 'write',
  input: z.object({ ...newInstance, ...furtherSettings }),
  rules: [{ anyOf: ['area', 'az'] }, { if: { topology: 'HA' }, needs: ['nodePrefix', 'az', 'tls'] }],
  about: ['name'],
  async: true,
});

export const deleteInstance = defineTool({
  name: 'cegedim_delete_instance',
  title: 'Delete instance',
  description: 'Deletes a PostgreSQL instance with all its nodes and databases. There is no deletion protection.',
  route: 'DELETE /itcare/databases/postgresql/{id}',
  risk: 'destructive',
  warning: 'The instance and its data are gone, on every node. Expect its backups to go with it.',
  undo: 'None: nothing says that a backup outlives its instance.',
  irreversible: true,
  input: z.object({ id }),
  planReads: [databasesLost],
  async: true,
});
