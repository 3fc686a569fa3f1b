import type { LogExport, LogType } from '../entities.js';

const labels: Record<LogType, string> = { alert: 'DB Alert Log', audit: 'DB Audit Log', slow: 'DB Slow Log' };

export const logExportView = (type: LogType, config?: LogExport) => ({
  bucket_name: config?.bucketName ?? null,
  delete_on_export: config?.deleteOnExport ?? null,
  is_bucket_deleted: false,
  is_registered: config !== undefined,
  log_label: labels[type],
  log_type: type,
  schedule_day_of_month: config?.scheduleDayOfMonth ?? null,
  schedule_day_of_week: config?.scheduleDayOfWeek ?? null,
  schedule_frequency_type: config?.scheduleFrequencyType ?? null,
  schedule_hour: config?.scheduleHour ?? null,
});
