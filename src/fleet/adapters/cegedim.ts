import { exactId } from '../../values/exact-json.js';
import { textAt, valueAt } from '../../values/json-path.js';
import { type Values } from '../../values/values.js';
import type { Adapter, EngineChange, Read, Remedy, Step } from '../adapter.js';
import {
  allFacts,
  type Exposure,
  type Fact,
  type FleetInstance,
  type Observations,
  type ProviderInstance,
} from '../instance.js';
import { idOf } from '../reference.js';
import { attempt, flagAt, listAt, type Untold, untoldOf } from './answers.js';
import { eventsOf, jobsOf } from './cegedim/actions.js';
import { idsOf, isInstance, recordOf, restorableOf, withNodes } from './cegedim/instance.js';

const day = 24 * 3_600_000;
const pageSize = 200;
/** The inventory has resources of every kind, so instances may be on pages far apart. */
const mostPages = 50;
const mostInstances = 1_000;

const notTold: Untold = [{ what: 'CPU, connections, replication lag', facts: ['load', 'replicationLag'] }];

export const cegedimAdapter: Adapter = {
  own: 'cegedim_get_instance',
  tellsOnlyJobs: true,

  async list(read) {
    const resources = await readInventory(read);
    return Promise.all(resources.map((resource) => readListed(resource, read)));
  },

  names: async (read) => (await readInventory(read)).map((resource) => recordOf(resource, idsOf(resource)[0] ?? '')),

  async get(id, read) {
    const [instance, nodes] = await Promise.all([
      read('cegedim_get_instance', { id: exactId(id) }),
      readNodes(id, read).catch(() => undefined),
    ]);
    const record = recordOf(instance, id);
    return nodes ? withNodes(record, nodes) : record;
  },

  async events({ from, to, instanceId }, read) {
    const [answer, resources] = await Promise.all([
      read('cegedim_list_actions', instanceId ? { resourceId: exactId(instanceId) } : {}),
      instanceId ? [] : readInventory(read).catch(() => []),
    ]);
    const idOf = (name: string) => instanceId ?? idNamed(name, resources);
    return eventsOf(answer, { idOf, from: Date.parse(from), to: Date.parse(to) });
  },

  async observe(listed, now, read, facts = allFacts) {
    const { id, storage } = listed;
    const has = (...wanted: readonly Fact[]) => wanted.some((fact) => facts.has(fact));
    const isWhole = storage?.usedPercent !== undefined;
    const [own, actions, networks, nodes] = await Promise.all([
      isWhole ? nothing : attempt('settings', () => read('cegedim_get_instance', { id: exactId(id) })),
      has('events', 'jobs') ? attempt('actions', () => readActions(id, now, read)) : nothing,
      has('access') ? attempt('networks', () => readExposures(id, read)) : nothing,
      has('state', 'storageUse') && !isWhole ? attempt('nodes', () => readNodes(id, read)) : nothing,
    ]);
    const instance = own.seen ? recordOf(own.seen, id) : listed;
    return {
      instance: nodes.seen ? withNodes(instance, nodes.seen) : instance,
      exposures: networks.seen,
      ...actions.seen,
      unavailable: [
        ...[own, actions, networks, nodes].flatMap(({ unavailable }) => unavailable),
        ...untoldOf(notTold, facts),
      ],
    };
  },

  restorable: async (instance, now) => restorableOf(instance, now),

  can: (remedy) => Object.hasOwn(steps, remedy),
  step: (remedy, instance, seen) => (isNumber(instance.id) ? steps[remedy]?.(instance, seen) : undefined),
  engineSteps: async (change, instance) => extensionSteps(change, instance),
};

/** What is not asked. */
const nothing = { seen: undefined, unavailable: [] };

const isNumber = (id: string): boolean => /^[1-9]\d*$/.test(id);

const about =
  (tool: string, argument = 'id') =>
  ({ id }: FleetInstance): Step => ({ tool, arguments: { [argument]: exactId(id) } });

