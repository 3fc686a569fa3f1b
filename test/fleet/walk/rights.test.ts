import { beforeAll, describe, expect, test } from 'vitest';
import { connectHttp, type HttpConnection, httpPeers } from '../../http/support/connect-http.js';
import { grant, policyOf, tokensFor } from '../../http/support/people.js';
import { rawHttp } from '../../http/support/raw-http.js';
import { type HttpServer, startHttp } from '../../http/support/start-http.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { jobOf } from '../../support/follow.js';
import { instanceNamed } from '../../support/nhn.js';
import { allPages, type Instance, instancesOf } from './telling.js';

const end = endOfFile();
const { env, tokens } = tokensFor({
  oncall: {},
  guest: { groups: ['guests'] },
  trainee: {},
  half: { groups: ['halves'] },
  reader: { groups: ['of primaries'] },
  reporter: { groups: ['of replicas'] },
});
const guests = { effect: 'deny', caller: { groups: ['guests'] } };
const policy = policyOf({
  rules: [
    { ...guests, accounts: ['samsung'] },
    { ...guests, instances: ['orders-*'], reason: 'Guests do not see orders.' },
    { effect: 'deny', caller: { groups: ['outsiders'] }, instances: ['staging'] },
    { effect: 'deny', caller: { groups: ['halves'] }, instances: ['orders-standby'] },
    { effect: 'deny', caller: { groups: ['of primaries'] }, instances: ['orders-replica', 'orders-east'] },
    { effect: 'deny', caller: { groups: ['of replicas'] }, instances: ['orders-primary', 'orders'] },
    { effect: 'deny', caller: { groups: ['unlisted'] }, tools: ['fleet_overview'] },
  ],
});
/** At NHN three instances are called so; at Samsung there are five of any name. */
const isHidden = ({ provider, name }: { provider: string; name: string }) =>
  provider === 'samsung' || name.startsWith('orders-');

const settings = { PGFLEET_CONFIRM: 'off', PGFLEET_CALLS_PER_SECOND: '1000' };

let fleet: Fleet;
let server: HttpServer;
beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn', 'samsung'], end });
  server = await startHttp({ fleet, env: { ...env, ...policy, ...settings }, end });
});

const as = (who: keyof typeof tokens, peer: (typeof httpPeers)[number] = '2026') =>
  connectHttp({ url: server.url, token: tokens[who], peer });

const everything = async ({ call }: HttpConnection) =>
  (await allPages(call, { limit: 100 })).flatMap((page) => instancesOf(page));

describe.each(httpPeers)('for a client of the kind %s', (peer) => {
  test('fleet tools show what the policy lets somebody read, and count the rest', async () => {
    const [all, guest] = [await everything(await as('oncall', peer)), await as('guest', peer)];
    const hidden = all.filter(isHidden);
    expect(await everything(guest)).toEqual(all.filter((each) => !isHidden(each)));
    for (const tool of ['fleet_overview', 'fleet_check']) {
      const { text, data } = await guest.call(tool);
      expect(text).toContain(`${hidden.length} instances are not shown: the policy denies them.`);
      expect(data['denied']).toBe(hidden.length);
      for (const { name, reference } of hidden) {
        if (name.startsWith('orders-')) expect(text).not.toContain(name);
        expect(text).not.toContain(reference);
      }
    }
    const { text, data } = await guest.call('fleet_list_events', { limit: 100 });
    expect(text).toMatch(/\d+ events are not shown: the policy denies them/);
    expect(JSON.stringify(data)).not.toMatch(/orders-|samsung:/);
  });

  test('a name leads to what may be read; what may not is refused with the reason, and not suggested', async () => {
    const { call } = await as('guest', peer);
    for (const tool of ['fleet_get_instance', 'fleet_diagnose_instance']) {
      const both = await call(tool, { instance: 'staging' });
      expect(both.data['instance']).toMatchObject({ reference: expect.stringMatching(/^nhn:/), name: 'staging' });
      expect(both.text).toContain('1 instance is not shown: the policy denies it.');
    }
    const refused = await call('fleet_get_instance', { instance: 'orders-primary' });
    expect(refused).toMatchObject({ isError: true, text: expect.stringContaining('Guests do not see orders.') });
    const unknown = await call('fleet_get_instance', { instance: 'order-primary' });
    expect(unknown.text).not.toContain('orders-primary');
  });

  test('resources and completion know no more', async () => {
    const [{ client: whole }, { client }] = [await as('oncall', peer), await as('guest', peer)];
    const listed = (await client.listResources()).resources.filter(({ uri }) => /\/instances\/./.test(uri));
    expect(listed.length).toBeGreaterThan(0);
    for (const { title } of listed) expect(title).not.toMatch(/orders-|samsung/);

    const { resources } = await whole.listResources();
    const secret = resources.find(({ title }) => title?.startsWith('orders-primary'))?.uri ?? '';
    for (const uri of [secret, `${secret}/events`])
      await expect(client.readResource({ uri })).rejects.toThrow('Guests do not see orders.');
    for (const uri of ['instances', 'attention', 'events'].map((each) => `pgfleet://fleet/${each}`)) {
      const text = JSON.stringify(await client.readResource({ uri }));
      expect(text).not.toMatch(/orders-|samsung:/);
      expect(text).toContain('denied');
    }

    const ids = { type: 'ref/resource' as const, uri: 'pgfleet://{provider}/instances/{id}' };
    const prompt = { type: 'ref/prompt' as const, name: 'diagnose_instance' };
    const complete = async (ref: typeof ids | typeof prompt, name: string, value: string) =>
      (await client.complete({ ref, argument: { name, value } })).completion.values;
    expect(await complete(ids, 'id', 'orders')).toEqual([]);
    expect(await complete(ids, 'id', 'staging')).toHaveLength(1);
    expect(await complete(prompt, 'instance', 'orders')).toEqual([]);
    expect(await complete(prompt, 'instance', 'stag')).toEqual(['staging']);
  });
});

