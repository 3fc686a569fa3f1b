import { beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect, peers } from '../support/connect.js';
import { endOfFile } from '../support/end-of-file.js';
import { type Fleet, startFleet } from '../support/fleet.js';
import { instanceNamed } from '../support/nhn.js';
import { startRaw } from '../support/raw.js';

const end = endOfFile();

let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet({ end });
});

interface Shown {
  [key: string]: unknown;
  instances?: Record<string, unknown>[];
  events?: Record<string, unknown>[];
}

const shown = (result: unknown): Shown => {
  const { contents } = result as { contents: { text: string; mimeType: string }[] };
  expect(contents[0]?.mimeType).toBe('application/json');
  return JSON.parse(contents[0]?.text ?? '');
};

const isOfFleet = ({ uri }: { uri: string }) => uri.startsWith('pgfleet://');

describe.each(peers)('with a client of the kind %s', (peer) => {
  let client: Connection['client'];
  beforeAll(async () => {
    client = (await connect({ fleet, peer, end })).client;
  });

  test('instances are listed by names that a person knows, and each can be read', async () => {
    const resources = (await client.listResources()).resources.filter(isOfFleet);
    expect(resources.slice(0, 3).map(({ uri }) => uri)).toEqual([
      'pgfleet://fleet/instances',
      'pgfleet://fleet/attention',
      'pgfleet://fleet/events',
    ]);
    const staging = resources.find(({ title }) => title === 'staging (nhn, stopped)');
    expect(staging?.uri).toMatch(/^pgfleet:\/\/nhn\/instances\//);
    const record = shown(await client.readResource({ uri: staging?.uri ?? '' }));
    expect(record).toMatchObject({ name: 'staging', provider: 'nhn', state: 'stopped' });
    for (const { uri } of resources) expect(shown(await client.readResource({ uri })), uri).toBeTruthy();
  });

  test('templates complete from the live inventory', async () => {
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain('pgfleet://{provider}/jobs/{id}');
    const complete = async (uri: string, name: string, value: string, given: Record<string, string> = {}) => {
      const ref = { type: 'ref/resource' as const, uri };
      const result = await client.complete({ ref, argument: { name, value }, context: { arguments: given } });
      return result.completion.values;
    };
    const one = 'pgfleet://{provider}/instances/{id}';
    expect(await complete(one, 'provider', 'n')).toEqual(['naver', 'nhn', 'samsung']);
    const [id = '', ...others] = await complete(one, 'id', 'STAG', { provider: 'nhn' });
    expect(others).toEqual([]);
    const uri = `pgfleet://nhn/instances/${id}`;
    expect(shown(await client.readResource({ uri }))).toMatchObject({ name: 'staging' });
    expect(await complete(one, 'id', 'stag')).toContain(id);
    expect(await complete(one, 'id', 'stag', { provider: 'samsung' })).not.toContain(id);
    expect(await complete(one, 'id', id)).toEqual([id]);
    expect(await complete('pgfleet://operations/{tool}', 'tool', 'nhn_start')).toEqual(['nhn_start_db_instance']);
    expect(await complete('pgfleet://{moon}', 'moon', '')).toEqual([]);
    const ofPrompt = async (value: string) => {
      const ref = { type: 'ref/prompt' as const, name: 'diagnose_instance' };
      return (await client.complete({ ref, argument: { name: 'instance', value } })).completion.values;
    };
    // A name that several have would not do.
    expect(await ofPrompt('stag')).toContain(`nhn:${id}`);
    expect(await ofPrompt('orders-prim')).toEqual(['orders-primary']);
  });

  test('what does not exist is not found', async () => {
    for (const uri of [
      'pgfleet://fleet/moon',
      'pgfleet://moon/instances/1',
      'pgfleet://nhn/instances/00000000-0000-0000-0000-000000000000',
      'pgfleet://nhn/instances/00000000-0000-0000-0000-000000000000/events',
      'pgfleet://nhn/jobs/00000000-0000-0000-0000-000000000000',
      'pgfleet://operations/nhn_fly_to_moon',
    ])
      await expect(client.readResource({ uri }), uri).rejects.toMatchObject({ code: -32602 });
  });
});

test('an operation is shown with what it takes and does', async () => {
  const { client } = await connect({ fleet });
  const content = shown(await client.readResource({ uri: 'pgfleet://operations/nhn_delete_db_instance' }));
  expect(content).toMatchObject({
    risk: 'destructive',
    request: expect.stringMatching(/^DELETE \//),
    warning: expect.any(String),
    undo: expect.any(String),
    arguments: { properties: { dbInstanceId: {} } },
  });
  const own = shown(await client.readResource({ uri: 'pgfleet://operations/wait_for_job' }));
  expect(own).toMatchObject({ provider: 'pgfleet', arguments: { properties: { job: {} } } });
});

test('a job that was started here is proposed and can be read', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { client, call } = await connect({ fleet });
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  await call('nhn_start_db_instance', { dbInstanceId });
  fleet.world.advance(3_000);
  const ref = { type: 'ref/resource' as const, uri: 'pgfleet://{provider}/jobs/{id}' };
  const { completion } = await client.complete({ ref, argument: { name: 'id', value: '' } });
  expect(completion.values).toHaveLength(1);
  const content = shown(await client.readResource({ uri: `pgfleet://nhn/jobs/${completion.values[0]}` }));
  expect(content).toMatchObject({ job: `nhn:${completion.values[0]}`, state: 'running' });
});

test('one provider down: the others are there, and it is named', async () => {
  const fault = { on: 'GET /v1.0/db-instances', kind: 'status', value: 503 } as const;
  const { client } = await connect({ fleet: await startFleet({ faults: [fault] }) });
  const content = shown(await client.readResource({ uri: 'pgfleet://fleet/instances' }));
  expect(content['failures']).toMatchObject([{ provider: 'nhn', isBusy: true }]);
  expect(new Set(content.instances?.map(({ reference }) => String(reference).split(':')[0]))).toEqual(
    new Set(['samsung', 'naver', 'cegedim']),
  );
});

/** The list of a provider with 500 instances, of which the last has failed. */
function grown(body: string): string {
  const whole = JSON.parse(body) as { dbInstances?: object[] };
  const [first] = whole.dbInstances ?? [];
  if (!first) return body;
  const dbInstances = Array.from({ length: 500 }, (_, index) => ({
    ...first,
    dbInstanceId: String(index),
    dbInstanceGroupId: `group-${index}`,
    dbInstanceName: `주문-데이터베이스-${index}`,
    dbInstanceStatus: index === 499 ? 'FAIL_TO_CONNECT' : 'AVAILABLE',
  }));
  return JSON.stringify({ ...whole, dbInstances });
}

test('500 instances are listed page by page, and one answer stays within the size of every answer', async () => {
  const { request } = await startRaw({ fleet: await startFleet({ providers: ['nhn'], altered: grown }) });
  const uris: string[] = [];
  let cursor: unknown;
  do {
    const { result } = await request('resources/list', cursor === undefined ? {} : { cursor });
    expect(JSON.stringify(result).length).toBeLessThan(33_000);
    const { resources } = result as { resources: { uri: string }[] };
    uris.push(...resources.filter(isOfFleet).map(({ uri }) => uri));
    cursor = result?.['nextCursor'];
  } while (cursor !== undefined);
  expect(new Set(uris).size).toBe(503);

  const { result } = await request('resources/read', { uri: 'pgfleet://fleet/instances' });
  expect(JSON.stringify(result).length).toBeLessThan(40_000);
  const content = shown(result);
  expect(content).toMatchObject({ total: 500, leftOut: { instances: expect.any(Number) } });
  expect(content.instances?.[0]).toMatchObject({ reference: 'nhn:499', state: 'failed' });
  const { error } = await request('resources/list', { cursor: 'moon' });
  expect(error?.code).toBe(-32602);
});

test('clients of the newer era are told how long an answer keeps, older ones are not', async () => {
  const { request } = await startRaw({ fleet });
  const { result } = await request('resources/read', { uri: 'pgfleet://fleet/instances' });
  expect(result).toMatchObject({ ttlMs: 10_000, cacheScope: 'private' });
  for (const method of ['resources/list', 'resources/templates/list'])
    expect((await request(method)).result).toMatchObject({ ttlMs: expect.any(Number), cacheScope: 'private' });
  const { client } = await connect({ fleet, peer: '2025' });
  expect(await client.readResource({ uri: 'pgfleet://fleet/instances' })).not.toHaveProperty('ttlMs');
});
