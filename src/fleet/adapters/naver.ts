import { isEverywhere } from '../../values/address-range.js';
import { recordsAt, textAt } from '../../values/json-path.js';
import { type Values } from '../../values/values.js';
import type { Adapter, Read, Remedy, Step } from '../adapter.js';
import {
  allFacts,
  type Exposure,
  type FleetInstance,
  type ProviderInstance,
  type ProviderObservations,
} from '../instance.js';
import { attempt, listAt, type Untold, untoldOf } from './answers.js';
import { isGone, numberOf, recordOf } from './naver-instance.js';
import { momentAt, newest, oldest } from './times.js';

/** An account has far fewer instances. The end of the pages depends on a count that may be wrong. */
const mostPages = 10;
const pageSize = 100;

const notTold: Untold = [
  { what: 'CPU, connections, replication lag, events', facts: ['load', 'replicationLag', 'events'] },
  // They are another lock beside the addresses of each user.
  { what: 'the rules of the access control groups', facts: ['access'] },
];

export const naverAdapter: Adapter = {
  async list(read) {
    const [instances, backups] = await Promise.all([
      readInstances(read),
      // One answer covers all instances. Without it, the records only lack their newest backup.
      read('naver_list_backups').catch(() => ({})),
    ]);
    const rows = recordsAt(backups, 'cloudPostgresqlBackupList');
    return [...instances].map(([id, instance]) => {
      const row = rows.find((each) => numberOf(each) === id);
      return recordOf(instance, id, { newest: momentAt(row, 'lastBackupDate') });
    });
  },

  async get(id, read) {
    const [answer, backups] = await Promise.all([
      read('naver_get_instance', { cloudPostgresqlInstanceNo: id }),
      readBackups(id, read),
    ]);
    return recordOf(recordsAt(answer, 'cloudPostgresqlInstanceList')[0] ?? {}, id, backups.seen);
  },

  async observe(instance, _now, read, facts = allFacts) {
    const { id } = instance;
    const [users, backups] = await Promise.all([
      facts.has('access') ? attempt('users', () => readAccess(id, read)) : undefined,
      facts.has('backups') && instance.backups ? readBackups(id, read) : undefined,
    ]);
    return {
      instance: withBackups(instance, backups?.seen),
      exposures: users?.seen?.exposures,
      closed: users?.seen?.closed,
      unavailable: [...(users?.unavailable ?? []), ...(backups?.unavailable ?? []), ...untoldOf(notTold, facts)],
    };
  },

  async restorable({ id, backups }, _now, read) {
    const answer = await read('naver_list_backup_details', { cloudPostgresqlInstanceNo: id });
    const files = listAt(answer, 'cloudPostgresqlBackupDetailList');
    const why = 'the API tells the backups, and not whether a moment between them can be restored';
    if (files.length > 0) return { kind: 'untold', from: oldest(files.map((file) => momentAt(file, 'endTime'))), why };
    if (backups?.enabled === false) return { kind: 'nothing', why: 'backups are off, and none is kept' };
    return { kind: 'untold', why: 'the list of backup files is empty, although backups are on' };
  },

  can: (remedy) => Object.hasOwn(steps, remedy),
  step: (remedy, instance) => steps[remedy]?.(instance),
  // The API changes neither parameters nor extensions.
  engineSteps: async () => [],
};

const listUsers = ({ id }: FleetInstance): Step => ({
  tool: 'naver_list_db_users',
  arguments: { cloudPostgresqlInstanceNo: id },
});

/**
 * The API cannot grow storage, start, back up or repair. A restart is of one server, and access is restricted for one
 * user, so a person chooses from what these reads list.
 */
const steps: Partial<Record<Remedy, (instance: FleetInstance) => Step>> = {
  restart: ({ id }) => ({ tool: 'naver_get_instance', arguments: { cloudPostgresqlInstanceNo: id } }),
  closeNetwork: listUsers,
  closeToEveryone: listUsers,
  listAccessRules: listUsers,
  listVersions: () => ({ tool: 'naver_list_image_products', arguments: {} }),
  readDetails: ({ id }) => ({ tool: 'naver_get_instance', arguments: { cloudPostgresqlInstanceNo: id } }),
};

