import * as z from 'zod';
import { accepted, invalidField } from '../replies.js';
import { check, type Routes } from '../requests.js';
import type { Cegedim } from '../store.js';
import { startedView } from '../views/actions.js';
import { contentUpdates } from './updates/contents.js';
import { lifecycleUpdates } from './updates/lifecycle.js';
import { patchPartyUpdates } from './updates/patch-party.js';
import { restoreUpdates } from './updates/restore.js';

/** One PATCH makes eight different changes. `operation` in its body says which. */
export function updateRoutes(cegedim: Cegedim): Routes {
  const updates = new Map(
    Object.entries({
      ...lifecycleUpdates(cegedim),
      ...restoreUpdates(cegedim),
      ...patchPartyUpdates(cegedim),
      ...contentUpdates(cegedim),
    }),
  );
  return {
    'PATCH /itcare/databases/postgresql/:id': (call) => {
      const instance = cegedim.store.instances.get(call.id('id'));
      const { operation, options } = call.body(update, 'application/json');
      const change = updates.get(operation);
      if (!change) throw invalidField('operation');
      const readOptions = <T>(schema: z.ZodType<T>): T =>
        check(z.object({ options: schema }), { options }, 'options').options;
      return accepted(startedView(change({ instance, call, options: readOptions })));
    },
  };
}

const update = z.strictObject({ operation: z.string(), options: z.unknown().optional() });
