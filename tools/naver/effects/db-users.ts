import type { Effect } from '../../../src/define/index.js';
import { databasesNow, usersNow } from './looks.js';

const range = 'cloudPostgresqlUserList[].clientCidr';
const password = 'cloudPostgresqlUserList[].password';
const replication = 'cloudPostgresqlUserList[].isReplicationRole';

/** Every login is judged by itself. */
const each = 'cloudPostgresqlUserList';

const login = '{cloudPostgresqlUserList.name}';
const from = '{cloudPostgresqlUserList.clientCidr}';

const sameLogin = { recordsOf: 'users', key: 'name', nowKey: 'userName' } as const;

const added = { each, risk: 'exposing', undo: 'naver_delete_db_users removes it; what was read stays read.' } as const;

export const addDbUsers: Effect = {
  looks: { users: usersNow },
  changes: {
    [range]: { ...sameLogin, adds: true, admits: 'itself' },
    [replication]: { ...sameLogin, adds: true },
  },
  dangers: [
    {
      ...added,
      warning: `Whoever knows its password gets in as ${login} from ${from}.`,
    },
    {
      ...added,
      if: { admitsWide: range },
      warning: `${from} is far more than one network.`,
    },
    {
      ...added,
      if: { when: { [replication]: true } },
      warning: `${login} holds the replication role, which can copy all data.`,
    },
  ],
};

const back = { each, undo: 'Set the old range again.' } as const;

export const changeDbUsers: Effect = {
  looks: { users: usersNow },
  changes: {
    [range]: { ...sameLogin, admits: 'itself' },
    [password]: { ...sameLogin, unreadable: 'it is never shown' },
    [replication]: sameLogin,
  },
  dangers: [
    {
      ...back,
      if: { admitsWide: range },
      risk: 'exposing',
      warning: `${login} may be used from ${from}, far more than one network.`,
    },
    {
      ...back,
      if: { all: [{ admits: range }, { not: { admitsWide: range } }] },
      risk: 'exposing',
      warning: `${login} may be used from ${from}, also where it could not.`,
    },
    {
      ...back,
      if: { excludes: range },
      risk: 'disruptive',
      warning: `Clients outside ${from} can no longer connect as ${login}.`,
    },
    {
      each,
      if: { changes: password },
      risk: 'exposing',
      warning: `Whoever knows the new password gets in as ${login}; with the old one nobody does.`,
      undo: 'Set the old password again: it cannot be read, so somebody has to know it.',
    },
    {
      each,
      if: { becomes: { [replication]: true } },
      risk: 'exposing',
      warning: `${login} gets the replication role, which can copy all data.`,
      undo: 'Take the role away again; what was copied stays copied.',
    },
    {
      each,
      if: { becomes: { [replication]: false } },
      risk: 'disruptive',
      warning: `${login} loses the replication role: what replicates with it stops.`,
      undo: 'Give the role again; what has stopped may have to be set up anew.',
    },
  ],
};

const deleted = {
  risk: 'destructive',
  undo: 'None. naver_add_db_users makes a new login of the same name; grants have to be given again.',
  irreversible: true,
} as const;

export const deleteDbUsers: Effect = {
  looks: {
    owned: { ...databasesNow, where: { owner: '{cloudPostgresqlUserList[].name}' }, says: '{owner} of {databaseName}' },
  },
  dangers: [
    {
      ...deleted,
      each,
      warning: `The login ${login} is gone with its password and grants; its clients no longer connect.`,
    },
    { ...deleted, if: { has: 'owned' }, warning: 'Owners of databases may be refused: {owned.said}.' },
  ],
};
