import * as z from 'zod';
import { defineTool } from '../../src/define/index.js';
import { id } from './_fields.js';

export const updatePatchParty = defineTool({
  name: 'cegedim_update_patch_party',
  title: 'Update patch party',
  description:
    'Puts a PostgreSQL instance into a patching round, or takes it out of them. ' +
    'While it is excluded, nobody patches it.',
  route: 'PATCH /itcare/databases/postgresql/{id}',
  sends: { operation: 'update_patch_party' },
  risk: 'write',
  input: z.object({
    id,
    options: z.object({
      patchParty: z.object({
        excluded: z.boolean(),
        patchGroup: z.string().min(1).describe('e.g. 3; only where the instance has one node').optional(),
        exclusionReason: z.string().min(1).optional(),
      }),
    }),
  }),
  idempotent: true,
  next: 'It is done unless status is IN_PROGRESS; cegedim_get_action then follows the action id.',
});
