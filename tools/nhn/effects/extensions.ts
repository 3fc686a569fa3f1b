import type { Effect, EffectFacts, StateLook } from '../../../src/define/index.js';

/** Where extensions of the group are, with the change that is reserved for each. */
const places = {
  read: 'nhn_list_extensions',
  with: { dbInstanceGroupId: '{dbInstanceGroupId}' },
  within: 'extensions[]',
  at: 'databases[]',
} as const satisfies StateLook;

export const installExtension: Effect = {
  looks: {
    extension: { read: 'nhn_list_extensions', at: 'extensions[]', where: { extensionId: '{extensionId}' } },
    database: {
      each: {
        read: 'nhn_list_db_instances',
        with: {},
        at: 'dbInstances[]',
        where: { dbInstanceGroupId: '{dbInstanceGroupId}', dbInstanceType: 'MASTER' },
      },
      read: 'nhn_list_databases',
      with: { dbInstanceId: '{dbInstanceId}' },
      at: 'databases[]',
      where: { databaseId: '{databaseId}' },
    },
  },
  ordinary: {
    warning:
      'INSTALL {extension.extensionName} in database {database.databaseName} is reserved, and runs with ' +
      'nhn_apply_extension_changes.',
    undo: 'nhn_delete_extension cancels it.',
  },
};

export const deleteExtension: Effect = {
  looks: { place: { ...places, where: { dbInstanceGroupExtensionId: '{dbInstanceGroupExtensionId}' } } },
  ordinary: {
    warning: '{place.reservedAction} {place.extensionName} in database {place.databaseName} is cancelled.',
    undo: 'Reserve it again.',
  },
  dangers: [
    {
      if: { all: [{ is: { 'place.reservedAction': 'NONE' } }, { when: { withCascade: true } }] },
      risk: 'destructive',
      warning:
        'DELETE_WITH_CASCADE {place.extensionName} in database {place.databaseName} is reserved: once applied, the ' +
        'extension is gone with every column, index and function that depends on it.',
      undo: 'The same call cancels the reservation. Once applied, there is no way back but a restore.',
    },
    {
      if: { all: [{ is: { 'place.reservedAction': 'NONE' } }, { when: { withCascade: false } }] },
      risk: 'destructive',
      warning:
        'DELETE {place.extensionName} in database {place.databaseName} is reserved: once applied, the extension is ' +
        'gone, unless something depends on it.',
      undo: 'The same call cancels the reservation. Once applied, nhn_install_extension installs it again.',
    },
  ],
};

/** Whether some reserved changes drop something. */
const drops = ({ seen: { reserved } }: EffectFacts): boolean | undefined =>
  reserved && reserved.unread === undefined
    ? reserved.records.some((record) => !String(record['reservedAction']).startsWith('INSTALL'))
    : undefined;

const inWords = '{reservedAction} {extensionName} in database {databaseName}';

export const applyExtensionChanges: Effect = {
  looks: {
    now: { read: 'nhn_list_extensions' },
    reserved: {
      ...places,
      whereNot: { reservedAction: 'NONE' },
      says: inWords,
    },
    dropped: {
      ...places,
      where: { reservedAction: ['DELETE', 'DELETE_WITH_CASCADE'] },
      says: '{extensionName} in database {databaseName}',
    },
  },
  changes: {
    // Nothing is reserved any more afterwards.
    reserved: { list: 'reserved', whole: true, says: inWords },
    isNeedToApply: { value: 'now.isNeedToApply', becomes: false },
  },
  dangers: [
    {
      if: { test: drops },
      risk: 'destructive',
      warning: 'These are dropped: {dropped.said}; with cascade also all that depends on them.',
      undo: 'None for what is dropped but a restore. An extension itself can be installed again.',
      irreversible: true,
    },
    {
      risk: 'disruptive',
      warning: 'All that is reserved runs: {reserved.said}.',
      undo: 'nhn_delete_extension and another application of changes remove what is installed.',
    },
  ],
};
