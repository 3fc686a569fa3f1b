import type { Effect, EffectFacts } from '../../../src/define/index.js';
import { actionsBefore, fileSystems, instanceNow, networkOfAnother, stopped } from './looks.js';

const exposed = { risk: 'exposing', undo: 'Delete the instance: no operation gives it another network.' } as const;

export const createInstance: Effect = {
  looks: { inNetwork: networkOfAnother },
  prepares: {
    looks: { now: instanceNow },
    fills: {
      productCode: 'now.productCode',
      serviceId: 'now.serviceId',
      networkId: 'now.networkId',
      topology: 'now.topology',
      nodeSizing: 'now.nodeSizing',
      diskSize: 'now.storage',
      allowedReplicationLag: 'now.allowedReplicationLag',
      trigram: 'now.trigram',
      area: 'now.area',
      az: 'now.labelAvailabilityZone',
      tls: 'now.tlsEnabled',
      region: 'now.labelRegion',
      cloudId: 'now.cloudId',
      supportLevel: 'now.supportLevel',
      backupEnabled: 'now.backupStatus',
      replicationEnabled: 'now.replicationStatus',
    },
    reachableFrom: 'now.network.cidr',
  },
  creates: 'name',
  ordinary: {
    warning: 'A new instance, which is billed, with its administrator.',
    undo: 'cegedim_delete_instance deletes it, and what is in it by then.',
  },
  dangers: [
    {
      ...exposed,
      if: { all: [{ is: { 'inNetwork.network.isIpRangePublic': true } }, { has: 'inNetwork' }] },
      warning: 'Its nodes get public addresses, of {inNetwork.network.cidr}: the internet may reach them.',
    },
    {
      ...exposed,
      if: { not: { has: 'inNetwork' } },
      warning: 'Whether network {networkId} is public is not known: no instance that was found is in it.',
    },
  ],
};

export const startInstance: Effect = {
  looks: { now: instanceNow },
  dangers: [],
  ordinary: { warning: 'The database is in service again.', undo: 'cegedim_stop_instance stops it.' },
  impossible: [
    {
      if: { is: { 'now.status': 'ACTIVE' } },
      because: '{now.name} is {now.status}: it runs already.',
      instead: 'Only an instance that is stopped can be started.',
    },
  ],
};

export const stopInstance: Effect = {
  looks: { now: instanceNow },
  impossible: [
    {
      if: { is: { 'now.status': stopped } },
      because: '{now.name} is {now.status}: it is stopped already.',
      instead: 'cegedim_start_instance starts it.',
    },
  ],
};

const sizeBack = {
  risk: 'disruptive',
  undo: 'None that is documented. Another resize to {now.nodeSizing} may lead back.',
  irreversible: true,
} as const;

export const resizeInstance: Effect = {
  looks: { now: instanceNow },
  changes: { 'options.sizing': 'now.nodeSizing' },
  dangers: [
    {
      ...sizeBack,
      if: { changes: 'options.sizing' },
      warning: 'All nodes restart with size {options.sizing} instead of {now.nodeSizing}, which cuts connections.',
    },
    { ...sizeBack, if: { test: hasLess('cpu') }, warning: 'It has fewer processors from then on.' },
    { ...sizeBack, if: { test: hasLess('gb') }, warning: 'It has less memory from then on.' },
  ],
};

/** Whether the new size has less of something. A size is written as `4cpu16gb`. */
function hasLess(unit: 'cpu' | 'gb') {
  const amountIn = (size: unknown) => Number(new RegExp(`(\\d+)${unit}`).exec(String(size))?.[1] ?? Number.NaN);
  return ({ changes }: EffectFacts): boolean => changes.some(({ before, after }) => amountIn(after) < amountIn(before));
}

export const enableHa: Effect = {
  looks: { now: instanceNow },
  impossible: [
    {
      if: { is: { 'now.topology': 'HA' } },
      because: '{now.name} is HA already.',
      instead: 'cegedim_list_nodes shows its nodes.',
    },
    {
      if: { isBelow: { 'now.version': 12 } },
      because: '{now.name} has version {now.version}, and HA needs version 12 or later.',
      instead: 'cegedim_upgrade_instance upgrades it first.',
    },
  ],
};

export const upgradeInstance: Effect = {
  looks: { now: instanceNow, actions: actionsBefore, disks: fileSystems },
  changes: { 'options.targetVersion': 'now.version' },
  dangers: [
    {
      risk: 'disruptive',
      warning:
        'The database is down until it runs version {options.targetVersion} instead of {now.version}: up to about 20 ' +
        'minutes for each 100 GB. A full backup follows.',
      undo: 'None: the old version does not come back. Its backups restore only to an instance of the same version.',
      irreversible: true,
    },
    {
      if: { is: { 'now.backupStatus': false } },
      risk: 'disruptive',
      warning: 'It is not backed up: nothing leads back from an upgrade that goes wrong.',
      undo: 'None: the old version does not come back. Its backups restore only to an instance of the same version.',
      irreversible: true,
    },
  ],
  impossible: [
    {
      if: { not: { rises: 'options.targetVersion' } },
      because: '{now.name} has version {now.version}, and an upgrade only goes to a later one.',
      instead: 'cegedim_list_versions shows which there are.',
    },
    {
      if: { test: lacksSpaceAsBefore },
      because: 'Its last upgrade failed for lack of space, and the disk is still as good as full.',
      instead: 'Remove data, or have the provider enlarge the disk, and upgrade then.',
    },
  ],
};

/** Whether the last upgrade failed for lack of space, and a disk still has less free than this share. */
function lacksSpaceAsBefore({ seen: { actions, disks } }: EffectFacts): boolean | undefined {
  if (!actions || !disks || actions.unread !== undefined || disks.unread !== undefined) return undefined;
  const last = actions.records
    .filter(({ process }) => /upgrade/i.test(String(process)))
    .toSorted((a, b) => Date.parse(String(a['submittedAt'])) - Date.parse(String(b['submittedAt'])))
    .at(-1);
  const isForSpace = last?.['status'] === 'ERROR' && /\b(space|disk)\b/i.test(String(last['message']));
  return isForSpace && disks.records.some(({ free, sizeOf }) => Number(free) < Number(sizeOf) * leastFreeShare);
}

const leastFreeShare = 0.1;
