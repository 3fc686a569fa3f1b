import { textAt } from '../../values/json-path.js';
import type { Adapter, EngineChange, Read, Remedy, Step } from '../adapter.js';
import type { FleetInstance, Observations } from '../instance.js';
import { idOf } from '../reference.js';
import { listAt } from './answers.js';
import { koreanTime, readEvents } from './nhn/events.js';
import { linksOf, readRows, recordOf } from './nhn/instance.js';
import { observe, record } from './nhn/observe.js';
import { momentAt } from './times.js';

export const nhnAdapter: Adapter = {
  own: 'nhn_get_db_instance',
  bulky: ['nhn_get_metric_statistics'],

  async list(read) {
    const rows = await readRows(read);
    return rows.flatMap((row) => {
      const id = textAt(row, 'dbInstanceId');
      if (!id) return [];
      const instance = recordOf(row, id);
      const members = rows.filter((each) => instance.group && textAt(each, 'dbInstanceGroupId') === instance.group);
      return [{ ...instance, ...linksOf(instance, members) }];
    });
  },

  get: (id, read, now) => record(id, now, read),
  events: readEvents,
  observe,
  async restorable({ id }, _now, read) {
    const info = await read('nhn_get_restoration_info', { dbInstanceId: id });
    const [from, to] = [momentAt(info, 'oldestRestorableYmdt'), momentAt(info, 'latestRestorableYmdt')];
    if (from && to) return { kind: 'range', from, to, source: 'nhn_get_restoration_info' };
    if (textAt(info, 'oldestRestorableYmdt')) return { kind: 'untold', why: 'the restorable range could not be read' };
    const backups = listAt(info, 'restorableBackups').length;
    if (backups === 0) return { kind: 'nothing', why: 'there is no backup to restore from' };
    return { kind: 'nothing', why: `only its backups can be restored (${backups} now), and no moment between them` };
  },

  can: (remedy) => Object.hasOwn(steps, remedy),
  step: (remedy, instance, seen) => steps[remedy]?.(instance, seen),
  engineSteps,
};

/** Undefined also when the provider has the tool but something that the call needs is not known. */
type ToStep = (instance: FleetInstance, seen: Observations) => Step | undefined;

const onInstance =
  (tool: string, more: Record<string, unknown> = {}): ToStep =>
  ({ id }) => ({ tool, arguments: { dbInstanceId: id, ...more } });

/** What belongs to the whole group is changed on its primary. */
const onPrimary =
  (tool: string): ToStep =>
  ({ id, primary }) => ({ tool, arguments: { dbInstanceId: primary === undefined ? id : idOf(primary) } });

const steps: Partial<Record<Remedy, ToStep>> = {
  growStorage,
  start: onInstance('nhn_start_db_instance'),
  restart: onInstance('nhn_restart_db_instance'),
  // A person has to choose the new size.
  resize: () => ({ tool: 'nhn_list_db_flavors', arguments: {} }),
  backUpNow: ({ id, name }, { now }) => ({
    tool: 'nhn_backup_db_instance',
    arguments: { dbInstanceId: id, backupName: `${name}-${koreanTime(now).slice(0, 16).replace(/\D/g, '')}` },
  }),
  turnOnBackups: onInstance('nhn_modify_backup_info', {
    backupPeriod: 7,
    backupSchedules: [{ backupWndBgnTime: '02:00:00', backupWndDuration: 'TWO_HOURS' }],
  }),
  protectFromDeletion: onInstance('nhn_modify_deletion_protection', { useDeletionProtection: true }),
  applyParameters: onInstance('nhn_apply_parameter_group'),
  applyAccessRules: onPrimary('nhn_apply_hba_rules'),
  listNetworkRules,
  listAccessRules: onPrimary('nhn_list_hba_rules'),
  closeNetwork,
  closeToEveryone,
  resumeHighAvailability: onPrimary('nhn_resume_high_availability'),
  repairHighAvailability,
  listVersions: onInstance('nhn_list_available_db_versions'),
  readMetrics: ({ id, role }, { now }) => {
    const metricNames = role === 'standby' || role === 'replica' ? [...metrics, 'REPLICATION_LAG_SECONDS'] : metrics;
    return { tool: 'nhn_get_metric_statistics', arguments: { dbInstanceId: id, metricNames, ...lastDay(now) } };
  },
  listEvents: ({ id }, { now }) => ({
    tool: 'nhn_list_events',
    arguments: { page: 1, size: 100, eventCategoryType: 'ALL', sourceId: id, ...lastDay(now) },
  }),
  readDetails: onInstance('nhn_get_db_instance'),
};

