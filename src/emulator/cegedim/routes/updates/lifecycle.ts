import * as z from 'zod';
import { addNodes, addressesLacking, namePrefixOf } from '../../provisioning.js';
import { conflict, inconsistent, invalidField, wrongState } from '../../replies.js';
import { productOf, sizings, upgradesOf } from '../../seed/catalog.js';
import { type Cegedim, refuseUnlessActive } from '../../store.js';
import { startWork } from '../../work.js';
import { changeReference, noOptions, type Updates } from './change.js';

const oldestForHa = 12;
/** An upgrade writes the catalog of the new version beside the old one. */
const freeShareForUpgrade = 0.1;

export function lifecycleUpdates(cegedim: Cegedim): Updates {
  const { world, store } = cegedim;
  return {
    start: ({ instance, call, options }) => {
      options(noOptions);
      if (instance.status !== 'INACTIVE') throw wrongState(instance);
      return startWork(cegedim, call, {
        process: 'START',
        instance,
        seconds: 15,
        meanwhile: 'STARTING',
        after: 'ACTIVE',
        effect: () => {
          instance.stoppedAt = undefined;
          for (const node of instance.nodes) Object.assign(node, { failed: false, replicated: true });
        },
      });
    },

    stop: ({ instance, call, options }) => {
      options(noOptions);
      refuseUnlessActive(instance);
      return startWork(cegedim, call, {
        process: 'STOP',
        instance,
        seconds: 10,
        meanwhile: 'STOPPING',
        after: 'INACTIVE',
        effect: () => {
          instance.stoppedAt = world.now();
        },
      });
    },

    resize: ({ instance, call, options }) => {
      const { sizing } = options(resize);
      refuseUnlessActive(instance);
      if (sizing === instance.sizing) throw conflict(`${instance.name} has size ${sizing} already`);
      return startWork(cegedim, call, {
        process: 'RESIZE',
        instance,
        seconds: 30,
        meanwhile: 'UPDATING',
        effect: () => {
          instance.sizing = sizing;
        },
      });
    },

    enable_ha: ({ instance, call, options }) => {
      const { replicationLag } = options(enableHa);
      refuseUnlessActive(instance);
      if (instance.topology === 'HA') throw conflict(`${instance.name} is HA already`);
      if (productOf(instance).version < oldestForHa) throw inconsistent(`HA needs version ${oldestForHa} or later`);
      return startWork(cegedim, call, {
        process: 'ENABLE_HA',
        instance,
        seconds: 45,
        meanwhile: 'UPDATING',
        obstacle: () => addressesLacking(store, instance, 1),
        effect: () => {
          instance.topology = 'HA';
          instance.allowedReplicationLagMb = replicationLag;
          addNodes(cegedim, instance, namePrefixOf(instance), instance.nodes[0]?.zoneId);
        },
      });
    },

    upgrade: ({ instance, call, options }) => {
      const { targetVersion } = options(upgrade);
      refuseUnlessActive(instance);
      const target = upgradesOf(instance, world.now()).find(({ version }) => String(version) === targetVersion);
      if (!target) throw invalidField('options.targetVersion');
      return startWork(cegedim, call, {
        process: 'UPGRADE',
        instance,
        seconds: 60,
        meanwhile: 'UPDATING',
        obstacle: () =>
          instance.diskGb - instance.usedGb < instance.diskGb * freeShareForUpgrade
            ? 'Not enough free space on /var/lib/postgresql for the upgrade'
            : undefined,
        effect: () => {
          instance.productCode = target.code;
        },
      });
    },
  };
}

const resize = z.strictObject({ sizing: z.enum(sizings) });
// The range is smaller than that of allowedReplicationLag, for which creating accepts up to 10240.
const enableHa = z.strictObject({ replicationLag: z.number().int().min(1).max(500), changeReference });
const upgrade = z.strictObject({ targetVersion: z.string(), changeReference });