/**
 * Disk, backups and networks cannot be changed here, and a person has to choose a new size or version. Nothing restarts
 * an instance in one call.
 */
const steps: Partial<Record<Remedy, (instance: FleetInstance, seen: Observations) => Step | undefined>> = {
  start: about('cegedim_start_instance'),
  restart: about('cegedim_stop_instance'),
  // A person has to choose the version.
  upgrade: about('cegedim_list_versions'),
  listVersions: about('cegedim_list_versions'),
  listEvents: about('cegedim_list_actions', 'resourceId'),
  listAccessRules: about('cegedim_list_networks'),
  followJob: (_, { jobs = [] }) => {
    const actionId = idOf(jobs[0]?.handle ?? '');
    return isNumber(actionId) ? { tool: 'cegedim_get_action', arguments: { actionId: exactId(actionId) } } : undefined;
  },
  // Only this answer shows which server of a pair has the problem.
  readDetails: (instance) =>
    about(instance.highAvailability?.enabled ? 'cegedim_list_nodes' : 'cegedim_get_instance')(instance),
};

/** The API installs extensions from this version on, and changes no parameters. */
const firstWithExtensions = 15;

function extensionSteps(change: EngineChange, { id, engineVersion = '' }: FleetInstance): Step[] {
  if (!('extension' in change) || !isNumber(id) || Number.parseInt(engineVersion, 10) < firstWithExtensions) return [];
  const options = { dbname: change.database, extensions_list: [{ name: change.extension }] };
  return [{ tool: 'cegedim_install_extension', arguments: { id: exactId(id), options } }];
}

/** Reads page by page. The documents disagree on the number of the first page, so one page may come twice. */
async function readInventory(read: Read): Promise<Values[]> {
  const found = new Map<string, Values>();
  for (let page = 0; page < mostPages && found.size < mostInstances; page += 1) {
    const answer = await read('cegedim_list_resources', { page, size: pageSize });
    for (const resource of listAt(answer, 'content').filter(isInstance)) {
      const [id] = idsOf(resource);
      if (id) found.set(id, resource);
    }
    if (valueAt(answer, 'last') !== false) break;
  }
  return [...found.values()];
}

/** The id of the only instance with a name. */
function idNamed(name: string, resources: readonly Values[]): string | undefined {
  const [only, ...others] = resources.filter((resource) => textAt(resource, 'name') === name);
  return only && others.length === 0 ? idsOf(only)[0] : undefined;
}

/** An instance that cannot be read still counts: its line in the inventory has name and status. */
async function readListed(resource: Values, read: Read): Promise<ProviderInstance> {
  const ids = idsOf(resource);
  for (const id of ids.filter(isNumber)) {
    try {
      return recordOf(await read('cegedim_get_instance', { id: exactId(id) }), id);
    } catch (error) {
      if (textAt(error, 'kind') !== 'not_found') break;
    }
  }
  return recordOf(resource, ids[0] ?? '');
}

const readNodes = async (id: string, read: Read): Promise<Values[]> =>
  listAt(await read('cegedim_list_nodes', { id: exactId(id) }), 'items');

async function readActions(id: string, now: number, read: Read) {
  const answer = await read('cegedim_list_actions', { resourceId: exactId(id) });
  return { events: eventsOf(answer, { idOf: () => id, from: now - day, to: now }), jobs: jobsOf(answer, now) };
}

const readExposures = async (id: string, read: Read): Promise<Exposure[]> =>
  exposuresOf(await read('cegedim_list_networks', { id: exactId(id) }));

const exposuresOf = (answer: Values): Exposure[] =>
  listAt(answer, 'items').flatMap((network) => {
    if (flagAt(network, 'isIpRangePublic') !== true) return [];
    const address = textAt(network, 'cidr') ?? 'range not given';
    return [{ kind: 'network', address, detail: textAt(network, 'scope'), source: 'isIpRangePublic' }];
  });
