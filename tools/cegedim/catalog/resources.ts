import * as z from 'zod';
import { defineTool } from '../../../src/define/index.js';

export const listResources = defineTool({
  name: 'cegedim_list_resources',
  title: 'List resources',
  description:
    'Lists resources of every kind, page by page; type, family or path tells which are PostgreSQL instances. ' +
    'Where cegedim_get_instance does not know the id of one, it may know its internalResourceId.',
  route: 'GET /itcare/compute/resources',
  risk: 'read',
  input: z.object({
    page: z.int().min(0).describe('first is 0 or 1: the answer has first and number').optional(),
    size: z.int().min(1).describe('entries a page').optional(),
  }),
});
