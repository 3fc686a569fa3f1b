import * as z from 'zod';
import { defineTool } from '../../src/define/index.js';
import { id, moment } from './_fields.js';
import { databasesLost, restoreSource } from './_targets.js';

export const restoreInstance = defineTool({
  name: 'cegedim_restore_instance',
  title: 'Restore over instance',
  description:
    'Overwrites the PostgreSQL instance id with what another one, sourceId, held at a moment: up to 14 days back ' +
    'for a production service, 7 for others. Both have to be ACTIVE and of one version, 12 or later, the source ' +
    'backed up.',
  route: 'PATCH /itcare/databases/postgresql/{id}',
  sends: { operation: 'restore' },
  risk: 'destructive',
  warning: 'Everything in this instance is replaced by what another one held; its own data of today is lost.',
  undo: 'None that is documented. What is overwritten can at best be had from the backups of this instance.',
  irreversible: true,
  input: z.object({
    id: id.describe('the instance that is overwritten'),
    options: z.object({
      sourceId: id.describe('the instance whose backup is read'),
      stop: z.enum(['BEFORE', 'AFTER']).describe('recovery ends just before or just after timestamp (inferred)'),
      timestamp: moment().describe('e.g. 2026-02-22T20:47:12.000+00:00'),
    }),
  }),
  about: ['options.sourceId'],
  planReads: [...restoreSource, databasesLost],
  async: true,
});
