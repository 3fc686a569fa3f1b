import * as z from 'zod';
import { defineTool, listOf, oneOfKnown } from '../../src/define/index.js';
import { id } from './_fields.js';

export const getAction = defineTool({
  name: 'cegedim_get_action',
  title: 'Get action',
  description: 'Reads how far an action is: the work that a change has started. wait_for_job waits until it ends.',
  route: 'GET /itcare/actions/{actionId}',
  risk: 'read',
  input: z.object({ actionId: id.describe('from the answer of the change') }),
});

export const listActions = defineTool({
  name: 'cegedim_list_actions',
  title: 'List actions',
  description: 'Lists actions: what was done to which resource, by whom, and how it ended.',
  route: 'GET /itcare/actions',
  risk: 'read',
  input: z.object({
    resourceName: z.string().min(1).optional(),
    resourceId: id.describe('an instance id').optional(),
    serviceId: id.optional(),
    statuses: listOf(oneOfKnown('SUCCESS', 'IN_PROGRESS', 'ERROR')).optional(),
    requestId: id.optional(),
  }),
  selects: ['resourceName', 'resourceId', 'requestId'],
});
