import { recordsAt, textAt, textsAt } from '../../../values/json-path.js';
import { type Values } from '../../../values/values.js';
import { neverTold, type Read } from '../../adapter.js';
import type { Configuration, DetailReader, Measured, Size } from '../../details/detail-reader.js';
import type { FleetInstance } from '../../instance.js';
import { idOf } from '../../reference.js';
import { attempt, numberAt } from '../answers.js';
import { utcMomentAt } from '../times.js';

const noMetrics = 'the API of the provider measures nothing';

const clusterAt = ({ id }: FleetInstance, read: Read): Promise<Values> =>
  read('samsung_get_cluster', { cluster_id: id });

export const samsungDetails: DetailReader = {
  untold: {
    cpu: noMetrics,
    memory: noMetrics,
    storage: noMetrics,
    connections: noMetrics,
    io: noMetrics,
    'stored parameters':
      'the API of the provider tells those that the engine ran with when they were last synchronised',
    extensions: neverTold,
  },

  async size(instance, read) {
    const [cluster, types] = await Promise.all([clusterAt(instance, read), read('samsung_list_server_types')]);
    return sizeOf(cluster, types);
  },

  async configuration(instance, read) {
    const [cluster, types, parameters] = await Promise.all([
      clusterAt(instance, read),
      attempt('size', () => read('samsung_list_server_types')),
      attempt('parameters', async () =>
        parametersOf(await read('samsung_list_parameter_values', { cluster_id: instance.id })),
      ),
    ]);
    return {
      size: types.seen && sizeOf(cluster, types.seen),
      parameters: parameters.seen,
      access: textsAt(cluster, 'allowable_ip_addresses').map((address) => `network ${address}`),
      unavailable: [types, parameters].flatMap(({ unavailable }) => unavailable),
    };
  },

  async measure({ name, primary }, { metrics }, read) {
    if (!metrics.includes('lag')) return { series: [], unavailable: [] };
    if (primary === undefined)
      return { series: [], unavailable: [{ what: 'lag', why: 'it follows no other instance' }] };
    const answer = await read('samsung_list_replicas', { cluster_id: idOf(primary) });
    const line = recordsAt(answer, 'contents').find((each) => textAt(each, 'name') === name);
    return {
      series: [{ metric: 'lag', unit: 's', source: 'replica_state_detail', points: lagOf(line) }],
      unavailable: [],
    };
  },
};

/** The lag is in a sentence of the provider, as of the last synchronisation. */
function lagOf(line: Values | undefined): Measured['points'] {
  const [, seconds] = /lag\D{0,20}(\d+(?:\.\d+)?)\s*s/i.exec(textAt(line, 'replica_state_detail') ?? '') ?? [];
  const time = utcMomentAt(line, 'synced_at');
  return seconds === undefined || !time ? [] : [[Date.parse(time), Number(seconds)]];
}

function sizeOf(cluster: Values, types: Values): Size {
  const groups = recordsAt(cluster, 'instance_groups');
  const active = groups.find((group) => textAt(group, 'role_type') === 'ACTIVE') ?? groups[0];
  const name = textAt(active, 'server_type_name');
  const type = recordsAt(types, 'contents').find((each) => textAt(each, 'name') === name);
  return { name, vcpus: numberAt(type, 'cpu_core'), memoryGigabytes: numberAt(type, 'memory_gb') };
}

/** As the engine ran with them when they were last synchronised. */
const parametersOf = (answer: Values): Configuration['parameters'] =>
  Object.fromEntries(
    recordsAt(answer, 'contents').map((each) => [textAt(each, 'name') ?? '', textAt(each, 'applied_value') ?? '']),
  );
