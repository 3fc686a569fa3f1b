import * as z from 'zod';
import { conflict, inconsistent, invalidField } from '../../replies.js';
import { type Extension, extensions, productOf } from '../../seed/catalog.js';
import { type Cegedim, refuseUnlessActive } from '../../store.js';
import { startWork } from '../../work.js';
import type { Updates } from './change.js';

/** Older versions need a ticket, as the provider's page on features says. */
const oldestForExtensions = 15;

export function contentUpdates(cegedim: Cegedim): Updates {
  return {
    install_extension: ({ instance, call, options }) => {
      const { dbname, extensions_list: wanted } = options(installation);
      refuseUnlessActive(instance);
      const database = instance.databases.find(({ name }) => name === dbname);
      if (!database) throw invalidField('options.dbname');
      const found = [...new Set(wanted.map(({ name }) => name))].map(extensionNamed);
      if (productOf(instance).version < oldestForExtensions)
        throw inconsistent(`extensions can be installed from version ${oldestForExtensions} on`);
      if (database.extensions.some(({ name }) => found.some((extension) => extension.name === name)))
        throw conflict(`${dbname} has one of the extensions already`);
      const restarts = found.some(({ requiresRestarting }) => requiresRestarting);
      return startWork(cegedim, call, {
        process: 'INSTALL_EXTENSION',
        instance,
        seconds: restarts ? 20 : 8,
        meanwhile: 'UPDATING',
        effect: () => {
          for (const { name, version } of found) database.extensions.push({ name, schema: 'public', version });
        },
      });
    },
  };
}

function extensionNamed(name: string): Extension {
  const extension = extensions.find((extension) => extension.name === name);
  if (!extension) throw invalidField('options.extensions_list');
  return extension;
}

const installation = z.strictObject({
  dbname: z.string().min(1),
  extensions_list: z.array(z.strictObject({ name: z.string().min(1) })).min(1),
});