test('of the group of an instance too, what may not be read is left out and counted', async () => {
  const { call } = await as('half');
  for (const tool of ['fleet_get_instance', 'fleet_diagnose_instance']) {
    const { text, data } = await call(tool, { instance: 'orders-primary' });
    expect((data['related'] as Instance[]).map(({ name }) => name)).toEqual(['orders-replica']);
    expect(data['denied']).toBe(1);
    expect(text).not.toContain('orders-standby');
    expect(text).toContain('1 instance is not shown: the policy denies it.');
    // Where it is meant too, it is counted once.
    expect((await call(tool, { instance: 'nhn orders' })).data['denied']).toBe(1);
  }
});

test.each([
  ['reader', ['orders-primary', 'orders'], ['orders-replica', 'orders-east'], ['replicas', 'contents']],
  ['reporter', ['orders-replica', 'orders-east'], ['orders-primary', 'orders'], ['origin_cluster_id']],
] as const)('what the %s may read does not lead to what they may not', async (who, open, denied, left) => {
  const all = await everything(await as('oncall'));
  const idsOf = (names: readonly string[]) =>
    all.filter(({ name }) => names.includes(name)).map(({ reference }) => reference);
  const { call, client } = await as(who);
  const told: string[] = [];
  for (const reference of idsOf(open)) {
    for (const tool of ['fleet_get_instance', 'fleet_diagnose_instance'])
      told.push(JSON.stringify((await call(tool, { instance: reference })).raw));
    const [account, id] = reference.split(':');
    told.push(JSON.stringify(await client.readResource({ uri: `pgfleet://${account}/instances/${id}` })));
    if (account !== 'samsung') continue;
    for (const tool of ['samsung_get_cluster', 'samsung_list_replicas'])
      told.push(JSON.stringify((await call(tool, { cluster_id: id })).raw));
  }
  told.push(JSON.stringify((await call('fleet_check', { detail: true })).raw));
  for (const reference of idsOf(denied)) expect(told.join('\n')).not.toContain(reference.split(':')[1]);
  for (const field of left) expect(told.join('\n')).toContain(`Left out: 1 of ${field}`);
});

test('a job is read by those who may read what it is about, and by nobody else', async () => {
  const [oncall, guest] = [await as('oncall'), await as('guest')];
  const jobOn = async (name: string) => {
    const { dbInstanceId } = await instanceNamed(oncall.call, name);
    return jobOf(await oncall.call('nhn_backup_db_instance', { dbInstanceId, backupName: `of-${name}` }));
  };
  const [secret, open] = [await jobOn('orders-primary'), await jobOn('analytics')];
  // The provider does not know a new job at first, so there is nothing that could be denied.
  const early = await guest.call('wait_for_job', { job: secret, seconds: 1 });
  expect(early).toMatchObject({ isError: false, data: { providerState: expect.stringContaining('not known yet') } });
  fleet.world.advance(60_000);
  for (const job of [secret, open]) expect((await oncall.call('wait_for_job', { job })).isError).toBe(false);
  expect((await guest.call('wait_for_job', { job: open })).isError).toBe(false);
  expect(await guest.call('wait_for_job', { job: secret })).toMatchObject({
    isError: true,
    text: expect.stringContaining('Guests do not see orders.'),
  });
  const uriOf = (job: string) => `pgfleet://nhn/jobs/${encodeURIComponent(job.slice('nhn:'.length))}`;
  await expect(guest.client.readResource({ uri: uriOf(secret) })).rejects.toThrow('Guests do not see orders.');
  expect(JSON.stringify(await guest.client.readResource({ uri: uriOf(open) }))).toContain('succeeded');

  const jobs = { type: 'ref/resource' as const, uri: 'pgfleet://{provider}/jobs/{id}' };
  const proposed = async ({ client }: HttpConnection) =>
    (await client.complete({ ref: jobs, argument: { name: 'id', value: '' } })).completion.total;
  expect([await proposed(oncall), await proposed(guest)]).toEqual([2, 0]);
});

test('a task whose job may not be read any more is not told', async () => {
  const declared = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
  const { call, request } = await rawHttp({ url: server.url, token: tokens.trainee, capabilities: declared });
  const { dbInstanceId } = await instanceNamed((await as('trainee')).call, 'staging');
  const started = await call('nhn_start_db_instance', { dbInstanceId });
  const taskId = String(started.result?.['taskId']);
  fleet.world.advance(60_000);
  const get = async () => (await request('tasks/get', { taskId }, { 'mcp-name': taskId })).frame;
  expect((await get()).result).toMatchObject({ taskId });
  grant(env, 'trainee', { groups: ['outsiders'] });
  await expect.poll(async () => (await get()).error?.message).toContain('wait_for_job may say why');
});

test('who may not list may not list resources either', async () => {
  grant(env, 'trainee', { groups: ['unlisted'] });
  const { call, client } = await as('trainee');
  await expect.poll(async () => (await call('fleet_overview')).isError).toBe(true);
  expect((await client.listResources()).resources.filter(({ uri }) => /\/instances\/./.test(uri))).toEqual([]);
  const uri = 'pgfleet://fleet/instances';
  await expect(client.readResource({ uri })).rejects.toThrow('The policy of this server denies fleet_overview');
});
