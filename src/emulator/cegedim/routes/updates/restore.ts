import * as z from 'zod';
import { contentsAt, retentionOf } from '../../backups.js';
import type { Instance } from '../../entities.js';
import { inconsistent, invalidField } from '../../replies.js';
import { productOf } from '../../seed/catalog.js';
import { type Cegedim, refuseUnlessActive } from '../../store.js';
import { startWork } from '../../work.js';
import type { Updates } from './change.js';

export function restoreUpdates(cegedim: Cegedim): Updates {
  const { world, store } = cegedim;
  return {
    // The instance in the path is the one that is overwritten.
    restore: ({ instance: target, call, options }) => {
      const { sourceId, timestamp } = options(restore);
      const source = store.instances.find(sourceId);
      if (!source) throw invalidField('options.sourceId');
      const now = world.now();
      if (timestamp > now || timestamp < now - retentionOf(source)) throw invalidField('options.timestamp');
      refuseUnlessActive(target);
      refuseUnlessActive(source);
      if (!source.backedUp) throw inconsistent(`${source.name} is not backed up`);
      if (productOf(source).version !== productOf(target).version)
        throw inconsistent(`${source.name} and ${target.name} have different versions`);
      // The content of the source is copied now, because the source may be deleted before the work is done.
      const { databases, usedGb } = structuredClone(contentsAt(source, timestamp));
      return startWork(cegedim, call, {
        process: 'RESTORE',
        instance: target,
        seconds: 40,
        meanwhile: 'RESTORING',
        obstacle: () => obstacleTo(source, target, { timestamp, usedGb }),
        effect: () => Object.assign(target, { databases, usedGb }),
      });
    },
  };
}

function obstacleTo(
  source: Instance,
  target: Instance,
  { timestamp, usedGb }: { timestamp: number; usedGb: number },
): string | undefined {
  if (timestamp < source.createdAt) return `There is no backup of ${source.name} before that time`;
  if (usedGb >= target.diskGb) return `${target.name} is too small for the data of ${source.name}`;
  return undefined;
}

const restore = z.strictObject({
  sourceId: z.number().int().min(1),
  stop: z.enum(['BEFORE', 'AFTER']),
  timestamp: z.iso.datetime({ offset: true }).transform((value) => Date.parse(value)),
});
