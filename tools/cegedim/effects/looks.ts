import type { StateLook } from '../../../src/define/index.js';

export const instanceNow: StateLook = { read: 'cegedim_get_instance', with: { id: '{id}' } };

/** The states of an instance that is stopped. The documents name ACTIVE only, so others are left to the provider. */
export const stopped = ['INACTIVE', 'STOPPED'] as const;

export const databasesNow: StateLook = { read: 'cegedim_list_databases', with: { id: '{id}' }, at: 'items[]' };

export const extensionsOffered: StateLook = { read: 'cegedim_list_extensions', with: { id: '{id}' }, at: 'items[]' };

export const actionsBefore: StateLook = {
  read: 'cegedim_list_actions',
  with: { resourceId: '{id}' },
  at: 'items[]',
};

export const fileSystems: StateLook = {
  read: 'cegedim_list_nodes',
  with: { id: '{id}' },
  at: 'items[].storageInformation.fileSystems[]',
};

/** No operation reads a network by its id, so an instance that is in it tells about it. */
export const networkOfAnother: StateLook = {
  each: {
    read: 'cegedim_list_resources',
    with: { page: 0, size: 200 },
    at: 'content[]',
    where: { type: 'PostgreSQL' },
  },
  read: 'cegedim_get_instance',
  with: { id: '{id}' },
  where: { networkId: '{networkId}' },
};
