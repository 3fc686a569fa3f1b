import * as z from 'zod';
import { defineTool, uuid } from '../../../src/define/index.js';
import { dbInstanceGroupId } from '../_fields.js';

export const listExtensions = defineTool({
  name: 'nhn_list_extensions',
  title: 'List extensions',
  description:
    'Lists the extensions of a DB instance group: in which databases each is, and which changes are reserved.',
  route: 'GET /v1.0/db-instance-groups/{dbInstanceGroupId}/extensions',
  permission: 'RDSforPostgreSQL:DbInstanceGroupExtension.List',
  risk: 'read',
  input: z.object({ dbInstanceGroupId }),
});

export const installExtension = defineTool({
  name: 'nhn_install_extension',
  title: 'Reserve extension installation',
  description: 'Reserves the installation of an extension in one database. nhn_delete_extension cancels it.',
  route: 'POST /v1.0/db-instance-groups/{dbInstanceGroupId}/extensions/{extensionId}',
  permission: 'RDSforPostgreSQL:DbInstanceGroupExtension.Install',
  risk: 'write',
  input: z.object({
    dbInstanceGroupId,
    extensionId: uuid().describe('from nhn_list_extensions'),
    databaseId: uuid().describe('from nhn_list_databases'),
    schemaName: z.string().min(1),
    withCascade: z.boolean().describe('installs required extensions too').optional(),
  }),
  next: 'Reserved only: nhn_apply_extension_changes installs it.',
});

export const deleteExtension = defineTool({
  name: 'nhn_delete_extension',
  title: 'Reserve extension removal',
  description:
    'Reserves the removal of an installed extension from one database, or cancels a reserved change: ' +
    'reservedAction in nhn_list_extensions decides which.',
  route: 'DELETE /v1.0/db-instance-groups/{dbInstanceGroupId}/extensions/{dbInstanceGroupExtensionId}',
  permission: 'RDSforPostgreSQL:DbInstanceGroupExtension.Delete',
  risk: 'destructive',
  warning:
    'An installed extension is dropped at the next application of changes, with cascade (now {withCascade}) ' +
    'also every column, index and function that depends on it. A reserved change is cancelled instead.',
  undo: 'The same call cancels the reservation. Once applied there is no way back but a restore.',
  input: z.object({
    dbInstanceGroupId,
    dbInstanceGroupExtensionId: uuid().describe('of a database in nhn_list_extensions, not extensionId'),
    withCascade: z.boolean().describe('drops dependent objects too'),
  }),
  query: ['withCascade'],
  next: 'nhn_list_extensions shows which it was: a removal that is reserved now, or a change that is cancelled.',
});

export const applyExtensionChanges = defineTool({
  name: 'nhn_apply_extension_changes',
  title: 'Apply extension changes',
  description: 'Carries out every reserved installation and removal of extensions in a DB instance group.',
  route: 'POST /v1.0/db-instance-groups/{dbInstanceGroupId}/extensions/apply',
  permission: 'RDSforPostgreSQL:DbInstanceGroupExtension.Apply',
  risk: 'destructive',
  warning: 'All reserved changes run. A removal with cascade also drops the objects that depend on the extension.',
  undo: 'None for dropped objects; an extension itself can be installed again.',
  irreversible: true,
  input: z.object({ dbInstanceGroupId }),
  async: true,
  next: 'Its job can be COMPLETED although an extension failed: look at nhn_list_extensions for INSTALL_ERROR.',
  planReads: [
    {
      label: 'reserved changes',
      read: 'nhn_list_extensions',
      within: 'extensions[]',
      at: 'databases[]',
      whereNot: { reservedAction: 'NONE' },
      shows: ['reservedAction', 'extensionName', 'databaseName'],
      says: '{reservedAction} {extensionName} in database {databaseName}',
    },
  ],
});

export const syncExtensions = defineTool({
  name: 'nhn_sync_extensions',
  title: 'Sync extensions',
  description: 'Refreshes the list of extensions from what the databases really have; changes nothing in them.',
  route: 'POST /v1.0/db-instance-groups/{dbInstanceGroupId}/extensions/sync',
  permission: 'RDSforPostgreSQL:DbInstanceGroupExtension.Sync',
  risk: 'write',
  input: z.object({ dbInstanceGroupId }),
  async: true,
});
