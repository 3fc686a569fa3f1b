import * as z from 'zod';
import { day, minute } from '../../core/dates.js';
import { nothing, pageOf } from '../../core/requests.js';
import { expireBackups, isFinished } from '../backups.js';
import type { Cluster, Disk } from '../entities.js';
import * as field from '../fields.js';
import { newArchive, newCluster, privateAddress, refuseUnknownServerType, toDisk } from '../provisioning.js';
import { invalid, wrongState } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { newId, refuseTakenName, type Samsung } from '../store.js';
import { backupView } from '../views/backups.js';
import { shownTime } from '../views/time.js';
import { edit, refuseUnless, startWork } from '../work.js';

export function backupRoutes(samsung: Samsung): Routes {
  const { world, store } = samsung;
  const clusterOf = (call: Call) => store.clusters.get(call.path('cluster_id'));
  return {
    'GET /v1/clusters/:cluster_id/backup-histories': (call) => {
      const { backups } = clusterOf(call);
      const { limit: size = backups.length, page } = call.query(listing);
      const contents = backups.toReversed().map((backup) => backupView(backup, world.now()));
      return { contents: pageOf(contents, { page, size }), total_count: contents.length };
    },

    'PUT /v1/clusters/:cluster_id/backup-histories': (call) => {
      const cluster = clusterOf(call);
      const { backup_history_number: numbers } = call.body(removal);
      for (const number of numbers) backupOf(cluster, number);
      return edit(samsung, call, cluster, () => {
        cluster.backups = cluster.backups.filter((backup) => !numbers.includes(backup.number));
      });
    },

    'POST /v1/clusters/:cluster_id/backups': (call) => {
      const cluster = clusterOf(call);
      const backupOption = call.body(setting);
      return edit(samsung, call, cluster, () => {
        if (!cluster.backupOption && !cluster.archive.enabled) cluster.archive = newArchive(samsung, backupOption);
        cluster.backupOption = backupOption;
        expireBackups(cluster, world.now());
      });
    },

    'DELETE /v1/clusters/:cluster_id/backups': (call) => {
      call.body(nothing);
      const cluster = clusterOf(call);
      if (!cluster.backupOption) throw wrongState(`Cluster ${cluster.name} has no backup to unset.`);
      return edit(samsung, call, cluster, () => {
        cluster.backupOption = null;
        cluster.backups = [];
        cluster.archive = newArchive(samsung, null);
      });
    },

    'POST /v1/clusters/:cluster_id/restore': (call) => {
      const source = clusterOf(call);
      const given = call.body(restoration);
      refuseTakenName(store, given.name);
      refuseUnless(source, ['RUNNING', 'STOPPED', 'ERROR']);
      refuseUnknownServerType(given.server_type_name);
      refuseMissingPoint(source, given, world.now());
      const prefix = given.instance_name_prefix;
      const server = `${prefix}001`;
      const cluster = newCluster(samsung, {
        name: given.name,
        roleType: 'RECOVERY',
        region: source.region,
        engineVersionId: source.engineVersionId,
        haEnabled: false,
        natEnabled: false,
        allowableIpAddresses: given.allowable_ip_addresses,
        subnetId: source.subnetId,
        timezone: source.timezone,
        vipPublicIpId: null,
        virtualIpAddress: null,
        database: { ...source.database },
        auditEnabled: source.auditEnabled,
        backupOption: null,
        maintenanceOption: given.maintenance_option,
        groups: [
          {
            id: newId(samsung),
            role: 'ACTIVE',
            serverType: given.server_type_name,
            disks: disksFor(samsung, source, given.block_storage_groups ?? [], prefix),
            instances: [
              { name: server, role: 'ACTIVE', address: privateAddress(server), publicIpId: null, failed: false },
            ],
          },
        ],
        archive: newArchive(samsung, null),
        parameters: structuredClone(source.parameters),
      });
      return startWork(samsung, call, { cluster, during: 'CREATING', seconds: 45 });
    },
  };
}

function backupOf(cluster: Cluster, number: string) {
  const backup = cluster.backups.find((each) => each.number === number);
  if (!backup) throw invalid(`Cluster ${cluster.name} has no backup ${number}.`);
  return backup;
}

type Point = Pick<z.infer<typeof restoration>, 'backup_history_number' | 'backup_recovery_time'>;

/** A number together with a time is not documented. Here the number is used. */
function refuseMissingPoint(
  source: Cluster,
  { backup_history_number: number, backup_recovery_time }: Point,
  now: number,
) {
  if (number) {
    if (!isFinished(backupOf(source, number), now)) throw wrongState(`Backup ${number} is not one to restore from.`);
    return;
  }
  if (!backup_recovery_time) throw invalid('Give backup_history_number or backup_recovery_time.');
  if (!source.archive.enabled) throw wrongState(`Cluster ${source.name} archives no WAL to recover from.`);
  // WAL is only useful for a backup that it follows without a gap.
  const since = Math.max(source.archive.since, now - source.archive.retentionDays * day);
  const first = source.backups.find((backup) => isFinished(backup, now) && backup.startAt >= since);
  if (!first) throw wrongState(`Cluster ${source.name} has no backup that its archived WAL follows.`);
  const until = now - Number(source.backupOption?.archive_frequency_minute ?? 60) * minute;
  const time = Date.parse(backup_recovery_time);
  if (time < first.startAt || time > until)
    throw invalid(`backup_recovery_time is not between ${shownTime(first.startAt)} and ${shownTime(until)}.`);
}

function disksFor(samsung: Samsung, source: Cluster, given: z.infer<typeof field.disk>[], prefix: string): Disk[] {
  const originals = source.groups[0]?.disks ?? [];
  if (given.length === 0) return originals.map((disk) => ({ ...disk, id: newId(samsung) }));
  const isData = ({ role }: Disk) => role === 'DATA';
  const wanted = given.map((disk, index) => toDisk(samsung, disk, prefix, index + 1));
  for (const [index, original] of originals.filter(isData).entries()) {
    const disk = wanted.filter(isData)[index];
    if (disk && (disk.sizeGb < original.sizeGb || disk.volumeType !== original.volumeType))
      throw invalid(`A data disk needs at least ${original.sizeGb} GB of ${original.volumeType}.`);
  }
  return wanted;
}

// Unlike the other lists, this one calls the page size limit. Its first page is taken to be 0, as in the others.
const listing = z.strictObject({
  limit: z.coerce.number().int().min(1).optional(),
  page: z.coerce.number().int().min(0).default(0),
});

const removal = z.strictObject({ backup_history_number: z.array(z.string()).min(1) });

const setting = z.strictObject({
  archive_frequency_minute: field.frequencyMinute,
  retention_period_day: field.retentionDays,
  starting_time_hour: field.hourOfDay,
});

const restoration = z.strictObject({
  allowable_ip_addresses: field.addresses.default([]),
  backup_history_number: field.optionalText,
  backup_recovery_time: z.iso.datetime({ offset: true }).nullish(),
  block_storage_groups: z.array(field.disk).nullish(),
  instance_name_prefix: field.serverNamePrefix(16),
  maintenance_option: field.maintenanceOption,
  name: field.clusterName,
  server_type_name: z.string(),
  tags: field.tags,
});
