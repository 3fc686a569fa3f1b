/** What a value without a unit counts, for the parameters of PostgreSQL that have one. */
const baseUnits: Readonly<Record<string, string>> = {
  shared_buffers: '8kB',
  temp_buffers: '8kB',
  effective_cache_size: '8kB',
  wal_buffers: '8kB',
  work_mem: 'kB',
  maintenance_work_mem: 'kB',
  autovacuum_work_mem: 'kB',
  logical_decoding_work_mem: 'kB',
  max_stack_depth: 'kB',
  temp_file_limit: 'kB',
  log_temp_files: 'kB',
  max_wal_size: 'MB',
  min_wal_size: 'MB',
  wal_keep_size: 'MB',
  max_slot_wal_keep_size: 'MB',
  statement_timeout: 'ms',
  lock_timeout: 'ms',
  idle_in_transaction_session_timeout: 'ms',
  idle_session_timeout: 'ms',
  deadlock_timeout: 'ms',
  log_min_duration_statement: 'ms',
  log_autovacuum_min_duration: 'ms',
  autovacuum_vacuum_cost_delay: 'ms',
  bgwriter_delay: 'ms',
  max_standby_streaming_delay: 'ms',
  max_standby_archive_delay: 'ms',
  wal_sender_timeout: 'ms',
  wal_receiver_timeout: 'ms',
  checkpoint_timeout: 's',
  checkpoint_warning: 's',
  autovacuum_naptime: 's',
  archive_timeout: 's',
  authentication_timeout: 's',
  tcp_keepalives_idle: 's',
  tcp_keepalives_interval: 's',
};

const bytes: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1024,
  '8kB': 8 * 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  TB: 1024 ** 4,
};
const milliseconds: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A value in one form, so that `8GB` and `1048576` of a parameter that counts blocks of 8 kB are the same. */
export function canonicalValue(name: string, value: string): string {
  const text = value.trim();
  const [, number = '', unit = baseUnits[name] ?? ''] =
    /^(-?\d+(?:\.\d+)?)\s*(B|kB|8kB|MB|GB|TB|us|ms|s|min|h|d)?$/.exec(text) ?? [];
  if (number === '') return text.toLowerCase();
  // A value below nothing turns the parameter off, in whatever unit.
  if (Number(number) < 0) return number;
  const [scale, kind] = unit in bytes ? [bytes[unit], ' bytes'] : [milliseconds[unit], ' ms'];
  return scale === undefined ? String(Number(number)) : `${Number(number) * scale}${kind}`;
}
