import type { Effect } from '../../../src/define/index.js';
import * as databases from './databases.js';
import * as dbUsers from './db-users.js';
import * as instances from './instances.js';

export { touches } from './touches.js';

/** What calls do to the present state, by the name of the tool. */
export const effects: Readonly<Record<string, Effect>> = {
  naver_add_databases: databases.addDatabases,
  naver_add_db_users: dbUsers.addDbUsers,
  naver_change_db_users: dbUsers.changeDbUsers,
  naver_create_instance: instances.createInstance,
  naver_create_read_replica: instances.createReadReplica,
  naver_delete_databases: databases.deleteDatabases,
  naver_delete_db_users: dbUsers.deleteDbUsers,
  naver_delete_instance: instances.deleteInstance,
  naver_delete_read_replica: instances.deleteReadReplica,
  naver_reboot_server: instances.rebootServer,
};
