import type { StateLook } from '../../../src/define/index.js';
import { instance, server } from '../_targets.js';

const servers = 'cloudPostgresqlInstanceList[].cloudPostgresqlServerInstanceList[]';

export const instanceNow: StateLook = {
  read: 'naver_get_instance',
  with: instance,
  at: 'cloudPostgresqlInstanceList[]',
};

export const replicasNow: StateLook = {
  read: 'naver_get_instance',
  with: instance,
  at: servers,
  where: { 'cloudPostgresqlServerRole.code': 'S' },
};

export const usersNow: StateLook = { read: 'naver_list_db_users', with: instance, at: 'cloudPostgresqlUserList[]' };

export const databasesNow: StateLook = {
  read: 'naver_list_databases',
  with: instance,
  at: 'cloudPostgresqlDatabaseList[]',
};

export const backupsNow: StateLook = {
  read: 'naver_list_backup_details',
  with: instance,
  at: 'cloudPostgresqlBackupDetailList[]',
};

/** The server of the call. No tool reads a single one. */
export const serverNow: StateLook = {
  read: 'naver_list_instances',
  with: server,
  at: servers,
  where: { cloudPostgresqlServerInstanceNo: '{cloudPostgresqlServerInstanceNo}' },
};

export const instanceOfServer: StateLook = {
  read: 'naver_list_instances',
  with: server,
  at: 'cloudPostgresqlInstanceList[]',
};
