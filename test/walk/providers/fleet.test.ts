import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/define/config-error.js';
import { providerNames } from '../../../src/providers/settings.js';
import { loadToolset } from '../../../src/server/catalog.js';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { finished, jobOf } from '../../support/follow.js';
import { instanceNamed as nhnInstance } from '../../support/nhn.js';
import { clusterNamed } from '../../support/samsung.js';
import { calls } from './calls.js';
import { instanceNamed as cegedimInstance } from './cegedim.js';

const all = providerNames.toSorted();
/** The providers whose tools are listed, those of the product itself left out. */
const listedProviders = (tools: { name: string }[]): string[] =>
  all.filter((provider) => tools.some(({ name }) => name.startsWith(`${provider}_`)));

const reads = {
  nhn: 'nhn_list_db_instances',
  samsung: 'samsung_list_clusters',
  naver: 'naver_list_instances',
  cegedim: 'cegedim_list_resources',
};

const subsets = [[['samsung']], [['naver', 'cegedim']], [['nhn', 'naver', 'samsung']]];
test.each(subsets)('of what is configured, and of nothing else, the tools are listed: %j', async (providers) => {
  const fleet = await startFleet({ providers });
  const { listTools, call } = await connect({ fleet });
  expect(listedProviders(await listTools())).toEqual(providers.toSorted());
  const { isError, text } = await call('wait_for_job', { job: 'elsewhere:1' });
  expect(isError).toBe(true);
  for (const name of all) expect(text.includes(`${name}:…`)).toBe(providers.includes(name));
});

test('all of them together have every operation that is declared, beside the tools of the product', async () => {
  const { listTools } = await connect();
  const tools = await listTools();
  const toolsets = await Promise.all(providerNames.map(loadToolset));
  const declared = toolsets.flatMap((toolset) => Object.values(toolset?.groups ?? {}).flat());
  const operations = tools.filter(({ name }) => all.some((provider) => name.startsWith(`${provider}_`)));
  expect(operations.map(({ name }) => name).toSorted()).toEqual(declared.map(({ name }) => name).toSorted());
  for (const provider of all) expect(listedProviders(operations)).toContain(provider);
});

test('--sandbox nhn,naver starts those two', async () => {
  const { listTools, call } = await connect({ args: ['--sandbox', 'nhn,naver', '--profile', 'full'] });
  expect(listedProviders(await listTools())).toEqual(['naver', 'nhn']);
  for (const read of [reads.nhn, reads.naver]) expect((await call(read)).isError).toBe(false);
});

test('a sandbox that does not exist is refused by name', async () => {
  await expect(connect({ args: ['--sandbox', 'nhn,aws'] })).rejects.toMatchObject({
    message: `The sandbox has no aws; it has ${providerNames.join(', ')}.`,
    cause: expect.any(ConfigError),
  });
});

test('NAVER is configured by the variables of its own tools too', async () => {
  const fleet = await startFleet({ providers: ['naver'] });
  const { NAVER_ACCESS_KEY = '', NAVER_SECRET_KEY = '', ...environment } = fleet.environment;
  const env = { NCLOUD_ACCESS_KEY: NAVER_ACCESS_KEY, NCLOUD_SECRET_KEY: NAVER_SECRET_KEY };
  const { call } = await connect({ fleet: { ...fleet, environment }, env });
  expect((await call(reads.naver)).isError).toBe(false);
});

test('when two cannot be reached, the others work', async () => {
  const fleet = await startFleet();
  const closed = 'http://127.0.0.1:9';
  const { call, listTools } = await connect({ fleet, env: { SAMSUNG_BASE_URL: closed, CEGEDIM_TOKEN_URL: closed } });
  expect(listedProviders(await listTools())).toEqual(all);
  const [nhn, samsung, naver, cegedim] = await Promise.all(Object.values(reads).map((read) => call(read)));
  for (const working of [nhn, naver]) expect(working).toMatchObject({ isError: false });
  for (const down of [samsung, cegedim]) {
    expect(down).toMatchObject({ isError: true, text: expect.stringContaining(closed) });
    expect(down?.text).toContain('Nothing was changed');
  }
});

test('when the keys of one are wrong, the others work, and it says so itself', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet, env: { SAMSUNG_SECRET_KEY: 'not-this-one' } });
  const refused = await call(reads.samsung);
  expect(refused.isError).toBe(true);
  expect(refused.text).toContain('Samsung Cloud Platform');
  expect(refused.text).toContain('credentials');
  for (const read of [reads.nhn, reads.naver, reads.cegedim]) expect((await call(read)).isError).toBe(false);
});

test('jobs of all four are followed in one vocabulary', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet });
  const { call } = connection;
  const started = {
    nhn: await call('nhn_start_db_instance', { dbInstanceId: (await nhnInstance(call, 'staging')).dbInstanceId }),
    samsung: await call('samsung_start_cluster', { cluster_id: await clusterNamed(call, 'staging') }),
    naver: await call('naver_add_databases', { ...calls.naver.change[1] }),
    cegedim: await call('cegedim_start_instance', { id: await cegedimInstance(call, 'reportsqa01') }),
  };
  const jobs = Object.values(started).map(jobOf);
  expect(jobs.map((job) => job.split(':')[0])).toEqual(Object.keys(started));
  fleet.world.advance(3_000);
  const running = await Promise.all(jobs.map((job) => call('wait_for_job', { job, seconds: 1 })));
  expect(running.map(({ data }) => data['state'])).toEqual(Array(4).fill('running'));
  const ended = await Promise.all(jobs.map((job) => finished(connection, fleet, job)));
  expect(ended.map((end) => [end['state'], end['providerState']])).toEqual([
    ['succeeded', 'COMPLETED'],
    ['succeeded', 'cluster RUNNING, request COMPLETED'],
    ['succeeded', 'running'],
    ['succeeded', 'SUCCESS'],
  ]);
});

const strange = ['samsung:..', 'samsung:a b', 'naver:x y', 'naver:', 'naver:1@KR&a=b', 'cegedim:1/..', 'cegedim:x'];
test('a handle that leads nowhere is a clear error', async () => {
  const fleet = await startFleet({ providers: ['samsung', 'naver', 'cegedim'] });
  const { call } = await connect({ fleet });
  for (const job of strange) {
    const { isError, text } = await call('wait_for_job', { job, seconds: 1 });
    expect(isError, `${job}: ${text}`).toBe(true);
    expect(text, job).not.toContain('fault of pgfleet');
  }
});
