import * as z from 'zod';
import { defineTool, listOf, type PlanRead } from '../../src/define/index.js';
import { id } from './_fields.js';

export const listDatabases = defineTool({
  name: 'cegedim_list_databases',
  title: 'List databases',
  description: 'Lists the databases of a PostgreSQL instance with their extensions.',
  route: 'GET /itcare/databases/postgresql/{id}/databases',
  risk: 'read',
  input: z.object({ id }),
});

export const listExtensions = defineTool({
  name: 'cegedim_list_extensions',
  title: 'List available extensions',
  description: 'Lists the extensions that can be installed; requiresRestarting marks those that restart the database.',
  route: 'GET /itcare/databases/postgresql/{id}/extensions',
  risk: 'read',
  input: z.object({ id }),
});

const extensionsWanted: PlanRead = {
  label: 'extensions to install',
  read: 'cegedim_list_extensions',
  at: 'items[]',
  where: { name: '{options.extensions_list[].name}' },
  shows: ['name', 'version', 'requiresRestarting'],
};

export const installExtension = defineTool({
  name: 'cegedim_install_extension',
  title: 'Install extensions',
  description: 'Installs extensions in one database of a PostgreSQL instance of version 15 or later.',
  route: 'PATCH /itcare/databases/postgresql/{id}',
  sends: { operation: 'install_extension' },
  risk: 'disruptive',
  warning: 'An extension with requiresRestarting restarts the database, which cuts every connection of the instance.',
  undo: 'None: no operation of the provider removes an extension.',
  irreversible: true,
  input: z.object({
    id,
    options: z.object({
      dbname: z.string().min(1),
      extensions_list: listOf(
        z.object({ name: z.string().min(1).describe('from cegedim_list_extensions') }),
        'name',
      ).min(1),
    }),
  }),
  planReads: [extensionsWanted],
  async: true,
});
