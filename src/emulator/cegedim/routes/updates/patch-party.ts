import * as z from 'zod';
import { inconsistent } from '../../replies.js';
import { type Cegedim, refuseBusy } from '../../store.js';
import { finish, newAction } from '../../work.js';
import type { Updates } from './change.js';

export function patchPartyUpdates(cegedim: Cegedim): Updates {
  const { world } = cegedim;
  return {
    // It is accepted like the others, but done at once.
    update_patch_party: ({ instance, call, options }) => {
      const { excluded, patchGroup, exclusionReason } = options(change).patchParty;
      refuseBusy(instance);
      if (patchGroup !== undefined && instance.nodes.length !== 1)
        throw inconsistent(`${instance.name} has several nodes, which have a patch group each`);
      instance.exclusion = excluded ? { by: call.client, at: world.now(), reason: exclusionReason } : undefined;
      for (const node of instance.nodes) node.patchGroup = patchGroup ?? node.patchGroup;
      const action = newAction(cegedim, 'UPDATE_PATCH_PARTY', instance, call.client);
      if (!call.isStuck) finish(action, world.now());
      return action;
    },
  };
}

const change = z.strictObject({
  patchParty: z.strictObject({
    excluded: z.boolean(),
    // The groups are not documented, except that a group is a string.
    patchGroup: z.enum(['1', '2', '3', '4']).optional(),
    exclusionReason: z.string().optional(),
  }),
});
