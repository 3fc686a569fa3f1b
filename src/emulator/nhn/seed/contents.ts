import { copied } from '../../core/copies.js';
import { day } from '../../core/dates.js';
import { fixedUuid } from '../../core/ids.js';
import { keepContents } from '../contents.js';
import type { HbaRule } from '../entities.js';
import { type Nhn, seededId } from '../store.js';
import { groupId } from './fleet.js';

interface Rule {
  user?: string;
  database?: string;
  address: string;
  authMethod?: HbaRule['authMethod'];
  isReserved?: boolean;
}

interface Contents {
  ageDays: number;
  /** The names of the databases and their schemas. */
  databases: Record<string, string[]>;
  /** The first one with DDL owns the databases. */
  users: Record<string, 'CRUD' | 'DDL'>;
  rules: Rule[];
  /** Extension and database. `reserved` ones are not applied yet. */
  extensions: [extension: string, database: string, state?: 'reserved'][];
}

const usual: Record<string, Contents> = {
  orders: {
    ageDays: 412,
    databases: { orders: ['public', 'sales', 'audit'], inventory: ['public'] },
    users: { orders_admin: 'DDL', orders_app: 'CRUD', reporting: 'CRUD' },
    rules: [
      { user: 'orders_app', address: '10.20.0.0/16' },
      { user: 'orders_admin', address: '192.168.0.0/24' },
      { user: 'reporting', database: 'orders', address: '10.30.8.0/24', isReserved: true },
    ],
    extensions: [
      ['pg_stat_statements', 'orders'],
      ['pgcrypto', 'orders'],
      ['pg_trgm', 'inventory'],
    ],
  },
  analytics: {
    ageDays: 233,
    databases: { warehouse: ['public', 'mart', 'raw'] },
    users: { etl: 'DDL', analyst: 'CRUD' },
    rules: [{ user: 'etl', address: '10.20.0.0/16' }, { address: '0.0.0.0/0' }],
    extensions: [
      ['hstore', 'warehouse'],
      ['postgis', 'warehouse'],
      ['pg_stat_statements', 'warehouse', 'reserved'],
    ],
  },
  billing: {
    ageDays: 1310,
    databases: { billing: ['public', 'archive'] },
    users: { billing_app: 'DDL' },
    rules: [{ address: '10.44.0.0/22', authMethod: 'TRUST' }],
    extensions: [['uuid-ossp', 'billing']],
  },
};

/** What the only security group of the quiet fleet lets in. */
const passing = ['10.20.0.0/16', '192.168.0.0/24'];

/** Passwords are required, only addresses that the network lets in are allowed, and nothing is reserved. */
const healthy = ({ rules, extensions, ...contents }: Contents): Contents => ({
  ...contents,
  rules: rules.map(({ user, database, address }) => ({
    user,
    database,
    address: passing.includes(address) ? address : '192.168.0.0/24',
  })),
  extensions: extensions.map(([extension, database]) => [extension, database]),
});

export function addContents(nhn: Nhn): void {
  const groups = copied<[string, Contents]>(Object.entries(usual), nhn.world.copies, ([group, contents], copy) => [
    `${group}-${copy}`,
    contents,
  ]);
  for (const [group, contents] of groups) {
    addTo(nhn, group, nhn.world.scenario === 'quiet' ? healthy(contents) : contents);
    keepContents(nhn, groupId(nhn, group), nhn.world.now() - contents.ageDays * day);
  }
}

function addTo(nhn: Nhn, group: string, { ageDays, databases, users, rules, extensions }: Contents): void {
  const { world, store } = nhn;
  const createdAt = world.now() - ageDays * day;
  const times = { createdAt, updatedAt: createdAt };
  const idOf = (kind: string, name: string) => seededId(nhn, `${kind} ${name} of ${group}`);
  const own = { ...times, groupId: groupId(nhn, group) };
  const [owner = ''] = Object.entries(users).find(([, authorityType]) => authorityType === 'DDL') ?? [];
  const owned = { ...own, ownerId: idOf('user', owner) };
  for (const [name, schemas] of Object.entries(databases))
    store.databases.add({ ...owned, id: idOf('database', name), name, status: 'STABLE', schemas });
  for (const [name, authorityType] of Object.entries(users))
    store.dbUsers.add({ ...own, id: idOf('user', name), name, authorityType, status: 'STABLE' });
  for (const [index, { user, database, address, authMethod, isReserved }] of rules.entries())
    store.hbaRules.add({
      ...own,
      id: idOf('access rule', String(index)),
      status: isReserved ? 'CREATED' : 'APPLIED',
      databaseApplyType: database ? 'USER_CUSTOM' : 'ENTIRE',
      dbUserApplyType: user ? 'USER_CUSTOM' : 'ENTIRE',
      databaseIds: database ? [idOf('database', database)] : [],
      dbUserIds: user ? [idOf('user', user)] : [],
      address,
      authMethod: authMethod ?? 'SCRAM_SHA_256',
      reservedAction: isReserved ? 'CREATE' : 'NONE',
    });
  for (const [extension, database, state] of extensions)
    store.groupExtensions.add({
      ...own,
      id: idOf(`extension ${extension}`, database),
      extensionId: fixedUuid(`extension ${extension}`),
      databaseId: idOf('database', database),
      schemaName: 'public',
      status: state ? 'CREATED' : 'INSTALLED',
      reservedAction: state ? 'INSTALL' : 'NONE',
      errorReason: null,
    });
}
