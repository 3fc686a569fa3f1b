import * as z from 'zod';
import { defineTool, timestamp } from '../../../src/define/index.js';

export const listEvents = defineTool({
  name: 'nhn_list_events',
  title: 'List events',
  description:
    'Lists what happened to instances, backups and jobs in a time range, page by page. ' +
    'nhn_get_job does not say why a job failed.',
  route: 'GET /v1.0/events',
  permission: 'RDSforPostgreSQL:Event.List',
  risk: 'read',
  input: z.object({
    page: z.int().min(1),
    size: z.int().min(1).max(100),
    from: timestamp(),
    to: timestamp(),
    eventCategoryType: z.enum(['ALL', 'BACKUP', 'DB_INSTANCE', 'DB_SECURITY_GROUP', 'JOB', 'TENANT', 'MONITORING']),
    sourceId: z.string().min(1).describe('id of the resource, e.g. a dbInstanceId').optional(),
    keyword: z.string().min(1).describe('text in the message').optional(),
  }),
  rules: [{ ascending: ['from', 'to'] }],
  selects: ['sourceId'],
  presents: [
    { kind: 'languages', at: 'events[]', texts: 'messages', code: 'langCode', text: 'message', as: 'message' },
  ],
});

export const listEventCodes = defineTool({
  name: 'nhn_list_event_codes',
  title: 'List event codes',
  description: 'Lists the event codes with their categories.',
  route: 'GET /v1.0/event-codes',
  permission: 'RDSforPostgreSQL:Event.List',
  risk: 'read',
  input: z.object({}),
});
