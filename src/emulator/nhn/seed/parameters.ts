import { invalidArgument } from '../replies.js';

type ValueType =
  | 'BOOLEAN'
  | 'STRING'
  | 'NUMERIC'
  | 'NUMERIC_WITH_BYTE_UNIT'
  | 'NUMERIC_WITH_TIME_UNIT'
  | 'ENUMERATED'
  | 'TIMEZONE';

interface Parameter {
  category: string;
  name: string;
  defaultValue: string;
  allowedValue: string;
  valueType: ValueType;
  /** SESSION and BOTH take effect when applied, and FILE with a restart. CONSTANT cannot be changed. */
  applyType: 'SESSION' | 'FILE' | 'BOTH' | 'CONSTANT';
  /** The only major version that has it. */
  only?: string;
}

type Line = [
  name: string,
  defaultValue: string,
  allowedValue: string,
  valueType: ValueType,
  applyType: Parameter['applyType'],
  only?: string,
];

const onOff = 'on,off';

const lines: Record<string, Line[]> = {
  'Connections and Authentication / Connection Settings': [
    ['max_connections', '200', '10~8388', 'NUMERIC', 'FILE'],
    ['superuser_reserved_connections', '10', '0~100', 'NUMERIC', 'FILE'],
    ['tcp_keepalives_idle', '300s', '0~2147483s', 'NUMERIC_WITH_TIME_UNIT', 'BOTH'],
  ],
  'Connections and Authentication / Authentication': [
    ['password_encryption', 'scram-sha-256', 'md5,scram-sha-256', 'ENUMERATED', 'CONSTANT'],
    ['authentication_timeout', '60s', '1~600s', 'NUMERIC_WITH_TIME_UNIT', 'BOTH'],
  ],
  'Resource Usage / Memory': [
    ['shared_buffers', '512MB', '128~1048576kB', 'NUMERIC_WITH_BYTE_UNIT', 'FILE'],
    ['work_mem', '4MB', '64~2147483647kB', 'NUMERIC_WITH_BYTE_UNIT', 'BOTH'],
    ['maintenance_work_mem', '64MB', '1024~2147483647kB', 'NUMERIC_WITH_BYTE_UNIT', 'BOTH'],
    ['temp_buffers', '8MB', '800~1073741823kB', 'NUMERIC_WITH_BYTE_UNIT', 'SESSION'],
    ['huge_pages', 'try', 'off,on,try', 'ENUMERATED', 'FILE'],
  ],
  'Resource Usage / Asynchronous Behavior': [
    ['effective_io_concurrency', '1', '0~1000', 'NUMERIC', 'BOTH'],
    ['max_worker_processes', '8', '0~262143', 'NUMERIC', 'FILE'],
    ['max_parallel_workers', '8', '0~1024', 'NUMERIC', 'BOTH'],
    ['max_parallel_workers_per_gather', '2', '0~1024', 'NUMERIC', 'BOTH'],
    ['io_combine_limit', '128kB', '8~256kB', 'NUMERIC_WITH_BYTE_UNIT', 'BOTH', 'POSTGRESQL_V17'],
  ],
  'Write-Ahead Log / Settings': [
    ['wal_level', 'replica', 'minimal,replica,logical', 'ENUMERATED', 'FILE'],
    ['synchronous_commit', 'on', 'local,remote_write,remote_apply,on,off', 'ENUMERATED', 'BOTH'],
    ['wal_buffers', '16MB', '32~262143kB', 'NUMERIC_WITH_BYTE_UNIT', 'FILE'],
    ['summarize_wal', 'off', onOff, 'BOOLEAN', 'BOTH', 'POSTGRESQL_V17'],
  ],
  'Write-Ahead Log / Checkpoints': [
    ['checkpoint_timeout', '300s', '30~86400s', 'NUMERIC_WITH_TIME_UNIT', 'BOTH'],
    ['checkpoint_completion_target', '0.9', '0~1', 'NUMERIC', 'BOTH'],
    ['max_wal_size', '1024MB', '2~2147483647MB', 'NUMERIC_WITH_BYTE_UNIT', 'BOTH'],
    ['min_wal_size', '80MB', '2~2147483647MB', 'NUMERIC_WITH_BYTE_UNIT', 'BOTH'],
  ],
  'Write-Ahead Log / Archiving': [['archive_mode', 'on', 'always,on,off', 'ENUMERATED', 'CONSTANT']],
  'Replication / Sending Servers': [
    ['max_wal_senders', '10', '0~262143', 'NUMERIC', 'FILE'],
    ['wal_keep_size', '1024MB', '0~2147483647MB', 'NUMERIC_WITH_BYTE_UNIT', 'BOTH'],
    ['wal_sender_timeout', '60000ms', '0~2147483647ms', 'NUMERIC_WITH_TIME_UNIT', 'BOTH'],
  ],
  'Replication / Primary Server': [['vacuum_defer_cleanup_age', '0', '0~1000000', 'NUMERIC', 'BOTH', 'POSTGRESQL_V14']],
  'Replication / Standby Servers': [
    ['hot_standby_feedback', 'off', onOff, 'BOOLEAN', 'BOTH'],
    ['max_standby_streaming_delay', '30000ms', '-1~2147483647ms', 'NUMERIC_WITH_TIME_UNIT', 'BOTH'],
  ],
  'Query Tuning / Planner Cost Constants': [
    ['random_page_cost', '4', '0~1000000', 'NUMERIC', 'BOTH'],
    ['effective_cache_size', '4GB', '8~2147483647kB', 'NUMERIC_WITH_BYTE_UNIT', 'BOTH'],
  ],
  'Query Tuning / Other Planner Options': [
    ['default_statistics_target', '100', '1~10000', 'NUMERIC', 'BOTH'],
    ['jit', 'on', onOff, 'BOOLEAN', 'BOTH'],
  ],
  'Reporting and Logging / When to Log': [
    ['log_min_duration_statement', '-1ms', '-1~2147483647ms', 'NUMERIC_WITH_TIME_UNIT', 'BOTH'],
    ['log_min_messages', 'warning', 'debug1,info,notice,warning,error,log,fatal,panic', 'ENUMERATED', 'BOTH'],
  ],
  'Reporting and Logging / What to Log': [
    ['log_checkpoints', 'on', onOff, 'BOOLEAN', 'BOTH'],
    ['log_connections', 'off', onOff, 'BOOLEAN', 'SESSION'],
    ['log_lock_waits', 'off', onOff, 'BOOLEAN', 'BOTH'],
    ['log_statement', 'none', 'none,ddl,mod,all', 'ENUMERATED', 'BOTH'],
  ],
  Autovacuum: [
    ['autovacuum', 'on', onOff, 'BOOLEAN', 'BOTH'],
    ['autovacuum_max_workers', '3', '1~262143', 'NUMERIC', 'FILE'],
    ['autovacuum_naptime', '60s', '1~2147483s', 'NUMERIC_WITH_TIME_UNIT', 'BOTH'],
    ['autovacuum_vacuum_scale_factor', '0.2', '0~100', 'NUMERIC', 'BOTH'],
  ],
  'Client Connection Defaults / Statement Behavior': [
    ['statement_timeout', '0ms', '0~2147483647ms', 'NUMERIC_WITH_TIME_UNIT', 'BOTH'],
    ['lock_timeout', '0ms', '0~2147483647ms', 'NUMERIC_WITH_TIME_UNIT', 'BOTH'],
    ['idle_in_transaction_session_timeout', '0ms', '0~2147483647ms', 'NUMERIC_WITH_TIME_UNIT', 'BOTH'],
    ['search_path', '"$user", public', '', 'STRING', 'BOTH'],
  ],
  'Client Connection Defaults / Locale and Formatting': [['timezone', 'Asia/Seoul', '', 'TIMEZONE', 'BOTH']],
  'Client Connection Defaults / Shared Library Preloading': [
    ['shared_preload_libraries', 'pg_stat_statements,pgaudit', '', 'STRING', 'FILE'],
  ],
  'Lock Management': [
    ['deadlock_timeout', '1000ms', '1~2147483647ms', 'NUMERIC_WITH_TIME_UNIT', 'BOTH'],
    ['max_locks_per_transaction', '64', '10~2147483647', 'NUMERIC', 'FILE'],
  ],
};

