import type { BackedAccount, WantedServer } from '../../core/backing.js';
import type { DbInstance } from '../entities.js';
import { extensions } from '../seed/catalog.js';
import { instanceId } from '../seed/fleet.js';
import { describeParameters } from '../seed/parameters.js';
import { type Nhn, waitingParameters } from '../store.js';

/** The instances that can have a real server: a primary with its standbys, and one by itself. */
const backed = ['orders-primary', 'orders-standby', 'orders-replica', 'analytics'];

/** Parameters that would ask too much of one machine, or that not every version of the engine takes. */
const ofTheService = new Set([
  'shared_buffers',
  'huge_pages',
  'wal_buffers',
  'effective_io_concurrency',
  'io_combine_limit',
  'max_worker_processes',
  'max_wal_senders',
  'superuser_reserved_connections',
  'summarize_wal',
  'synchronous_commit',
  'archive_mode',
  'vacuum_defer_cleanup_age',
  'password_encryption',
  'shared_preload_libraries',
]);

export function backedAccount(nhn: Nhn): BackedAccount {
  const { store, account } = nhn;
  const ids = backed.map((name) => instanceId(nhn, name));
  return {
    name: account.name,
    wanted: () => ids.flatMap((id) => store.instances.find(id) ?? []).map((instance) => wantedServer(nhn, instance)),
    place: (id, { host, port }) => void Object.assign(store.instances.get(id), { host, dbPort: port }),
  };
}

function wantedServer({ store }: Nhn, instance: DbInstance): WantedServer {
  const { id, name, groupId, type, dbVersion, downtimes } = instance;
  const own = <R extends { groupId: string }>(rows: R[]): R[] => rows.filter((row) => row.groupId === groupId);
  const { values } = store.parameterGroups.get(instance.parameterGroupId);
  const parameters = describeParameters(dbVersion, values).filter(
    ({ parameterName }) => !ofTheService.has(parameterName),
  );
  const waiting = waitingParameters(store, instance);
  return {
    id,
    name,
    groupId,
    isPrimary: type === 'MASTER',
    isUp: downtimes.every(({ to }) => to !== undefined),
    downs: downtimes.length,
    settings: Object.fromEntries(
      parameters.map(({ parameterName, value, defaultValue }) => [
        parameterName,
        waiting.includes(parameterName) ? defaultValue : value,
      ]),
    ),
    waiting,
    databases: own(store.databases.all())
      .filter(({ status }) => status !== 'CREATING')
      .map((database) => ({
        id: database.id,
        name: database.name,
        schemas: database.schemas,
        owner: database.ownerId && store.dbUsers.find(database.ownerId)?.name,
      })),
    logins: own(store.dbUsers.all())
      .filter(({ status }) => status !== 'CREATING')
      .map(({ authorityType, ...user }) => ({
        id: user.id,
        name: user.name,
        password: user.password,
        mayDefine: authorityType === 'DDL',
      })),
    extensions: own(store.groupExtensions.all()).flatMap(({ extensionId, databaseId, schemaName, status }) => {
      const extension = extensions.find((each) => each.id === extensionId)?.name;
      const database = store.databases.find(databaseId)?.name;
      if (status !== 'INSTALLED' || extension === undefined || database === undefined) return [];
      return [{ name: extension, database, schema: schemaName }];
    }),
  };
}