const metrics = ['CPU_USAGE', 'MEMORY_USAGE', 'STORAGE_USAGE', 'DATABASE_CONNECTIONS_TOTAL'];
const lastDay = (now: number) => ({ from: koreanTime(now - 86_400_000), to: koreanTime(now) });

const largestStorage = 2048;
const wantedPercent = 70;

/** Adds a quarter, or as much as brings the use to a comfortable level. */
function growStorage({ id, storage }: FleetInstance): Step | undefined {
  const size = storage?.gigabytes;
  if (size === undefined || size >= largestStorage) return undefined;
  const wanted = Math.max(1.25, (storage?.usedPercent ?? 0) / wantedPercent) * size;
  const storageSize = Math.min(largestStorage, Math.ceil(wanted / 10) * 10);
  return { tool: 'nhn_modify_storage_info', arguments: { dbInstanceId: id, storageSize } };
}

/** Only when the network is the lock that lets in nobody. */
function listNetworkRules(_: FleetInstance, { closed = [] }: Observations): Step | undefined {
  const isShut = closed[0]?.lets.length === 0;
  return isShut ? { tool: 'nhn_list_db_security_groups', arguments: {} } : undefined;
}

function closeNetwork(instance: FleetInstance, { exposures = [] }: Observations): Step | undefined {
  if (instance.publicAccess)
    return {
      tool: 'nhn_modify_network_info',
      arguments: { dbInstanceId: instance.id, usePublicAccess: false },
    };
  const isOpen = exposures.some(({ kind }) => kind === 'security group');
  return isOpen ? { tool: 'nhn_list_db_security_groups', arguments: {} } : undefined;
}

/** Both locks have to let an address pass, so without these rules of the network nobody gets in from everywhere. */
function closeToEveryone(_: FleetInstance, { exposures = [] }: Observations): Step | undefined {
  const rules = exposures.flatMap(({ rule }) => rule ?? []);
  const [first, ...others] = new Set(rules.map(({ group }) => group));
  // Each call is about one group.
  if (first === undefined || others.length > 0) return undefined;
  const ruleIds = rules.map(({ id }) => id);
  return { tool: 'nhn_delete_db_security_group_rules', arguments: { dbSecurityGroupId: first, ruleIds } };
}

/** The repair is for the instance that failed, whichever instance of the pair the finding is about. */
function repairHighAvailability(instance: FleetInstance, { related }: Observations): Step | undefined {
  const failed = [instance, ...related].find(({ role }) => role === 'failed primary');
  return failed && { tool: 'nhn_repair_high_availability', arguments: { dbInstanceId: failed.id } };
}

/** Both kinds of change are stored first, and applied by a second call. */
async function engineSteps(change: EngineChange, { id, group }: FleetInstance, read: Read): Promise<Step[]> {
  if ('extension' in change) return group === undefined ? [] : extensionSteps(change, group);
  const { parameter, value, unit = '' } = change;
  const parameterGroupId = textAt(await read('nhn_get_db_instance', { dbInstanceId: id }), 'parameterGroupId');
  if (parameterGroupId === undefined) return [];
  if (value === undefined) return [{ tool: 'nhn_get_parameter_group', arguments: { parameterGroupId } }];
  const modifiedParameters = [{ parameterName: parameter, value: `${value}${unit}` }];
  return [
    { tool: 'nhn_modify_parameters', arguments: { parameterGroupId, modifiedParameters } },
    { tool: 'nhn_apply_parameter_group', arguments: { dbInstanceId: id } },
  ];
}

/** Extensions and databases are known by their names, which calls take in place of ids. */
const extensionSteps = (
  { extension, database }: Extract<EngineChange, { extension: string }>,
  dbInstanceGroupId: string,
): Step[] => [
  {
    tool: 'nhn_install_extension',
    arguments: { dbInstanceGroupId, extensionId: extension, databaseId: database, schemaName: 'public' },
  },
  { tool: 'nhn_apply_extension_changes', arguments: { dbInstanceGroupId } },
];