const parameters: Parameter[] = Object.entries(lines).flatMap(([category, rows]) =>
  rows.map(([name, defaultValue, allowedValue, valueType, applyType, only]) => ({
    category,
    name,
    defaultValue,
    allowedValue,
    valueType,
    applyType,
    only,
  })),
);

/** The names of parameters that do not have the same value in both. */
export const differing = (before: Record<string, string>, after: Record<string, string>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]);

/** Whether one of these takes effect only with a restart. */
export const needRestart = (names: readonly string[]): boolean =>
  parameters.some(({ name, applyType }) => applyType === 'FILE' && names.includes(name));

/** The parameters of a version with the values of a group, as the service shows them. */
export const describeParameters = (dbVersion: string, values: Record<string, string>) =>
  parameters
    .filter(({ only }) => !only || dbVersion.startsWith(`${only}_`))
    .map((parameter) => {
      const value = values[parameter.name] ?? parameter.defaultValue;
      return {
        parameterCategory: parameter.category,
        parameterName: parameter.name,
        value,
        ...(parameter.valueType.endsWith('_UNIT') && { valueUnit: measure(value)?.unit }),
        defaultValue: parameter.defaultValue,
        allowedValue: parameter.allowedValue,
        valueType: parameter.valueType,
        updateType: parameter.applyType === 'CONSTANT' ? 'CONSTANT' : 'VARIABLE',
        applyType: parameter.applyType === 'CONSTANT' ? 'FILE' : parameter.applyType,
        expressionAvailable: parameter.valueType.startsWith('NUMERIC'),
      };
    });

