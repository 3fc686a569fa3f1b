import * as z from 'zod';
import { defineTool } from '../../src/define/index.js';
import { id } from './_fields.js';

export const listNodes = defineTool({
  name: 'cegedim_list_nodes',
  title: 'List nodes',
  description: 'Lists the nodes of a PostgreSQL instance with status, zone, file systems, backups and patching.',
  route: 'GET /itcare/databases/postgresql/{id}/nodes',
  risk: 'read',
  input: z.object({ id }),
});

export const listNetworks = defineTool({
  name: 'cegedim_list_networks',
  title: 'List networks',
  description: 'Lists the networks of a PostgreSQL instance with address range, gateway and free addresses.',
  route: 'GET /itcare/databases/postgresql/{id}/networks',
  risk: 'read',
  input: z.object({ id }),
});
