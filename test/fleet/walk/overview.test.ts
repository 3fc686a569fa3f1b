import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { turningClock } from '../../support/clock.js';
import { type Connection, connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { allPages, type Instance, instancesOf } from './telling.js';

const end = endOfFile();

let fleet: Fleet;
let connection: Connection;
beforeAll(async () => {
  fleet = await startFleet({ end });
  // Time stands still, so that all pages are of one read of the fleet. Pauses end, so that a read can be repeated.
  const start = Date.now();
  connection = await connect({ fleet, end, clock: { ...turningClock(), now: () => start } });
});

describe('fleet_overview', () => {
  test('counts by provider and state, and the counts add up', async () => {
    const { data, text } = await connection.call('fleet_overview');
    const counts = data['counts'] as Record<string, number>;
    expect(counts).toMatchObject({ 'nhn available': 5, 'nhn stopped': 1, 'samsung degraded': 1, 'naver available': 5 });
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(data['total']);
    expect(text).toContain(`${String(data['total'])} instances: `);
    expect(text).toContain('5 nhn available');
  });

  test('those with something wrong come first, each with the reason', async () => {
    const [page] = await allPages(connection.call, { limit: 100 });
    const instances = page ? instancesOf(page) : [];
    const wrong = instances.map(({ findings }) => findings?.[0]?.severity ?? 'well');
    const order = ['critical', 'warning', 'notice', 'well'];
    expect(wrong).toEqual(wrong.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
    expect(wrong).toContain('well');
    const staging = instances.find(({ name, provider }) => name === 'staging' && provider === 'samsung');
    expect(staging?.findings?.[0]).toEqual({ severity: 'warning', title: 'The instance is stopped' });
    expect(page?.text).toMatch(/^samsung staging \[samsung:\w+\]: .*\. warning: The instance is stopped$/m);
    expect(page?.text).toContain('The instance is stopped: Nobody can connect.');
  });

  const filters: [Record<string, unknown>, (instance: Instance) => boolean, number][] = [
    [{ provider: 'naver' }, ({ provider }) => provider === 'naver', 5],
    [{ state: 'stopped' }, ({ state }) => state === 'stopped', 3],
    [{ provider: 'Samsung' }, ({ provider }) => provider === 'samsung', 5],
    [{ provider: '네이버' }, ({ provider }) => provider === 'naver', 5],
    [{ name: 'ORDERS-' }, ({ name }) => name.includes('orders-'), 4],
    [{ provider: 'nhn', state: 'stopped', name: 'stag' }, ({ name }) => name === 'staging', 1],
    [{ name: 'no such' }, () => false, 0],
  ];
  test.each(filters)('%j leaves only what fits it', async (filter, fits, count) => {
    const answer = await connection.call('fleet_overview', { ...filter, limit: 100 });
    expect(instancesOf(answer)).toHaveLength(count);
    expect(instancesOf(answer).every(fits)).toBe(true);
    expect(answer.data['total']).toBe(count);
  });

  test.each([1, 2, 7, 20])('pages of %d lead to the end, without loss or doubles', async (limit) => {
    const pages = await allPages(connection.call, { limit });
    for (const page of pages.slice(0, -1)) expect(instancesOf(page)).toHaveLength(limit);
    const references = pages.flatMap((page) => instancesOf(page).map(({ reference }) => reference));
    expect(references).toHaveLength(Number(pages[0]?.data['total']));
    expect(new Set(references).size).toBe(references.length);
  });

  const refused: [Record<string, unknown>, string][] = [
    [{ cursor: 'abc' }, 'cursor: take it from the answer before'],
    [{ cursor: '-1' }, 'cursor: take it from the answer before'],
    [{ cursor: '1e3' }, 'cursor: take it from the answer before'],
    [{ provider: 'aws' }, 'there is no "aws" here; there are nhn, samsung, naver, cegedim'],
    [{ limit: 0 }, 'limit'],
    [{ limit: 101 }, 'limit'],
    [{ state: 'broken' }, 'state'],
  ];
  test.each(refused)('%j is refused with the reason', async (args, reason) => {
    const { isError, text } = await connection.call('fleet_overview', args);
    expect(isError).toBe(true);
    expect(text).toContain(reason);
    expect(text).toContain('Nothing was sent');
  });
});

describe('fleet_get_instance', () => {
  const find = async (name: string) => {
    const { data } = await connection.call('fleet_get_instance', { instance: name });
    return data as { instance: Instance & Record<string, unknown>; related: Instance[] };
  };

  test('a name, in whatever case, and a reference lead to the same record', async () => {
    const { instance } = await find('Orders-Primary');
    expect(instance).toMatchObject({ provider: 'nhn', name: 'orders-primary', role: 'primary', state: 'available' });
    expect(instance).toHaveProperty('highAvailability.state', 'STABLE');
    expect(instance).toHaveProperty('backups.newest');
    expect((await find(instance.reference)).instance).toEqual(instance);
  });

  test('what belongs to it is told, from every end', async () => {
    const { related } = await find('orders-primary');
    expect(related.map(({ name }) => name).toSorted()).toEqual(['orders-replica', 'orders-standby']);
    expect((await find('orders-replica')).related.map(({ name }) => name)).toContain('orders-primary');
    expect((await find('orders-east')).related).toEqual([expect.objectContaining({ name: 'orders' })]);
    expect(await find('reportsqa01')).not.toHaveProperty('related');
  });

  test('what is not known is left out of the text', async () => {
    const { instances } = (await connection.call('fleet_overview', { limit: 100 })).data as { instances: Instance[] };
    for (const { reference } of instances) {
      const { text } = await connection.call('fleet_get_instance', { instance: reference });
      expect(text, reference).not.toContain('undefined');
    }
  });

  test('a name that several have is answered with all of them', async () => {
    const { data, text } = await connection.call('fleet_get_instance', { instance: 'staging' });
    const instances = data['instances'] as Instance[];
    expect(instances.map(({ provider }) => provider)).toEqual(['nhn', 'samsung']);
    expect(text).toContain('2 instances fit "staging":');
    for (const { reference } of instances) expect(text).toContain(`[${reference}]`);
  });

  test.each(['fleet_get_instance', 'fleet_diagnose_instance'])(
    '%s tells of several what could be read, and names the one that could not',
    async (tool) => {
      fleet.faults.add({ account: 'samsung', on: 'GET /v1/clusters/:cluster_id', kind: 'status', value: 500 });
      onTestFinished(() => fleet.faults.clear());
      const { data, text, isError } = await connection.call(tool, { instance: 'staging', fresh: true });
      expect(isError).toBe(false);
      expect(instancesOf({ data }).map(({ provider }) => provider)).toEqual(['nhn']);
      expect(data['missed']).toEqual([{ why: expect.any(String), instances: [expect.stringMatching(/^samsung:/)] }]);
      expect(text).toContain('2 instances fit "staging":');
      expect(text).toMatch(/not examined: samsung:\w+ \(/);
    },
  );

  test('a name that others begin with names those too', async () => {
    const { data, text } = await connection.call('fleet_get_instance', { instance: 'samsung orders' });
    expect(data['instance']).toMatchObject({ provider: 'samsung', name: 'orders' });
    expect(text).toMatch(/begins with the same name: samsung orders-east \[samsung:\w+\]/);
    expect(text).toContain('The names of 1 more begin with this one');
  });

  test('whatever line of an answer is given back leads to its instance', async () => {
    const overview = await connection.call('fleet_overview', { limit: 100 });
    const lines = overview.text.split('\n').filter((line) => / \[\w+:[\w-]+\]/.test(line));
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines.slice(0, 12)) {
      const { data } = await connection.call('fleet_get_instance', { instance: line.slice(0, 300) });
      expect(line).toContain(`[${(data['instance'] as Instance).reference}]`);
    }
  });

  test.each(['fleet_get_instance', 'fleet_diagnose_instance', 'fleet_list_events'])(
    '%s answers an unknown name with the nearest',
    async (tool) => {
      const unknown = await connection.call(tool, { instance: 'order-primary' });
      expect(unknown.isError).toBe(true);
      expect(unknown.text).toContain('Did you mean "orders-primary"');
      expect((await connection.call(tool, { instance: 'zzzzzzzz' })).text).toContain(
        'fleet_overview lists what exists',
      );
    },
  );
});

test('a server that only reads has all of them, and they work', async () => {
  const { listTools, call } = await connect({ fleet, env: { PGFLEET_READ_ONLY: '1' } });
  const tools = (await listTools()).filter(({ name }) => name.startsWith('fleet_'));
  expect(tools.map(({ name }) => name).toSorted()).toEqual([
    'fleet_check',
    'fleet_compare',
    'fleet_diagnose_instance',
    'fleet_get_instance',
    'fleet_get_metrics',
    'fleet_list_events',
    'fleet_overview',
  ]);
  for (const { annotations } of tools)
    expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
  expect((await call('fleet_overview')).isError).toBe(false);
});

test('the fleet is looked at without a single change', async () => {
  for (const tool of ['fleet_overview', 'fleet_check', 'fleet_list_events']) await connection.call(tool);
  expect(fleet.changes().filter((line) => !line.includes('/vpostgresql/v2/get'))).toEqual([]);
});
