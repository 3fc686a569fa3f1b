import { exactId } from '../../../values/exact-json.js';
import { recordsAt, textAt } from '../../../values/json-path.js';
import { type Values } from '../../../values/values.js';
import type { DetailReader, Size } from '../../details/detail-reader.js';
import { attempt, numberAt, percentOf } from '../answers.js';

const noMetrics = 'the API of the provider does not tell it';

export const cegedimDetails: DetailReader = {
  untold: {
    cpu: noMetrics,
    memory: noMetrics,
    connections: noMetrics,
    io: noMetrics,
    lag: noMetrics,
    'stored parameters': noMetrics,
    'running parameters': noMetrics,
  },

  size: async ({ id }, read) => sizeOf(await read('cegedim_get_instance', { id: exactId(id) })),

  async configuration({ id }, read) {
    const [instance, databases, networks] = await Promise.all([
      attempt('size', () => read('cegedim_get_instance', { id: exactId(id) })),
      attempt('extensions', () => read('cegedim_list_databases', { id: exactId(id) })),
      attempt('access', () => read('cegedim_list_networks', { id: exactId(id) })),
    ]);
    return {
      size: instance.seen && sizeOf(instance.seen),
      extensions: databases.seen && extensionsOf(databases.seen),
      access: networks.seen && recordsAt(networks.seen, 'items').map((each) => `network ${textAt(each, 'cidr')}`),
      unavailable: [instance, databases, networks].flatMap(({ unavailable }) => unavailable),
    };
  },

  async measure({ id }, { metrics, now }, read) {
    if (!metrics.includes('storage')) return { series: [], unavailable: [] };
    const answer = await read('cegedim_list_nodes', { id: exactId(id) });
    const used = recordsAt(answer, 'items[].storageInformation.fileSystems').flatMap((fileSystem) => {
      const [size, free] = [numberAt(fileSystem, 'sizeOf'), numberAt(fileSystem, 'free')];
      return percentOf(size === undefined || free === undefined ? undefined : size - free, size) ?? [];
    });
    const points = used.length === 0 ? [] : [[now, Math.max(...used)] as const];
    return { series: [{ metric: 'storage', unit: '%', source: 'storageInformation', points }], unavailable: [] };
  },
};

const sizeOf = (instance: Values): Size => ({
  name: textAt(instance, 'sizing'),
  vcpus: numberAt(instance, 'cpu'),
  memoryGigabytes: numberAt(instance, 'ram'),
});

const extensionsOf = (answer: Values): string[] => [
  ...new Set(recordsAt(answer, 'items[].extensions').flatMap((each) => textAt(each, 'name') ?? [])),
];
