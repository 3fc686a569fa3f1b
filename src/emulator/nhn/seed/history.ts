import { day, midnight, minute } from '../../core/dates.js';
import { backupOf, windowBegins } from '../backups.js';
import type { DbInstance, Job, ResourceType } from '../entities.js';
import { type Nhn, seededId } from '../store.js';
import { report } from '../work.js';
import { instanceId } from './fleet.js';

const backupLasts = 14 * minute;

export function addBackups(nhn: Nhn): void {
  const { world, store } = nhn;
  const now = world.now();
  const isQuiet = world.scenario === 'quiet';
  const window = midnight(now, 'korea') + windowBegins;
  for (const instance of store.instances.all()) {
    const stoppedAt = instance.downtimes[0]?.from ?? now;
    // This is one more day than the retention, because today's window may still be in the future.
    for (let days = instance.backup.backupPeriod; days >= 0; days -= 1) {
      const time = window - days * day;
      const isKept = time > now - instance.backup.backupPeriod * day;
      if (isKept && time + backupLasts < Math.min(now, stoppedAt)) addBackup(nhn, instance, time);
    }
  }
  const manual: [instance: string, name: string, daysAgo: number][] = isQuiet
    ? [['orders-primary', 'orders-before-release', 5]]
    : [
        ['orders-primary', 'orders-before-v17', 90],
        ['orders-primary', 'orders-before-release', 5],
        ['analytics', 'analytics-before-trial', 141],
        ['billing-legacy', 'billing-year-end', 324],
      ];
  for (const [name, backupName, daysAgo] of manual)
    addBackup(nhn, store.instances.get(instanceId(nhn, name)), now - daysAgo * day, backupName);
}

function addBackup(nhn: Nhn, instance: DbInstance, createdAt: number, backupName?: string): void {
  const { store } = nhn;
  const id = seededId(nhn, `backup ${backupName ?? `${instance.name} ${createdAt}`}`);
  const backup = store.backups.add(
    backupOf(store, instance, { id, createdAt, updatedAt: createdAt + backupLasts }, backupName),
  );
  report(store, 'BACKUP_01_00', backup, createdAt);
  report(store, 'BACKUP_01_01', backup, backup.updatedAt);
}

const eventful: [code: string, instance: string, daysAgo: number][] = [
  ['DB_INSTANCE_18_01', 'analytics', 6.1],
  ['DB_INSTANCE_37_00', 'orders-primary', 5.03],
  ['DB_INSTANCE_37_01', 'orders-primary', 5.02],
  ['DB_INSTANCE_07_00', 'orders-primary', 5.01],
  ['DB_INSTANCE_07_01', 'orders-primary', 5],
  ['DB_INSTANCE_04_00', 'staging', 3.001],
  ['DB_INSTANCE_04_01', 'staging', 3],
  ['DB_INSTANCE_05_01', 'staging', 3],
  ['DB_INSTANCE_20_01', 'orders-primary', 2.4],
  ['DB_INSTANCE_09_00', 'analytics', 1.3],
  ['DB_INSTANCE_09_01', 'analytics', 1.299],
];

const uneventful: typeof eventful = [
  ['DB_INSTANCE_07_00', 'orders-primary', 5.01],
  ['DB_INSTANCE_07_01', 'orders-primary', 5],
  ['DB_INSTANCE_20_01', 'orders-primary', 2.4],
];

// These are from a time when the service wrote its messages in two languages.
const early: typeof eventful = [
  ['DB_INSTANCE_01_00', 'staging', 61.001],
  ['DB_INSTANCE_01_01', 'staging', 61],
  ['DB_INSTANCE_24_00', 'orders-primary', 20.001],
  ['DB_INSTANCE_24_01', 'orders-primary', 20],
  ['DB_INSTANCE_20_01', 'analytics', 16.2],
];

export function addEvents(nhn: Nhn): void {
  const { world, store } = nhn;
  const named = (name: string) => store.instances.get(instanceId(nhn, name));
  for (const [code, name, daysAgo] of world.scenario === 'quiet' ? uneventful : eventful)
    report(store, code, named(name), world.now() - daysAgo * day);
  for (const [code, name, daysAgo] of early) {
    const at = world.now() - daysAgo * day;
    const { id, name: sourceName } = named(name);
    store.events.push({ code, sourceId: id, sourceName, at, languages: ['EN', 'KO'] });
  }
}

export function addJobs(nhn: Nhn): void {
  const { world, store } = nhn;
  const past: [resourceType: ResourceType, resourceId: string, daysAgo: number][] = [
    ['DB_INSTANCE', instanceId(nhn, 'orders-primary'), 5],
    ['DB_INSTANCE', instanceId(nhn, 'staging'), 3],
    ['DB_INSTANCE', instanceId(nhn, 'analytics'), 1.3],
  ];
  for (const [resourceType, resourceId, daysAgo] of past) {
    const createdAt = Math.floor(world.now() - daysAgo * day);
    const job: Job = {
      id: seededId(nhn, `job ${resourceId}`),
      createdAt,
      updatedAt: createdAt + 40_000,
      status: 'COMPLETED',
      resources: [{ resourceType, resourceId }],
    };
    store.jobs.add(job);
  }
}
