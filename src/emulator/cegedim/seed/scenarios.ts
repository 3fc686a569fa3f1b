import { hour, minute } from '../../core/dates.js';
import type { Scenario } from '../../core/world.js';
import type { Cegedim } from '../store.js';
import { instanceNamed, remember } from './history.js';

/**
 * What a scenario changes in the usual fleet. The API shows neither roles nor lag: a failover shows as a node that is
 * down, and a delay as a node that is not replicated.
 */
const turns: Record<Scenario, (cegedim: Cegedim) => void> = {
  normal: () => undefined,
  quiet: () => undefined,

  'storage-full': (cegedim) => {
    const billing = instanceNamed(cegedim, 'billinglegacy');
    if (billing) billing.usedGb = 98;
  },

  failover: (cegedim) => {
    const [first, second] = instanceNamed(cegedim, 'ordersprod01')?.nodes ?? [];
    if (first) first.failed = true;
    // The node that took over has no other node to replicate to.
    for (const node of [first, second]) if (node) node.replicated = false;
    const submittedAt = cegedim.world.now() - 20 * minute;
    const by = 'cegedim.cloud';
    remember(cegedim, [{ process: 'FAILOVER', on: 'ordersprod01', submittedAt, lasts: minute / 2, by }]);
  },

  'replication-delay': (cegedim) => {
    const orders = instanceNamed(cegedim, 'ordersprod01');
    const standby = orders?.nodes[1];
    if (standby) standby.replicated = false;
    const submittedAt = cegedim.world.now() - 3 * hour;
    remember(cegedim, [{ process: 'RESIZE', on: 'ordersprod01', submittedAt, lasts: 9 * minute }]);
  },

  'region-down': (cegedim) => {
    for (const node of instanceNamed(cegedim, 'ordersprod01')?.nodes ?? [])
      Object.assign(node, { failed: true, replicated: false });
  },
};

export const tell = (cegedim: Cegedim): void => turns[cegedim.world.scenario](cegedim);
