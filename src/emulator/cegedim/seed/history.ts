import type { Scenario } from '../../core/world.js';
import { finish, newAction, type Process } from '../actions.js';
import { day, hour, lastAtHour, minute } from '../dates.js';
import type { Instance } from '../entities.js';
import type { Cegedim } from '../store.js';

interface Past {
  process: Process;
  on: string;
  submittedAt: number;
  lasts: number;
  by?: string;
  error?: string;
}

export const instanceNamed = ({ store }: Cegedim, name: string): Instance | undefined =>
  store.instances.all().find((instance) => instance.name === name);

/** Actions that had finished before the emulator began, oldest first. */
export function addHistory(cegedim: Cegedim): void {
  const now = cegedim.world.now();
  remember(cegedim, [
    { process: 'INSTALL_EXTENSION', on: 'ordersprod01', submittedAt: now - 63 * day, lasts: 2 * minute },
    { process: 'RESIZE', on: 'ordersprod01', submittedAt: now - 27 * day, lasts: 11 * minute },
    { process: 'RESTORE', on: 'ordersqa01', submittedAt: now - 9 * day, lasts: 24 * minute },
  ]);
  if (cegedim.world.scenario === 'quiet') return;
  remember(cegedim, [
    { process: 'UPDATE_PATCH_PARTY', on: 'partnerportal', submittedAt: now - 118 * day, lasts: 0 },
    {
      process: 'UPGRADE',
      on: 'billinglegacy',
      submittedAt: now - 12 * day,
      lasts: 4 * minute,
      error: 'Not enough free space on /var/lib/postgresql for the upgrade',
    },
    { process: 'STOP', on: 'reportsqa01', submittedAt: lastAtHour(19, now) - 2 * minute, lasts: 2 * minute },
  ]);
}

function remember(cegedim: Cegedim, past: Past[]): void {
  for (const { process, on, submittedAt, lasts, by = 'ops@example.com', error } of past) {
    const instance = instanceNamed(cegedim, on);
    if (!instance) continue;
    const action = newAction(cegedim, process, instance, by);
    action.submittedAt = submittedAt;
    finish(action, submittedAt + lasts, error ? 'ERROR' : 'SUCCESS', error);
  }
}

/**
 * What a scenario changes in the usual fleet. The API shows neither roles nor lag: a failover shows as a node that is
 * down, a delay as a node that is not replicated.
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
    // The one that took over has nobody to copy to.
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
};

export const tell = (cegedim: Cegedim): void => turns[cegedim.world.scenario](cegedim);
