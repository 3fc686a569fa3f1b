import type { Backup } from '../entities.js';
import { shownPreciseTime } from './time.js';

/** The words for the state are the emulator's own, because the real ones are not documented. */
export function backupView(backup: Backup, now: number) {
  const isRunning = backup.endAt > now;
  return {
    backup_end_at: isRunning ? null : shownPreciseTime(backup.endAt),
    backup_history_number: backup.number,
    backup_size_gb: isRunning ? 0 : backup.sizeGb,
    backup_start_at: shownPreciseTime(backup.startAt),
    backup_state: isRunning ? 'IN_PROGRESS' : backup.failure ? 'FAILED' : 'COMPLETED',
    backup_state_detail: isRunning ? '' : (backup.failure ?? ''),
    software_version: backup.softwareVersion,
  };
}
