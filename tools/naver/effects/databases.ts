import type { Effect } from '../../../src/define/index.js';
import { backupsNow, usersNow } from './looks.js';

export const addDatabases: Effect = {
  looks: { users: usersNow },
  dangers: [],
  ordinary: { warning: 'The instance gets more databases.', undo: 'naver_delete_databases deletes them.' },
  impossible: [
    {
      if: { not: { isAmong: { 'cloudPostgresqlDatabaseList[].owner': 'users.userName' } } },
      because: 'The owner of each database has to be a login of the instance, and not all of these are.',
      instead: 'naver_list_db_users shows which there are, and naver_add_db_users makes one.',
    },
  ],
};

export const deleteDatabases: Effect = {
  looks: { backups: backupsNow },
  dangers: [
    {
      each: 'cloudPostgresqlDatabaseList',
      risk: 'destructive',
      warning: 'The database {cloudPostgresqlDatabaseList.name} and all its data are gone; clients that use it fail.',
      undo: 'None with these tools; a backup from before may still hold the data.',
      irreversible: true,
    },
    {
      if: { not: { has: 'backups' } },
      risk: 'destructive',
      warning: 'No backup of the instance is known.',
      undo: 'None with these tools; a backup from before may still hold the data.',
      irreversible: true,
    },
  ],
};
