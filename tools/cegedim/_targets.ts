import type { NamedThing, PlanRead, Target } from '../../src/define/index.js';

const newestBackup: PlanRead = {
  label: 'newest backup',
  read: 'cegedim_get_instance',
  at: 'backupPolicyDetails.backups[]',
  newestBy: 'backupLastDate',
  shows: ['type', 'backupLastDate'],
};

const instanceFields = ['status', 'environment', 'topology', 'nodeCount', 'nodeSizing', 'version', 'backupStatus'];

/** What a restore reads from, which is not the instance that it writes to. */
export const restoreSource: readonly PlanRead[] = [
  {
    label: 'source of the restore',
    read: 'cegedim_get_instance',
    with: { id: '{options.sourceId}' },
    shows: ['name', ...instanceFields],
  },
  { ...newestBackup, label: 'newest backup of the source', with: { id: '{options.sourceId}' } },
];

/** The documents give no units. */
export const sizeNow: PlanRead = {
  label: 'size now',
  read: 'cegedim_get_instance',
  shows: ['nodeSizing', 'cpu', 'ram', 'storage'],
};

export const fileSystems: PlanRead = {
  label: 'file systems',
  read: 'cegedim_list_nodes',
  at: 'items[].storageInformation.fileSystems[]',
  shows: ['mountingPoint', 'sizeOf', 'free'],
  moves: ['free'],
};

/** What is in an instance before it is gone. */
export const databasesLost: PlanRead = {
  label: 'databases that are lost',
  read: 'cegedim_list_databases',
  at: 'items[]',
  shows: ['name'],
  isWhole: true,
};

const number = /^\d+$/;

/** Every resource, each with the service and the cloud that it belongs to. */
const resources = {
  read: 'cegedim_list_resources',
  with: { size: 100 },
  pageBy: 'page',
  pageFrom: 0,
  totalAt: 'totalElements',
  at: 'content[]',
} as const;

export const targets: readonly Target[] = [
  // Only creating is about a name: whether it happened shows in the inventory.
  {
    argument: 'name',
    label: 'resource',
    read: 'cegedim_list_resources',
    at: 'content[]',
    where: { name: '{name}' },
    name: 'name',
    shows: ['status', 'type', 'environment'],
  },
  {
    argument: 'id',
    label: 'instance',
    read: 'cegedim_get_instance',
    listedBy: 'cegedim_list_resources',
    name: 'name',
    shows: instanceFields,
    also: [newestBackup],
    named: {
      also: ['options.sourceId', 'resourceId'],
      form: number,
      lists: [{ ...resources, id: 'id', name: 'name', tells: ['type', 'environment', 'status', 'serviceName'] }],
    },
  },
];

/** Where a new instance goes. Those that have no resource yet are in no list. */
export const things: readonly NamedThing[] = [
  {
    argument: 'serviceId',
    label: 'service',
    form: number,
    lists: [{ ...resources, id: 'serviceId', name: 'serviceName', tells: ['cloudName'] }],
  },
  {
    argument: 'cloudId',
    label: 'cloud',
    form: number,
    lists: [{ ...resources, id: 'cloudId', name: 'cloudName', tells: ['serviceName'] }],
  },
  {
    // A network has no name, and people know it by its range. Networks are told for instances alone.
    argument: 'networkId',
    label: 'network',
    form: number,
    lists: [
      {
        each: {
          read: 'cegedim_list_resources',
          with: { page: 0, size: 200 },
          at: 'content[]',
          where: { type: 'PostgreSQL' },
        },
        read: 'cegedim_list_networks',
        with: { id: '{id}' },
        at: 'items[]',
        id: 'id',
        name: 'cidr',
        tells: ['environment', 'scope', 'networkShortDescription'],
      },
    ],
  },
];
