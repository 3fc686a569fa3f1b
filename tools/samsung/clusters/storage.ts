import * as z from 'zod';
import { defineTool } from '../../../src/define/index.js';
import { block, id, sizeGb } from '../_fields.js';
import { clusterOfBlockStorage, clusterOfInstanceGroup, disk, instanceGroup } from '../_targets.js';

export const addBlockStorage = defineTool({
  name: 'samsung_add_block_storage',
  title: 'Add block storage',
  description: 'Attaches a further disk to an instance group. It cannot be taken away again.',
  route: 'POST /v1/instance-groups/{instance_group_id}/block-storage-groups',
  permission: 'postgresql:AddBlockStorages',
  risk: 'disruptive',
  warning: 'A {role_type} disk of {size_gb} GB is attached to servers in use, and billed from then on.',
  undo: 'None: no operation removes a disk.',
  irreversible: true,
  input: z.object({ instance_group_id: id().describe('from samsung_get_cluster'), ...block }),
  planReads: [clusterOfInstanceGroup, instanceGroup],
  async: true,
});

export const resizeBlockStorage = defineTool({
  name: 'samsung_resize_block_storage',
  title: 'Grow block storage',
  description: 'Grows a disk to a new size. It cannot shrink again.',
  route: 'POST /v1/block-storage-groups/{block_storage_group_id}/resize',
  permission: 'postgresql:SetBlockStorageSize',
  core: true,
  risk: 'disruptive',
  warning: 'A disk in use grows to {size_gb} GB; the cluster is being edited meanwhile.',
  undo: 'None: a disk cannot shrink.',
  irreversible: true,
  input: z.object({
    block_storage_group_id: id().describe('from samsung_get_cluster'),
    size_gb: sizeGb.describe('the new size in GB, a multiple of 8'),
  }),
  planReads: [clusterOfBlockStorage, disk],
  async: true,
});
