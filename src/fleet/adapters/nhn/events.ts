import { recordsAt, textAt } from '../../../values/json-path.js';
import { type Values } from '../../../values/values.js';
import type { EventQuery, Read } from '../../adapter.js';
import type { ProviderEvent, ProviderJob } from '../../instance.js';
import { momentAt } from '../times.js';
import { backupsOfAll, pagesOf } from './instance.js';

const hour = 3_600_000;

/** The form of the documented examples: Korean time with its offset. */
export const koreanTime = (time: number): string => new Date(time + 9 * hour).toISOString().replace('Z', '+09:00');

export async function readEvents({ from, to, instanceId }: EventQuery, read: Read): Promise<ProviderEvent[]> {
  const range = { from: koreanTime(Date.parse(from)), to: koreanTime(Date.parse(to)) };
  const list = async (eventCategoryType: string, sourceId?: string) =>
    (await pagesOf(read, 'nhn_list_events', { ...range, eventCategoryType, sourceId }, 'events')).rows;
  if (!instanceId) return eventsOf(await list('ALL'), undefined, read);
  // The source of an event about a backup is the backup, so a query for an instance does not find it.
  const [own, ofBackups] = await Promise.all([list('ALL', instanceId), list(backup)]);
  return eventsOf([...own.filter((row) => !isOfBackup(row)), ...ofBackups], instanceId, read);
}

/** The same for one of many instances, from one list of the events of all. */
export async function readOwnEvents(
  { from, to, instanceId }: EventQuery & { instanceId: string },
  read: Read,
): Promise<ProviderEvent[]> {
  const range = { from: koreanTime(Date.parse(from)), to: koreanTime(Date.parse(to)) };
  const { rows, isWhole } = await pagesOf(read, 'nhn_list_events', { ...range, eventCategoryType: 'ALL' }, 'events');
  if (!isWhole) return readEvents({ from, to, instanceId }, read);
  return eventsOf(
    rows.filter((row) => isOfBackup(row) || textAt(row, 'sourceId') === instanceId),
    instanceId,
    read,
  );
}

/** The events of these rows that are about an instance, or about any. */
async function eventsOf(rows: readonly Values[], instanceId: string | undefined, read: Read): Promise<ProviderEvent[]> {
  const holders = await holdersOf(rows, instanceId, read);
  return rows
    .filter((row) => !instanceId || !isOfBackup(row) || holders.get(textAt(row, 'sourceId') ?? '') === instanceId)
    .flatMap((row) => eventOf(row, holders))
    .toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time));
}

const backup = 'BACKUP';
const isOfBackup = (row: Values): boolean => textAt(row, 'eventCategoryType') === backup;

/** The instances of backups, by the ids of the backups. Those of deleted backups are not known. */
async function holdersOf(
  rows: readonly Values[],
  dbInstanceId: string | undefined,
  read: Read,
): Promise<ReadonlyMap<string, string>> {
  const own = dbInstanceId ? [[dbInstanceId, dbInstanceId] as const] : [];
  if (!rows.some(isOfBackup)) return new Map(own);
  const { rows: backups } = await backupsOfAll(read).catch(() => ({ rows: [] }));
  const holders = backups.flatMap((each) => {
    const [id, holder] = [textAt(each, 'backupId'), textAt(each, 'dbInstanceId')];
    return id && holder ? [[id, holder] as const] : [];
  });
  return new Map([...holders, ...own]);
}

/** The query says DB_INSTANCE, but an example of the answer says INSTANCE. */
const aboutInstances: readonly string[] = ['DB_INSTANCE', 'INSTANCE'];

/** An event without a time cannot be placed on a timeline. */
function eventOf(row: Values, holders: ReadonlyMap<string, string>): ProviderEvent[] {
  const time = momentAt(row, 'eventYmdt');
  if (!time) return [];
  const category = textAt(row, 'eventCategoryType') || 'none given';
  const source = textAt(row, 'sourceId');
  return [
    {
      time,
      kind: category === 'JOB' ? 'job' : 'event',
      category,
      instanceId: aboutInstances.includes(category) ? source || undefined : holders.get(source ?? ''),
      name: textAt(row, 'sourceName') || undefined,
      text: textOf(row),
      code: textAt(row, 'eventCode') || undefined,
    },
  ];
}

/** The text in English, or else in any language that has one. Older events have fewer languages. */
function textOf(row: Values): string {
  const filled = recordsAt(row, 'messages').filter((message) => textAt(message, 'message')?.trim());
  const english = filled.find((message) => textAt(message, 'langCode')?.toUpperCase() === 'EN');
  return textAt(english ?? filled[0], 'message') ?? '';
}

/** These codes end like the start of a task, but are about a condition or a request. */
const noTasks: readonly string[] = [
  'DB_INSTANCE_03', // a forced restart, whose end has another code
  'DB_INSTANCE_35', // replication is late
  'DB_INSTANCE_36', // replication has stopped
];

const longRunning = hour;

/**
 * No operation lists jobs, so they are derived from the events. A code ends with 00 when a task begins, with 01 when it
 * is done, and with 04 when it has failed. The newest event of each kind of task counts.
 */
export function jobsOf(events: readonly ProviderEvent[], progress: string | undefined, now: number): ProviderJob[] {
  const newest = new Map<string, ProviderEvent>();
  for (const event of events) {
    const task = event.code?.replace(/_\d\d$/, '') ?? '';
    if (!newest.has(task)) newest.set(task, event);
  }
  return [...newest].flatMap(([task, { code = '', text, time }]): ProviderJob[] => {
    if (code === `${task}_04`) return [{ name: code, state: 'failed', word: text, since: time }];
    const isBegun = code === `${task}_00` && !noTasks.includes(task);
    if (!isBegun || !progress || now - Date.parse(time) < longRunning) return [];
    return [{ name: code, state: 'running', word: progress, since: time }];
  });
}
