import { recordsAt, textAt, textsAt, valueAt } from '../../../values/json-path.js';
import { type Values } from '../../../values/values.js';
import type { Read } from '../../adapter.js';
import type { Configuration, DetailReader, Measured, MetricName, Size } from '../../details/detail-reader.js';
import type { FleetInstance } from '../../instance.js';
import { attempt, flagAt, numberAt } from '../answers.js';
import { accessRulesOf, openingsOf } from '../nhn/access.js';
import { koreanTime } from '../nhn/events.js';

const noLag = 'it follows no other instance';
const follows = ({ role }: FleetInstance): boolean => role === 'standby' || role === 'replica';

const instanceAt = ({ id }: FleetInstance, read: Read): Promise<Values> =>
  read('nhn_get_db_instance', { dbInstanceId: id });

export const nhnDetails: DetailReader = {
  untold: { 'running parameters': 'the API of the provider tells stored ones, and whether some of them wait' },

  async size(instance, read) {
    const [row, flavors] = await Promise.all([instanceAt(instance, read), read('nhn_list_db_flavors')]);
    return sizeOf(row, flavors);
  },

  async configuration(instance, read) {
    const row = await instanceAt(instance, read);
    const { group } = instance;
    const [size, parameters, extensions, access] = await Promise.all([
      attempt('size', async () => sizeOf(row, await read('nhn_list_db_flavors'))),
      attempt('parameters', async () =>
        parametersOf(await read('nhn_get_parameter_group', { parameterGroupId: textAt(row, 'parameterGroupId') })),
      ),
      group === undefined
        ? undefined
        : attempt('extensions', async () =>
            extensionsOf(await read('nhn_list_extensions', { dbInstanceGroupId: group })),
          ),
      attempt('access', () => readAccess(instance, row, read)),
    ]);
    return {
      size: size.seen,
      parameters: parameters.seen,
      parametersWait: flagAt(row, 'needToApplyParameterGroup'),
      extensions: extensions?.seen,
      access: access.seen,
      unavailable: [size, parameters, extensions, access].flatMap((part) => part?.unavailable ?? []),
    };
  },

  async measure(instance, { from, to, metrics }, read) {
    const wanted = metrics.filter((metric) => metric !== 'lag' || follows(instance));
    const series = wanted.flatMap((metric) => sources[metric]);
    const times = { from: koreanTime(from), to: koreanTime(to) };
    const names = series.map(({ source }) => source);
    const answer =
      names.length === 0
        ? {}
        : await read('nhn_get_metric_statistics', { dbInstanceId: instance.id, metricNames: names, ...times });
    const rows = recordsAt(answer, 'metricStatistics');
    return {
      series: series.map((each) => ({ ...each, points: pointsOf(rows, each.source) })),
      unavailable: metrics.filter((metric) => !wanted.includes(metric)).map((what) => ({ what, why: noLag })),
    };
  },
};

const sources: Readonly<Record<MetricName, readonly Omit<Measured, 'points'>[]>> = {
  cpu: [{ metric: 'cpu', unit: '%', source: 'CPU_USAGE' }],
  memory: [{ metric: 'memory', unit: '%', source: 'MEMORY_USAGE' }],
  storage: [{ metric: 'storage', unit: '%', source: 'STORAGE_USAGE' }],
  connections: [{ metric: 'connections', unit: 'count', source: 'DATABASE_CONNECTIONS_TOTAL' }],
  io: [
    { metric: 'io read', unit: 'bytes/s', source: 'STORAGE_IO_READ' },
    { metric: 'io write', unit: 'bytes/s', source: 'STORAGE_IO_WRITE' },
  ],
  lag: [{ metric: 'lag', unit: 's', source: 'REPLICATION_LAG_SECONDS' }],
};

function pointsOf(rows: readonly Values[], source: string): Measured['points'] {
  const row = rows.find((each) => textAt(each, 'metricName') === source);
  const values = valueAt(row, 'values');
  return Array.isArray(values) ? values.flatMap(pointOf).toSorted(([a], [b]) => a - b) : [];
}

/** In the example it is `[epoch seconds, "value"]`, and in the table it is an object. */
function pointOf(point: unknown): (readonly [number, number])[] {
  const [timestamp, value]: unknown[] = Array.isArray(point) ? point : [];
  const pair = Array.isArray(point) ? { timestamp, value } : point;
  const [seconds, number] = [numberAt(pair, 'timestamp'), numberAt(pair, 'value')];
  return seconds === undefined || number === undefined ? [] : [[seconds * 1000, number]];
}

function sizeOf(row: Values, flavors: Values): Size {
  const id = textAt(row, 'dbFlavorId');
  const flavor = recordsAt(flavors, 'dbFlavors').find((each) => textAt(each, 'dbFlavorId') === id);
  const megabytes = numberAt(flavor, 'ram');
  return {
    name: textAt(flavor, 'dbFlavorName'),
    vcpus: numberAt(flavor, 'vcpus'),
    memoryGigabytes: megabytes === undefined ? undefined : megabytes / 1024,
  };
}

const parametersOf = (answer: Values): Configuration['parameters'] =>
  Object.fromEntries(
    recordsAt(answer, 'parameters').map((parameter) => [
      textAt(parameter, 'parameterName') ?? '',
      textAt(parameter, 'value') ?? '',
    ]),
  );

/** Those that are in a database. */
const extensionsOf = (answer: Values): string[] =>
  recordsAt(answer, 'extensions')
    .filter((extension) => recordsAt(extension, 'databases').length > 0)
    .flatMap((extension) => textAt(extension, 'extensionName') ?? []);

/** The network and the engine both have to let an address pass. */
async function readAccess({ id }: FleetInstance, row: Values, read: Read): Promise<string[]> {
  const [rules, ...groups] = await Promise.all([
    read('nhn_list_hba_rules', { dbInstanceId: id }),
    ...textsAt(row, 'dbSecurityGroupIds').map((dbSecurityGroupId) =>
      read('nhn_get_db_security_group', { dbSecurityGroupId }),
    ),
  ]);
  const openings = groups.flatMap((group) => openingsOf(group, numberAt(row, 'dbPort')));
  return [
    ...openings.map(({ address }) => `network ${address}`),
    ...accessRulesOf(rules).map(({ address, method }) => `rule ${address} ${method}`),
  ];
}
