import * as z from 'zod';
import { defineTool, uuid } from '../../../src/define/index.js';

export const getJob = defineTool({
  name: 'nhn_get_job',
  title: 'Get job',
  description:
    'Reads the state of a job and what it works on. Only COMPLETED is success. ' +
    'It names no reason for a failure; nhn_list_events may.',
  route: 'GET /v3.0/jobs/{jobId}',
  otherPath: { path: '/v1.0/jobs/{jobId}', unless: ['80401', '80403'] },
  permission: 'RDSforPostgreSQL:Job.Get',
  risk: 'read',
  input: z.object({ jobId: uuid() }),
});
