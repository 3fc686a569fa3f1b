import type { Effect } from '../../../src/define/index.js';
import { hbaChanges, hbaLooks, newRule, rulesIn, type State } from './_hba-rules.js';

/** Whether there is a login of this name already. What is deleted may still be listed. */
const isTaken = ({ args, seen }: State): boolean | undefined => {
  const { records = [], unread } = seen['dbUsers'] ?? {};
  if (unread !== undefined) return undefined;
  return records.some(
    (record) => record['dbUserName'] === args['dbUserName'] && !String(record['dbUserStatus']).startsWith('DELET'),
  );
};

const rulesGoLive = {
  if: { when: { applyHbaRulesImmediately: true } },
  risk: 'exposing',
  warning: 'Every reserved change of the access rules goes live too, also those that others reserved.',
  undo: 'Change the rules back and apply them again.',
} as const;

const appliesRules = { action: 'makes reserved access rule changes live' } as const;

const database = {
  read: 'nhn_list_databases',
  at: 'databases[]',
  where: { databaseId: '{databaseId}' },
} as const;

export const modifyDatabase: Effect = {
  looks: { now: database },
  changes: { databaseName: 'now.databaseName', applyHbaRulesImmediately: appliesRules },
  dangers: [
    {
      if: { changes: 'databaseName' },
      risk: 'disruptive',
      warning: 'Every client that connects to {now.databaseName} fails until it uses the name {databaseName}.',
      undo: 'Rename it back to {now.databaseName}.',
    },
    rulesGoLive,
  ],
};

export const deleteDatabase: Effect = {
  looks: {
    now: database,
    backup: {
      read: 'nhn_list_backups',
      with: { page: 1, size: 100, dbInstanceId: '{dbInstanceId}' },
      at: 'backups[]',
      where: { backupStatus: 'COMPLETED' },
      newestBy: 'completedYmdt',
    },
  },
  dangers: [
    {
      if: { has: 'backup' },
      risk: 'destructive',
      warning: 'The database {now.databaseName} and everything in it are gone.',
      undo:
        'None for what was written since the newest backup, {backup.backupName} of {backup.completedYmdt}; that one ' +
        'can be restored to a new instance.',
      irreversible: true,
    },
    {
      if: { not: { has: 'backup' } },
      risk: 'destructive',
      warning: 'The database {now.databaseName} and everything in it are gone, and no backup has it.',
      undo: 'None.',
      irreversible: true,
    },
  ],
};

/** The rules by which a new login gets in: those for every user, and the one that is made along with it. */
const loginRules = hbaChanges({ any: 'login', withoutPassword: 'loginWithoutPassword' }, (state) => {
  const { createDefaultHbaRules, address, dbUserName } = state.args;
  const own = { id: undefined, users: [String(dbUserName)], address: String(address), method: 'SCRAM_SHA_256' };
  return {
    before: [],
    after: [
      ...rulesIn(state).filter(({ users }) => users === undefined),
      ...(createDefaultHbaRules === true && address !== undefined ? [newRule(own)] : []),
    ],
  };
});

const unmade = { derived: () => null };

const deletes = 'nhn_delete_db_user removes the login, and nhn_delete_hba_rule a rule that was made along with it.';

export const createDbUser: Effect = {
  looks: hbaLooks,
  changes: {
    dbUserName: unmade,
    authorityType: unmade,
    dbPassword: { partOf: 'dbUserName' },
    createDefaultHbaRules: { action: 'makes an access rule for it' },
    address: { partOf: 'login' },
    ...loginRules,
  },
  dangers: [
    {
      if: { given: 'dbUserName' },
      risk: 'exposing',
      warning: 'Whoever knows its password can log in as {dbUserName} with {authorityType} rights.',
      undo: deletes,
    },
    {
      if: { admits: 'login' },
      risk: 'exposing',
      warning: 'Access rules let it in from {gained.login}.',
      undo: deletes,
    },
    {
      if: { admitsWide: 'login' },
      risk: 'exposing',
      warning: 'That is a wide range, or a name of which nobody can say who has it.',
      undo: deletes,
    },
    {
      if: { admits: 'loginWithoutPassword' },
      risk: 'exposing',
      warning: 'Logins from {gained.loginWithoutPassword} get in without a password.',
      undo: deletes,
    },
    {
      if: { all: [{ when: { createDefaultHbaRules: true } }, { not: { given: 'address' } }] },
      risk: 'exposing',
      warning: 'An access rule is made for it, from addresses that the service chooses.',
      undo: deletes,
    },
  ],
  impossible: [
    {
      if: { test: isTaken },
      because: 'There is a login {dbUserName} already.',
      instead: 'Choose another name, or change the one that is there with nhn_modify_db_user.',
    },
  ],
};

const user = { read: 'nhn_list_db_users', at: 'dbUsers[]', where: { dbUserId: '{dbUserId}' } } as const;

export const modifyDbUser: Effect = {
  looks: { now: user },
  changes: {
    dbUserName: 'now.dbUserName',
    dbPassword: { unreadable: 'the service never shows it' },
    authorityType: 'now.authorityType',
    applyHbaRulesImmediately: appliesRules,
  },
  dangers: [
    {
      if: { changes: 'dbPassword' },
      risk: 'exposing',
      warning: 'Whoever knows the new password can log in as {now.dbUserName}; clients with the old one fail.',
      undo: 'Set the old password again. It cannot be read, so it has to be known.',
    },
    {
      if: { changes: 'dbUserName' },
      risk: 'exposing',
      warning: 'The login is called {dbUserName}, and clients that log in as {now.dbUserName} fail.',
      undo: 'Rename it back to {now.dbUserName}.',
    },
    {
      if: { changes: 'authorityType' },
      risk: 'exposing',
      warning: 'The login has {authorityType} rights instead of {before.authorityType} at once.',
      undo: 'Set {before.authorityType} again.',
    },
    rulesGoLive,
  ],
};

export const deleteDbUser: Effect = {
  looks: { now: user },
  dangers: [
    {
      if: { given: 'dbUserId' },
      risk: 'destructive',
      warning: 'The login {now.dbUserName} is gone: every application that uses it can no longer connect.',
      undo: 'None for its password; a login of the same name can be made again, with its rights and access rules.',
      irreversible: true,
    },
  ],
};
