import { recordsAt, textAt } from '../../../values/json-path.js';
import { type Values } from '../../../values/values.js';
import type { Read } from '../../adapter.js';
import type { DetailReader, Size } from '../../details/detail-reader.js';
import type { FleetInstance } from '../../instance.js';
import { attempt, numberAt, percentOf } from '../answers.js';

const noMetrics = 'the API of the provider does not tell it';
const gigabyte = 1024 ** 3;

async function serversOf({ id }: FleetInstance, read: Read): Promise<Values[]> {
  const answer = await read('naver_get_instance', { cloudPostgresqlInstanceNo: id });
  return recordsAt(answer, 'cloudPostgresqlInstanceList[].cloudPostgresqlServerInstanceList');
}

export const naverDetails: DetailReader = {
  untold: {
    cpu: noMetrics,
    memory: noMetrics,
    connections: noMetrics,
    io: noMetrics,
    lag: noMetrics,
    'stored parameters': noMetrics,
    'running parameters': noMetrics,
    extensions: noMetrics,
  },

  size: async (instance, read) => sizeOf(await serversOf(instance, read)),

  async configuration(instance, read) {
    const [servers, users] = await Promise.all([
      attempt('size', () => serversOf(instance, read)),
      attempt('access', () => read('naver_list_db_users', { cloudPostgresqlInstanceNo: instance.id })),
    ]);
    return {
      size: servers.seen && sizeOf(servers.seen),
      access: users.seen && accessOf(users.seen),
      unavailable: [...servers.unavailable, ...users.unavailable],
    };
  },

  async measure(instance, { metrics, now }, read) {
    if (!metrics.includes('storage')) return { series: [], unavailable: [] };
    const used = (await serversOf(instance, read)).flatMap(
      (server) => percentOf(numberAt(server, 'usedDataStorageSize'), numberAt(server, 'dataStorageSize')) ?? [],
    );
    const points = used.length === 0 ? [] : [[now, Math.max(...used)] as const];
    return { series: [{ metric: 'storage', unit: '%', source: 'usedDataStorageSize', points }], unavailable: [] };
  },
};

/** The servers of an instance have one size. */
function sizeOf([server]: readonly Values[]): Size {
  const bytes = numberAt(server, 'memorySize');
  return {
    name: textAt(server, 'cloudPostgresqlProductCode'),
    vcpus: numberAt(server, 'cpuCount'),
    memoryGigabytes: bytes === undefined ? undefined : bytes / gigabyte,
  };
}

const accessOf = (answer: Values): string[] =>
  recordsAt(answer, 'cloudPostgresqlUserList').map(
    (user) => `user ${textAt(user, 'userName')} from ${textAt(user, 'clientCidr')}`,
  );
