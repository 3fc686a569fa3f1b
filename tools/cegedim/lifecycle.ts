import * as z from 'zod';
import { defineTool, oneOfKnown } from '../../src/define/index.js';
import { changeReference, id } from './_fields.js';
import { fileSystems, sizeNow } from './_targets.js';

export const startInstance = defineTool({
  name: 'cegedim_start_instance',
  title: 'Start instance',
  description: 'Starts a stopped PostgreSQL instance.',
  route: 'PATCH /itcare/databases/postgresql/{id}',
  sends: { operation: 'start' },
  risk: 'write',
  input: z.object({ id }),
  async: true,
  idempotent: true,
});

export const stopInstance = defineTool({
  name: 'cegedim_stop_instance',
  title: 'Stop instance',
  description: 'Stops a PostgreSQL instance and its nodes; its data stays. cegedim_start_instance brings it back.',
  route: 'PATCH /itcare/databases/postgresql/{id}',
  sends: { operation: 'stop' },
  risk: 'disruptive',
  warning:
    'Every connection is cut, and the database is out of service until someone starts it. ' +
    'A stop that has begun cannot be called back.',
  undo: 'Start it with cegedim_start_instance once it has stopped.',
  input: z.object({ id }),
  async: true,
  idempotent: true,
});

export const resizeInstance = defineTool({
  name: 'cegedim_resize_instance',
  title: 'Resize instance',
  description: 'Gives every node of a PostgreSQL instance another size. Disks stay as they are.',
  route: 'PATCH /itcare/databases/postgresql/{id}',
  sends: { operation: 'resize' },
  core: true,
  risk: 'disruptive',
  warning: 'The nodes restart with size {options.sizing}, which cuts connections.',
  undo: 'The provider names none; whether another resize may lead back is not documented.',
  irreversible: true,
  input: z.object({ id, options: z.object({ sizing: oneOfKnown('2cpu4gb') }) }),
  planReads: [sizeNow],
  async: true,
});

export const enableHa = defineTool({
  name: 'cegedim_enable_ha',
  title: 'Convert to HA',
  description: 'Turns a standalone PostgreSQL instance of version 12 or later into an HA one.',
  route: 'PATCH /itcare/databases/postgresql/{id}',
  sends: { operation: 'enable_ha' },
  risk: 'disruptive',
  warning: 'Nodes are added and the running instance is reconfigured, which may cut connections.',
  undo: 'None: no operation makes it standalone again.',
  irreversible: true,
  input: z.object({
    id,
    options: z.object({
      replicationLag: z.int().min(1).max(500).describe('lag up to which a standby may take over; no unit documented'),
      changeReference,
    }),
  }),
  async: true,
});

export const upgradeInstance = defineTool({
  name: 'cegedim_upgrade_instance',
  title: 'Upgrade version',
  description:
    'Upgrades a PostgreSQL instance to another major version, one of cegedim_list_versions. For each 100 GB it takes ' +
    'about 10 minutes for Debian, 5 to reindex, 1 to upgrade and 3 for checksums; a full backup follows.',
  route: 'PATCH /itcare/databases/postgresql/{id}',
  sends: { operation: 'upgrade' },
  risk: 'disruptive',
  warning:
    'The database is down until it runs version {options.targetVersion}: up to about 20 minutes for each 100 GB. ' +
    'A full backup follows.',
  undo: 'None: the old version does not come back. Its backups restore only to an instance of the same version.',
  irreversible: true,
  input: z.object({
    id,
    options: z.object({ targetVersion: z.string().min(1).describe('e.g. 16'), changeReference }),
  }),
  planReads: [{ label: 'versions offered', read: 'cegedim_list_versions', shows: ['items'] }, fileSystems],
  async: true,
});
