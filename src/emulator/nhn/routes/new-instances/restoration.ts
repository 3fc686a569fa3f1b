import * as z from 'zod';
import { restorableBackups, restorableRange } from '../../backups.js';
import { addContents, contentsAt } from '../../contents.js';
import type { Backup, DbInstance } from '../../entities.js';
import { backupSchedule, id, newInstance, time } from '../../fields.js';
import { usedGbAt } from '../../metrics.js';
import { invalidArgument, wrongState } from '../../replies.js';
import type { Call, Routes } from '../../requests.js';
import type { Nhn } from '../../store.js';
import { type Building, blueprint, build, building } from './building.js';

/** What a new instance begins with. */
type Source = Pick<Backup, 'dbVersion' | 'usedGb' | 'contents'>;

export function restorationRoutes(nhn: Nhn): Routes {
  const { store } = nhn;

  function restore(call: Call, given: Building, { dbVersion, usedGb, contents }: Source) {
    const instance = blueprint(nhn, given, dbVersion);
    if (given.storage.storageSize < usedGb)
      throw invalidArgument(`storage.storageSize: the data of the source needs ${Math.ceil(usedGb)} GB.`);
    const answer = build(nhn, call, given, { instance, progress: 'RESTORING', topic: 'DB_INSTANCE_08' });
    instance.load.usedGb = usedGb;
    addContents(nhn, contents, instance.groupId);
    return answer;
  }

  function sourceIn(source: DbInstance, { restoreType, restoreYmdt = 0, backupId }: Restoration['restore']): Source {
    const backup = restorableBackups(store, source).find((each) => each.id === backupId);
    if (restoreType === 'BACKUP' && !backup)
      throw invalidArgument(`restore.backupId: DB instance ${source.name} cannot be restored from it.`);
    if (restoreType === 'BACKUP' && backup) return backup;
    const range = restorableRange(nhn, source);
    if (!range || restoreYmdt < range.oldest || restoreYmdt > range.latest)
      throw invalidArgument(`restore.restoreYmdt: DB instance ${source.name} cannot be restored to that time.`);
    const contents = contentsAt(store, source.groupId, restoreYmdt);
    return { dbVersion: source.dbVersion, usedGb: usedGbAt(source, restoreYmdt), contents };
  }

  return {
    // The guide has a GET with a body, which HTTP clients do not send. Other editions of the guide say POST.
    'POST /v1.0/db-instances/:dbInstanceId/restore': (call) => {
      const source = store.instances.get(call.path('dbInstanceId'));
      const given = call.body(instanceRestoration);
      const backupSchedules = given.backup.backupSchedules.map((schedule, index) => asOn(source, schedule, index));
      const backup = { ...given.backup, backupSchedules };
      return restore(call, { ...given, backup }, sourceIn(source, given.restore));
    },

    'POST /v1.0/backups/:backupId/restore': (call) => {
      const backup = store.backups.get(call.path('backupId'));
      const given = call.body(building);
      if (backup.status !== 'COMPLETED')
        throw wrongState(`Backup ${backup.name} cannot be restored: its backupStatus is ${backup.status}.`);
      return restore(call, given, backup);
    },
  };
}

/** What a schedule leaves out is as in the one of the source at the same place. */
function asOn({ name, backup }: DbInstance, schedule: z.infer<typeof partialSchedule>, index: number) {
  const whole = { ...backup.backupSchedules[index], ...schedule };
  const { backupWndBgnTime, backupWndDuration } = whole;
  if (!backupWndBgnTime || !backupWndDuration)
    throw invalidArgument(`backup.backupSchedules: DB instance ${name} has no window number ${index + 1}.`);
  return { backupWndBgnTime, backupWndDuration };
}

const partialSchedule = backupSchedule.partial();

const instanceRestoration = z
  .strictObject({
    ...newInstance,
    dbPort: z.number().int().min(3306).max(43_306),
    restore: z.strictObject({
      restoreType: z.enum(['TIMESTAMP', 'BACKUP']),
      restoreYmdt: time.optional(),
      backupId: id.optional(),
    }),
    // Unlike elsewhere, the list is required here, and the fields of its items are not.
    backup: newInstance.backup.extend({ backupSchedules: z.array(partialSchedule) }),
    // Both are only in the documented example. The users of the source are copied in any case.
    dbUserName: z.string().optional(),
    dbPassword: z.string().optional(),
  })
  .refine(
    ({ restore }) => (restore.restoreType === 'TIMESTAMP' ? restore.restoreYmdt : restore.backupId) !== undefined,
    {
      path: ['restore'],
      message: 'TIMESTAMP needs restoreYmdt, BACKUP needs backupId',
    },
  );
type Restoration = z.infer<typeof instanceRestoration>;
