import { fixedHex } from '../../core/ids.js';

export interface Parameter {
  name: string;
  dataType: 'integer' | 'real' | 'boolean' | 'string' | 'enum';
  defaultValue: string;
  /** A range `low~high`, a list, or empty when any text is valid. */
  allowsValue: string;
  /** Static parameters take effect with a restart. */
  applyType: 'static' | 'dynamic';
  isModifiable: boolean;
  description: string;
}

const row =
  (dataType: Parameter['dataType'], applyType: Parameter['applyType'], isModifiable = true) =>
  (name: string, defaultValue: string, allowsValue: string, description: string): Parameter => ({
    name,
    dataType,
    defaultValue,
    allowsValue,
    applyType,
    isModifiable,
    description,
  });

const whole = row('integer', 'dynamic');
const fraction = row('real', 'dynamic');
const onOff = row('boolean', 'dynamic');
const choice = row('enum', 'dynamic');
const staticWhole = row('integer', 'static');

/** Numbers are in PostgreSQL's own units, which the descriptions name. */
export const parameters: Parameter[] = [
  row('string', 'static', false)('archive_mode', 'on', 'on,off,always', 'Archives WAL; follows the archive settings.'),
  onOff('autovacuum', 'on', 'on,off', 'Runs the autovacuum launcher.'),
  staticWhole('autovacuum_max_workers', '3', '1~262143', 'Autovacuum workers at the same time.'),
  whole('autovacuum_naptime', '60', '1~2147483', 'Pause between autovacuum runs of a database, in seconds.'),
  fraction('autovacuum_vacuum_scale_factor', '0.2', '0~100', 'Share of a table that changes before it is vacuumed.'),
  whole('checkpoint_timeout', '300', '30~86400', 'Longest time between checkpoints, in seconds.'),
  fraction('checkpoint_completion_target', '0.9', '0~1', 'Share of the interval over which a checkpoint is spread.'),
  whole('deadlock_timeout', '1000', '1~2147483647', 'Wait on a lock before a deadlock is looked for, in ms.'),
  whole('default_statistics_target', '100', '1~10000', 'How detailed the statistics of columns are.'),
  whole('effective_cache_size', '524288', '1~2147483647', 'What the planner takes for cached, in pages of 8 kB.'),
  whole('effective_io_concurrency', '1', '0~1000', 'Disk requests that may run at the same time.'),
  row('string', 'static', false)('listen_addresses', '*', '', 'Addresses that the server listens on.'),
  whole('idle_in_transaction_session_timeout', '0', '0~2147483647', 'Ends idle transactions after this many ms.'),
  whole('lock_timeout', '0', '0~2147483647', 'Gives up waiting on a lock after this many ms.'),
  onOff('log_checkpoints', 'on', 'on,off', 'Logs every checkpoint.'),
  onOff('log_connections', 'off', 'on,off', 'Logs every connection.'),
  onOff('log_lock_waits', 'off', 'on,off', 'Logs waits on locks longer than deadlock_timeout.'),
  whole('log_min_duration_statement', '-1', '-1~2147483647', 'Logs statements that take at least this many ms.'),
  choice('log_statement', 'none', 'none,ddl,mod,all', 'Kinds of statements that are logged.'),
  whole('maintenance_work_mem', '65536', '1024~2147483647', 'Memory of maintenance work, in kB.'),
  staticWhole('max_connections', '100', '1~262143', 'Connections at the same time.'),
  staticWhole('max_locks_per_transaction', '64', '10~2147483647', 'Size of the shared lock table, per transaction.'),
  whole('max_parallel_workers', '8', '0~1024', 'Workers of parallel queries at the same time.'),
  whole('max_parallel_workers_per_gather', '2', '0~1024', 'Workers of one parallel step.'),
  staticWhole('max_replication_slots', '10', '0~262143', 'Replication slots.'),
  staticWhole('max_wal_senders', '10', '0~262143', 'WAL senders at the same time.'),
  whole('max_wal_size', '1024', '2~2147483647', 'WAL between two checkpoints, in MB.'),
  staticWhole('max_worker_processes', '8', '0~262143', 'Background processes.'),
  choice('password_encryption', 'scram-sha-256', 'md5,scram-sha-256', 'How passwords are stored.'),
  fraction('random_page_cost', '4', '0~1.79769e+308', 'Planner cost of reading a page out of order.'),
  staticWhole('shared_buffers', '16384', '16~1073741823', 'Shared memory for pages, in pages of 8 kB.'),
  row('string', 'static')('shared_preload_libraries', '', '', 'Libraries loaded when the server starts.'),
  whole('statement_timeout', '0', '0~2147483647', 'Cancels statements after this many ms.'),
  choice('synchronous_commit', 'on', 'on,off,local,remote_write,remote_apply', 'What a commit waits for.'),
  whole('temp_buffers', '1024', '100~1073741823', 'Memory for temporary tables of a session, in pages of 8 kB.'),
  whole('wal_keep_size', '0', '0~2147483647', 'WAL kept for standbys, in MB.'),
  row('enum', 'static', false)('wal_level', 'replica', 'minimal,replica,logical', 'How much is written to WAL.'),
  whole('work_mem', '4096', '64~2147483647', 'Memory of one sort or hash, in kB.'),
];

export const parameterId = (majorVersion: string, name: string): string =>
  fixedHex(`parameter:${majorVersion}:${name}`);

export function isAllowed({ dataType, allowsValue }: Parameter, value: string): boolean {
  if (allowsValue === '') return true;
  if (dataType !== 'integer' && dataType !== 'real') return allowsValue.split(',').includes(value);
  const [low = '', high = ''] = allowsValue.split('~');
  const isNumber = (dataType === 'integer' ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(value);
  return isNumber && Number(value) >= Number(low) && Number(value) <= Number(high);
}
