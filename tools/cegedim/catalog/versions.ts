import * as z from 'zod';
import { defineTool } from '../../../src/define/index.js';
import { id } from '../_fields.js';

export const listVersions = defineTool({
  name: 'cegedim_list_versions',
  title: 'List versions',
  description: 'Lists major versions for a PostgreSQL instance; cegedim_upgrade_instance takes one of them as text.',
  route: 'GET /itcare/databases/postgresql/{id}/versions',
  risk: 'read',
  input: z.object({ id }),
});
