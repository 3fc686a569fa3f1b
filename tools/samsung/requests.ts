import * as z from 'zod';
import { defineTool } from '../../src/define/index.js';
import { id } from './_fields.js';

export const getRequest = defineTool({
  name: 'samsung_get_request',
  title: 'Get request',
  description:
    'Reads the state of an accepted change. No document says what its states mean; ' +
    'service_state in samsung_get_cluster shows whether the work is done.',
  route: 'GET /v1/requests/{request_id}',
  permission: 'postgresql:ShowRequest',
  risk: 'read',
  input: z.object({ request_id: id() }),
});
