import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { policyOf } from '../../http/support/people.js';
import { type Connection, connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';

type Row = Record<string, unknown>;
type Call = Connection['call'];
/** The arguments that lead to an instance of that name, for a caller to whom nothing is denied. */
type Leading = (call: Call, name: string) => Promise<Row>;

const allowed = { nhn: 'orders-primary', samsung: 'orders', naver: 'shop-orders', cegedim: 'ordersprod01' };
const denied = { nhn: 'analytics', samsung: 'analytics', naver: 'partner-portal', cegedim: 'ordersqa01' };
const rules = [{ effect: 'deny', instances: Object.values(denied), reason: 'Not yours.' }];

const rowsOf = async (call: Call, tool: string, list: string): Promise<Row[]> => (await call(tool)).data[list] as Row[];

const rowNamed = async (rows: Promise<Row[]>, field: string, name: string): Promise<Row> => {
  const found = (await rows).find((row) => row[field] === name);
  if (!found) throw new Error(`The emulator has no ${name}.`);
  return found;
};

const nhn: Leading = async (call, name) => {
  const listed = await rowNamed(rowsOf(call, 'nhn_list_db_instances', 'dbInstances'), 'dbInstanceName', name);
  return (await call('nhn_get_db_instance', { dbInstanceId: listed['dbInstanceId'] })).data;
};

/** The notification group that watches the fewest instances, and among them this one. */
const watching: Leading = async (call, name) => {
  const groups = await rowsOf(call, 'nhn_list_notification_groups', 'notificationGroups');
  const whole = await Promise.all(
    groups.map(async ({ notificationGroupId }) => {
      const { data } = await call('nhn_get_notification_group', { notificationGroupId });
      return { data, watched: (data['dbInstances'] as Row[]).map(({ dbInstanceName }) => dbInstanceName) };
    }),
  );
  const [fewest] = whole
    .filter(({ watched }) => watched.includes(name))
    .toSorted((a, b) => a.watched.length - b.watched.length);
  return fewest?.data ?? {};
};

const receiver: Leading = async (call, name) => ((await watching(call, name))['userGroups'] as Row[])[0] ?? {};

const cluster: Leading = (call, name) => rowNamed(rowsOf(call, 'samsung_list_clusters', 'contents'), 'name', name);

const resource: Leading = (call, name) => rowNamed(rowsOf(call, 'cegedim_list_resources', 'content'), 'name', name);

const naver: Leading = (call, name) =>
  rowNamed(rowsOf(call, 'naver_list_instances', 'cloudPostgresqlInstanceList'), 'cloudPostgresqlServiceName', name);

const server: Leading = async (call, name) =>
  ((await naver(call, name))['cloudPostgresqlServerInstanceList'] as Row[])[0] ?? {};

const one =
  (from: Leading, field: string, argument = field): Leading =>
  async (call, name) => ({ [argument]: [(await from(call, name))[field]].flat()[0] });

const id = one(nhn, 'dbInstanceId');
const page = { page: 1, size: 100 };
const day = { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' };

/** A read, how it leads to an instance, and the requests of it: with its looks, and where it is denied. */
const reads: [string, string, Leading, Row, number, number][] = [
  ['an instance, by its own answer', 'nhn_get_db_instance', id, {}, 1, 1],
  ['an instance that is named', 'nhn_get_network_info', async (_, name) => ({ dbInstanceId: name }), {}, 2, 1],
  ['a part of an instance', 'nhn_get_backup_info', id, {}, 2, 1],
  ['metrics', 'nhn_get_metric_statistics', id, { metricNames: ['CPU_USAGE'], ...day }, 2, 1],
  ['backups of one instance', 'nhn_list_backups', id, page, 2, 1],
  [
    'events of one instance',
    'nhn_list_events',
    one(nhn, 'dbInstanceId', 'sourceId'),
    { ...page, ...day, eventCategoryType: 'ALL' },
    2,
    1,
  ],
  ['a group of instances', 'nhn_get_db_instance_group', one(nhn, 'dbInstanceGroupId'), {}, 2, 1],
  ['a notification group', 'nhn_get_notification_group', one(watching, 'notificationGroupId'), {}, 1, 1],
  ['what a notification group watches', 'nhn_list_watchdogs', one(watching, 'notificationGroupId'), {}, 2, 1],
  ['a user group', 'nhn_get_user_group', one(receiver, 'userGroupId'), {}, 4, 3],
  // Which instances use one of these is told by the read of each instance alone.
  ['a parameter group', 'nhn_get_parameter_group', one(nhn, 'parameterGroupId'), {}, 8, 7],
  ['a security group', 'nhn_get_db_security_group', one(nhn, 'dbSecurityGroupIds', 'dbSecurityGroupId'), {}, 8, 7],
  ['a cluster and the replica that it names', 'samsung_get_cluster', one(cluster, 'id', 'cluster_id'), {}, 2, 1],
  ['backups of a cluster', 'samsung_list_backup_histories', one(cluster, 'id', 'cluster_id'), {}, 2, 1],
  ['backups of a service', 'naver_list_backup_details', one(naver, 'cloudPostgresqlInstanceNo'), {}, 2, 1],
  ['what a server can export to', 'naver_list_buckets', one(server, 'cloudPostgresqlServerInstanceNo'), {}, 2, 1],
  ['nodes', 'cegedim_list_nodes', one(resource, 'id'), {}, 2, 1],
];

/** Lists of what is each of one instance, with the requests of them. */
const lists: [string, Row, number][] = [
  ['nhn_list_db_instances', {}, 1],
  ['nhn_list_backups', page, 2],
  ['samsung_list_clusters', {}, 1],
  ['naver_list_instances', {}, 1],
  ['naver_list_backups', {}, 1],
  ['cegedim_list_resources', {}, 1],
  ['cegedim_list_actions', {}, 1],
];

describe('under a rule about instances', () => {
  const end = endOfFile();
  let fleet: Fleet;
  let free: Connection;
  let ruled: Connection;

  beforeAll(async () => {
    fleet = await startFleet({ end });
    free = await connect({ fleet, end });
    ruled = await connect({ fleet, env: policyOf({ rules }), end });
  });

  beforeEach(() => {
    fleet.sent.length = 0;
  });

  /** A call of the caller under the rule, and how many requests it took. */
  const counted = async (tool: string, args: Row) => {
    fleet.sent.length = 0;
    const result = await ruled.call(tool, args);
    return { ...result, requests: fleet.sent.length };
  };

  describe.each(reads)('a read of %s', (_, tool, leading, more, requests, looks) => {
    const provider = tool.split('_')[0] as keyof typeof allowed;

    test('costs no look that it can do without', async () => {
      const args = { ...(await leading(free.call, allowed[provider])), ...more };
      const result = await counted(tool, args);
      expect([result.isError, result.requests], result.text).toEqual([false, requests]);
    });

    test('tells nothing where it is denied', async () => {
      const args = { ...(await leading(free.call, denied[provider])), ...more };
      const result = await counted(tool, args);
      expect(result.data).toEqual({});
      expect(result.text).toMatch(/^\w+ failed\. (The policy of this server denies \w+ here: Not yours|[^{}]*named)/);
      expect(result.requests).toBe(looks);
    });
  });

  test.each(lists)('%s leaves out what is denied, and is judged by few requests', async (tool, args, requests) => {
    const whole = await free.call(tool, args);
    const result = await counted(tool, args);
    const provider = tool.split('_')[0] as keyof typeof denied;
    expect(JSON.stringify(whole.data)).toContain(allowed[provider]);
    expect(result.text).toMatch(/Left out: \d+ of/);
    expect(JSON.stringify(result.data)).not.toContain(denied[provider]);
    expect(result.requests).toBe(requests);
  });
});
