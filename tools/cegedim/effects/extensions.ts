import type { Effect } from '../../../src/define/index.js';
import { databasesNow, extensionsOffered, instanceNow } from './looks.js';

const names = 'options.extensions_list[].name';

const installed = {
  risk: 'disruptive',
  undo: 'None: no operation of the provider removes an extension.',
  irreversible: true,
} as const;

export const installExtension: Effect = {
  looks: {
    now: instanceNow,
    database: { ...databasesNow, where: { name: '{options.dbname}' } },
    restarting: {
      ...extensionsOffered,
      where: { name: `{${names}}`, requiresRestarting: 'true' },
      says: '{name}',
    },
  },
  changes: { [names]: { addsTo: 'database.extensions.name' } },
  dangers: [
    { ...installed, warning: `INSTALL {${names}} in database {options.dbname}.` },
    {
      ...installed,
      if: { has: 'restarting' },
      warning: 'The database restarts for {restarting.said}, which cuts every connection of the instance.',
    },
  ],
  impossible: [
    {
      if: { isBelow: { 'now.version': 15 } },
      because: '{now.name} has version {now.version}, and extensions are installed from version 15 on.',
      instead: 'cegedim_upgrade_instance upgrades it first.',
    },
  ],
};
