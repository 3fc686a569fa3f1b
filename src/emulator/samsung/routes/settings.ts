import * as z from 'zod';
import { day } from '../../core/dates.js';
import { nothing } from '../../core/requests.js';
import type { ArchiveConfig, Cluster } from '../entities.js';
import { addresses, dayOfWeek, periodHour } from '../fields.js';
import { invalid, wrongState } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import type { Samsung } from '../store.js';
import { edit, refuseUnless, startWork } from '../work.js';

/** Who may connect, when maintenance may happen, what is audited, and the archive of WAL. */
export function settingRoutes(samsung: Samsung): Routes {
  const { world, store } = samsung;
  const clusterOf = (call: Call) => store.clusters.get(call.path('cluster_id'));
  return {
    'POST /v1/clusters/:cluster_id/security-group-rules': (call) => {
      const cluster = clusterOf(call);
      const { add_ip_addresses: added, del_ip_addresses: removed } = call.body(rules);
      if (added.length + removed.length === 0) throw invalid('There is no address to add or to remove.');
      const unknown = removed.find((address) => !cluster.allowableIpAddresses.includes(address));
      if (unknown) throw invalid(`Cluster ${cluster.name} does not allow ${unknown}, so it cannot be removed.`);
      return edit(samsung, call, cluster, () => {
        const kept = cluster.allowableIpAddresses.filter((address) => !removed.includes(address));
        cluster.allowableIpAddresses = [...new Set([...kept, ...added])];
      });
    },

    'POST /v1/clusters/:cluster_id/maintenance': (call) => {
      const cluster = clusterOf(call);
      const { start_day_of_week, start_time, start_minute, term_hour } = call.body(maintenance);
      return edit(samsung, call, cluster, () => {
        cluster.maintenanceOption = {
          period_hour: term_hour,
          starting_day_of_week: start_day_of_week,
          starting_time: start_time.padStart(2, '0') + start_minute.padStart(2, '0'),
        };
      });
    },

    'DELETE /v1/clusters/:cluster_id/maintenance': (call) => {
      call.body(nothing);
      const cluster = clusterOf(call);
      return edit(samsung, call, cluster, () => {
        cluster.maintenanceOption = null;
      });
    },

    'PUT /v1/clusters/:cluster_id/audit-log': (call) => {
      const cluster = clusterOf(call);
      const { use_audit_log } = call.body(z.strictObject({ use_audit_log: z.boolean() }));
      return edit(samsung, call, cluster, () => {
        cluster.auditEnabled = use_audit_log;
      });
    },

    'GET /v1/clusters/:cluster_id/archive': (call) => {
      const { enabled, retentionDays } = clusterOf(call).archive.recorded;
      return { archive_enabled: enabled, retention_period_day: retentionDays };
    },

    'PUT /v1/clusters/:cluster_id/archive': (call) => {
      const cluster = clusterOf(call);
      const { archive_enabled, retention_period_day } = call.body(archive);
      const retentionDays = retention_period_day ?? 1;
      return edit(samsung, call, cluster, () => {
        const config: ArchiveConfig = { enabled: archive_enabled, retentionDays };
        // When the archive is switched on again, it has a gap before this time. A shorter retention drops what is
        // older.
        const begun = cluster.archive.enabled ? cluster.archive.since : world.now();
        const since = Math.max(begun, world.now() - retentionDays * day);
        cluster.archive = { ...config, since, recorded: config };
      });
    },

    'DELETE /v1/clusters/:cluster_id/archive': (call) => {
      call.body(nothing);
      const cluster = clusterOf(call);
      call.query(z.strictObject({ type: z.literal('ALL').default('ALL') }));
      if (!cluster.archive.enabled) throw wrongState(`Cluster ${cluster.name} archives no WAL.`);
      return edit(samsung, call, cluster, () => {
        cluster.archive.since = world.now();
      });
    },

    'POST /v1/clusters/:cluster_id/archive/sync': (call) => {
      const cluster = clusterOf(call);
      return synchronize(call, cluster, () => {
        const { enabled, retentionDays } = cluster.archive;
        cluster.archive.recorded = { enabled, retentionDays };
      });
    },

    'POST /v1/clusters/:cluster_id/parameters/sync': (call) => {
      const cluster = clusterOf(call);
      return synchronize(call, cluster, () => {
        cluster.parameters.recorded = { ...cluster.parameters.applied };
        cluster.parameters.recordedAt = world.now();
      });
    },
  };

  /** Renews what is recorded about the servers. The servers stay as they are. */
  function synchronize(call: Call, cluster: Cluster, effect: () => void) {
    call.body(nothing);
    refuseUnless(cluster, ['RUNNING']);
    return startWork(samsung, call, { cluster, during: 'SYNCHRONIZING', seconds: 4, effect });
  }
}

const rules = z.strictObject({ add_ip_addresses: addresses.default([]), del_ip_addresses: addresses.default([]) });

const maintenance = z.strictObject({
  start_day_of_week: dayOfWeek,
  start_time: z.string().regex(/^([01]?\d|2[0-3])$/),
  start_minute: z.string().regex(/^[0-5]?\d$/),
  term_hour: periodHour,
});

const archive = z.strictObject({
  archive_enabled: z.boolean(),
  retention_period_day: z.number().int().min(1).max(35).nullish(),
});