/** Refuses a value that is not valid for the parameter. Returns a valid one with its unit. */
export function checkedValue(dbVersion: string, name: string, value: string): string {
  const parameter = parameters.find(
    (parameter) => parameter.name === name && (!parameter.only || dbVersion.startsWith(`${parameter.only}_`)),
  );
  if (!parameter) throw invalidArgument(`${dbVersion} has no parameter ${name}.`);
  if (parameter.applyType === 'CONSTANT') throw invalidArgument(`Parameter ${name} cannot be changed.`);
  const refused = () =>
    invalidArgument(`Parameter ${name} does not take ${value}; allowed: ${parameter.allowedValue}.`);
  if (parameter.valueType.startsWith('NUMERIC')) {
    const range = /^(-?[\d.]+)~(-?[\d.]+)([a-zA-Z]*)$/.exec(parameter.allowedValue);
    const [, low = '', high = '', unit = ''] = range ?? [];
    const given = measure(value, unit);
    const scale = unitSizes[unit];
    const givenScale = given && unitSizes[given.unit];
    if (!given || !scale || !givenScale || kindOf(unit) !== kindOf(given.unit)) throw refused();
    const amount = (given.amount * givenScale) / scale;
    if (amount < Number(low) || amount > Number(high)) throw refused();
    return `${given.amount}${given.unit}`;
  }
  const isListed = parameter.allowedValue.split(',').includes(value);
  if (['BOOLEAN', 'ENUMERATED'].includes(parameter.valueType) && !isListed) throw refused();
  return value;
}

// Bytes are in kilobytes and times in milliseconds. Without a unit, a value stays as it is.
const byteSizes: Record<string, number> = { B: 1 / 1024, kB: 1, MB: 1024, GB: 1024 ** 2, TB: 1024 ** 3 };
const timeSizes: Record<string, number> = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const unitSizes: Record<string, number> = { '': 1, ...byteSizes, ...timeSizes };

const kindOf = (unit: string): string => (unit in byteSizes ? 'bytes' : unit in timeSizes ? 'time' : 'number');

function measure(value: string, unitByDefault = ''): { amount: number; unit: string } | undefined {
  const [, amount, unit] = /^(-?\d+(?:\.\d+)?)\s*([a-zA-Z]*)$/.exec(value.trim()) ?? [];
  return amount === undefined ? undefined : { amount: Number(amount), unit: unit || unitByDefault };
}
