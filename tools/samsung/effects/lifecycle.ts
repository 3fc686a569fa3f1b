import type { Effect, EffectCondition, Impossibility } from '../../../src/define/index.js';
import { cluster, clusters, isNowhere } from './_state.js';

const isStopped: EffectCondition = { is: { 'now.service_state': 'STOPPED' } };
const startsIt = 'samsung_start_cluster starts it.';

export const startCluster: Effect = {
  looks: { now: cluster },
  impossible: [
    {
      if: { is: { 'now.service_state': 'RUNNING' } },
      because: '{now.name} runs already.',
      instead: 'samsung_restart_cluster restarts it.',
    },
  ],
};

export const stopCluster: Effect = {
  looks: { now: cluster },
  impossible: [{ if: isStopped, because: '{now.name} is stopped already.', instead: startsIt }],
};

export const restartCluster: Effect = {
  looks: { now: cluster },
  impossible: [{ if: isStopped, because: '{now.name} is stopped.', instead: startsIt }],
};

export const switchoverCluster: Effect = {
  looks: { now: cluster },
  impossible: [
    {
      if: { is: { 'now.ha_enabled': false } },
      because: '{now.name} has no standby server, because it was made without high availability.',
      instead: 'samsung_restart_cluster restarts it, with an outage.',
    },
    { if: isStopped, because: '{now.name} is stopped.', instead: startsIt },
  ],
};

const group = {
  ...clusters,
  at: 'instance_groups[]',
  where: { id: '{instance_group_id}' },
} as const;

export const noSuchGroup: Impossibility = {
  if: isNowhere('clusters.instance_groups.id', 'instance_group_id'),
  because: 'No cluster of this region has an instance group {instance_group_id}.',
  instead: 'samsung_get_cluster shows the ids of the instance groups of a cluster.',
};

export const resizeInstanceGroup: Effect = {
  looks: { clusters, group },
  changes: { server_type_name: 'group.server_type_name' },
  dangers: [
    {
      if: { changes: 'server_type_name' },
      risk: 'disruptive',
      warning:
        'Its servers restart as {server_type_name}, now {group.server_type_name}; the database is down meanwhile.',
      undo: 'Change back to {group.server_type_name}, with another restart.',
    },
  ],
  impossible: [noSuchGroup],
};

/** Major and minor version of a text such as `16.10`. */
const versionOf = (text: unknown): [major: number, minor: number] | undefined => {
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(String(text)) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
};

/** Judges the wanted version by the present one, where both are written as they are documented. */
const wanted = (
  isWrong: (wanted: [number, number], present: [number, number]) => boolean,
  path = 'now.software_version',
): EffectCondition => ({
  test: ({ args, at }) => {
    const version = versionOf(args['software_version']);
    const present = at(path)?.map(versionOf);
    if (!version || !present) return undefined;
    if (present.some((each) => each !== undefined && isWrong(version, each))) return true;
    return present.includes(undefined) ? undefined : false;
  },
});

export const patchMinorVersion: Effect = {
  looks: {
    now: cluster,
    replicas: {
      ...clusters,
      each: { ...clusters.each, where: { role_type: 'REPLICA' } },
      where: { origin_cluster_id: '{cluster_id}' },
      says: '{name} {software_version}',
    },
  },
  changes: {
    software_version: 'now.software_version',
    backup_before_upgrade: { action: 'takes a backup, which is removed once the upgrade has succeeded' },
  },
  dangers: [
    {
      risk: 'disruptive',
      warning: 'The database is down while it is upgraded from {now.software_version} to {software_version}.',
      undo: 'None: version {now.software_version} does not come back.',
      irreversible: true,
    },
  ],
  impossible: [
    {
      if: wanted(([major], [present]) => major !== present),
      because: '{now.name} has version {now.software_version}, and a patch stays within the major version.',
      instead: 'samsung_list_engine_versions shows the versions that there are.',
    },
    {
      if: wanted(([, minor], [, present]) => minor <= present),
      because: '{now.name} has version {now.software_version}, so {software_version} is not newer.',
      instead: 'samsung_list_engine_versions shows the versions that there are.',
    },
    {
      if: wanted(([major, minor], [other, present]) => major === other && minor > present, 'replicas.software_version'),
      because: 'Replicas go before their origin, and not all have it yet: {replicas.said}.',
      instead: 'Patch them to {software_version} first.',
    },
  ],
};
