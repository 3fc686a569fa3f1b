import { day, hour, lastMoment, minute } from '../../core/dates.js';
import type { Instance } from '../entities.js';
import type { Cegedim } from '../store.js';
import { finish, newAction, type Process } from '../work.js';
import { nameIn } from './fleet.js';

interface Past {
  process: Process;
  on: string;
  submittedAt: number;
  lasts: number;
  by?: string;
  error?: string;
}

/** Finds a seeded instance by its name in the first account. */
export const instanceNamed = (cegedim: Cegedim, name: string): Instance | undefined =>
  cegedim.store.instances.all().find((instance) => instance.name === nameIn(cegedim, name));

/** Adds actions that had finished before the emulator began, oldest first. */
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
    {
      process: 'STOP',
      on: 'reportsqa01',
      submittedAt: lastMoment(19 * hour, now, 'utc') - 2 * minute,
      lasts: 2 * minute,
    },
  ]);
}

export function remember(cegedim: Cegedim, past: Past[]): void {
  for (const { process, on, submittedAt, lasts, by = 'ops@example.com', error } of past) {
    const instance = instanceNamed(cegedim, on);
    if (!instance) continue;
    const action = newAction(cegedim, process, instance, by);
    action.submittedAt = submittedAt;
    finish(action, submittedAt + lasts, error ? 'ERROR' : 'SUCCESS', error);
  }
}