/**
 * Reads all instances at once if possible. The provider says how many there are, but not whether pages begin at 0 or 1.
 */
async function readInstances(read: Read): Promise<Map<string, Values>> {
  const found = new Map<string, Values>();
  const keep = (answer: Values) => {
    // Where there are none, a list that is left out says the same.
    const rows = textAt(answer, 'totalRows') === '0' ? [] : listAt(answer, 'cloudPostgresqlInstanceList');
    for (const row of rows) {
      const id = numberOf(row);
      if (id && !isGone(row)) found.set(id, row);
    }
    return rows.length;
  };
  const first = await read('naver_list_instances');
  const all = Number(textAt(first, 'totalRows') ?? 0);
  if (keep(first) >= all) return found;
  for (let pageNo = 0; pageNo <= mostPages && found.size < all; pageNo += 1) {
    const rows = keep(await read('naver_list_instances', { pageNo, pageSize }));
    if (rows === 0 && pageNo > 0) break;
  }
  return found;
}

/**
 * Each of the two lists may know a backup that the other does not show, so neither alone says that there is none. What
 * one of them shows counts although the other cannot be read, which is told.
 */
async function readBackups(id: string, read: Read) {
  const [summary, details] = await Promise.all([
    attempt('newest backup', async () =>
      listAt(await read('naver_list_backups'), 'cloudPostgresqlBackupList').filter(
        (row) => numberOf(row) === id && textAt(row, 'lastBackupDate'),
      ),
    ),
    attempt('newest backup', async () =>
      listAt(
        await read('naver_list_backup_details', { cloudPostgresqlInstanceNo: id }),
        'cloudPostgresqlBackupDetailList',
      ),
    ),
  ]);
  const unavailable = [...summary.unavailable, ...details.unavailable].slice(0, 1);
  const rows = [...(summary.seen ?? []), ...(details.seen ?? [])];
  const time = newest(rows.flatMap((row) => [momentAt(row, 'lastBackupDate'), momentAt(row, 'endTime')]));
  return { seen: backupsFrom(rows, time, unavailable.length === 0), unavailable };
}

function backupsFrom(rows: readonly Values[], time: string | undefined, isWhole: boolean): ProviderInstance['backups'] {
  if (time !== undefined) return { newest: time };
  return isWhole && rows.length === 0 ? { noneMade: true } : undefined;
}

/** Adds the newest backup to a record. That none was made says something only where backups are on. */
function withBackups(instance: ProviderInstance, seen: ProviderInstance['backups']): ProviderInstance {
  const { backups } = instance;
  if (!backups || !seen) return instance;
  const noneMade = backups.enabled === true && seen.noneMade;
  return { ...instance, backups: { ...backups, newest: seen.newest ?? backups.newest, ...(noneMade && { noneMade }) } };
}

async function readAccess(id: string, read: Read) {
  const users = listAt(await read('naver_list_db_users', { cloudPostgresqlInstanceNo: id }), 'cloudPostgresqlUserList');
  return { exposures: exposuresOf(users), closed: closedOf(users) };
}

const clientCidr = 'cloudPostgresqlUserList[].clientCidr';

/** Where no user may come from anywhere, nobody gets in. */
const closedOf = (users: readonly Values[]): ProviderObservations['closed'] =>
  users.some((user) => textAt(user, 'clientCidr')) ? undefined : [{ source: clientCidr, lets: [] }];

/** Each user has its own list of addresses that may connect. */
const exposuresOf = (users: readonly Values[]): Exposure[] =>
  users.flatMap((user) => {
    const address = textAt(user, 'clientCidr') ?? '';
    if (!isEverywhere(address)) return [];
    return [{ kind: 'user', address, detail: textAt(user, 'userName'), source: clientCidr }];
  });
