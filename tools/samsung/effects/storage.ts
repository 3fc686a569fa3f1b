import type { Effect } from '../../../src/define/index.js';
import { clusters, isNowhere } from './_state.js';
import { noSuchGroup } from './lifecycle.js';

export const addBlockStorage: Effect = { looks: { clusters }, impossible: [noSuchGroup] };

export const resizeBlockStorage: Effect = {
  looks: {
    clusters,
    disk: {
      ...clusters,
      at: 'instance_groups[].block_storage_groups[]',
      where: { id: '{block_storage_group_id}' },
    },
  },
  changes: { size_gb: 'disk.size_gb' },
  dangers: [
    {
      if: { rises: 'size_gb' },
      risk: 'disruptive',
      warning:
        'Its disk {disk.name} ({disk.role_type}) grows from {disk.size_gb} GB to {size_gb} GB while it is in use. ' +
        'Meanwhile the cluster takes no other change.',
      undo: 'None: a disk cannot shrink.',
      irreversible: true,
    },
  ],
  impossible: [
    {
      if: isNowhere('clusters.instance_groups.block_storage_groups.id', 'block_storage_group_id'),
      because: 'No cluster of this region has a disk {block_storage_group_id}.',
      instead: 'samsung_get_cluster shows the ids of the block storage groups of a cluster.',
    },
    {
      if: { falls: 'size_gb' },
      because: 'The disk {disk.name} has {disk.size_gb} GB, and a disk cannot shrink.',
      instead: 'A size above {disk.size_gb} GB, a multiple of 8, makes it larger.',
    },
  ],
};
