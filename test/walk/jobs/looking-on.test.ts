import { describe, expect, test } from 'vitest';
import { fileOf } from '../../config/reading.js';
import { type Answering, type Said, startAnswering } from '../../support/answering.js';
import { handClock, turningClock } from '../../support/clock.js';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { follow, jobOf } from '../../support/follow.js';
import { instanceNamed, refusal, success } from '../../support/nhn.js';

const jobId = '0ddb042c-5af6-43fb-a914-f4dd0540eb7c';
const job = `nhn:${jobId}`;
const running = success({ jobId, jobStatus: 'RUNNING' });
const completed = success({ jobId, jobStatus: 'COMPLETED' });

/** A provider that says one after the other, and the last one for ever. */
const saying = (...all: readonly Said[]): Promise<Answering> => {
  const rest = [...all];
  return startAnswering(['nhn'], () => (rest.length > 1 ? rest.shift() : rest[0]) ?? 'silence');
};

/** A read is sent four times in all before it has failed. */
const fourTimes = (said: Said): Said[] => [said, said, said, said];

describe('a job that the provider does not know', () => {
  test('is looked for while it is new', async () => {
    const fleet = await startFleet({ providers: ['nhn'] });
    const connection = await connect({ fleet });
    const { dbInstanceId } = await instanceNamed(connection.call, 'staging');
    const started = await connection.call('nhn_start_db_instance', { dbInstanceId });
    const { heard, state } = await follow(connection, fleet, jobOf(started));
    expect(heard[0]).toContain('not known yet');
    expect(state).toBe('succeeded');
  });

  test.each([
    ['four minutes old', 240, false],
    ['six minutes old', 360, true],
  ])('and is %s', async (_what, age, isError) => {
    const clock = turningClock();
    const { call } = await connect({ fleet: await startFleet({ providers: ['nhn'] }), clock });
    const start = Math.floor(clock.now() / 1000) - age;
    const answer = await call('wait_for_job', { job: `${job}~${start}` });
    expect(answer).toMatchObject({ isError, text: expect.stringContaining(isError ? 'does not exist' : 'not known') });
  });

  test('and whose age nobody knows is an error at once', async () => {
    const fleet = await startFleet({ providers: ['nhn'] });
    const { call } = await connect({ fleet });
    expect(await call('wait_for_job', { job })).toMatchObject({ isError: true });
    expect(fleet.sent).toEqual([`GET /v3.0/jobs/${jobId}`, `GET /v1.0/jobs/${jobId}`]);
  });
});

describe('a look that fails', () => {
  test.each<[string, Said]>([
    ['a fault of the provider', { status: 500, body: '<html>' }],
    ['a gateway', { status: 503, body: '<html>' }],
    ['a limit', { status: 429, body: '<html>' }],
    ['half an answer', { body: '{"header":' }],
    ['a connection that breaks', 'cut'],
  ])('for %s does not end the waiting', async (_what, said) => {
    const { call } = await connect({ fleet: await saying(running, ...fourTimes(said), completed) });
    expect((await call('wait_for_job', { job })).data).toMatchObject({
      state: 'succeeded',
      providerState: 'COMPLETED',
    });
  });

  test('to the end leaves what was seen last, and says so', async () => {
    const { call } = await connect({ fleet: await saying(running, 'cut') });
    const { data, isError } = await call('wait_for_job', { job, seconds: 5 });
    expect(isError).toBe(false);
    expect(data).toMatchObject({ state: 'running', providerState: 'RUNNING' });
    expect(data['next']).toMatch(/could not be asked just now: .*broke.*seen last.*wait_for_job/);
  });

  test('from the beginning to the end is told with the way to go on', async () => {
    const { call } = await connect({ fleet: await saying({ status: 500, body: '<html>' }) });
    const { text, isError } = await call('wait_for_job', { job, seconds: 5 });
    expect(isError).toBe(true);
    expect(text).toContain('HTTP 500');
    expect(text).toContain(`wait_for_job {"job":"${job}"}`);
  });

  test('for want of rights ends the waiting at once', async () => {
    const provider = await saying(running, refusal(80_403, 'Forbidden'));
    const { call } = await connect({ fleet: provider });
    expect(await call('wait_for_job', { job })).toMatchObject({ isError: true });
    expect(provider.sent).toHaveLength(2);
  });
});

test.each<[string, () => Promise<Answering>]>([
  ['the job', () => saying('silence')],
  ['a token', () => startAnswering(['nhn'], () => running, { sayToken: () => 'silence' })],
])('a provider that is silent about %s holds nobody longer than was asked for', async (_what, start) => {
  const clock = handClock();
  const { call } = await connect({ fleet: await start(), clock });
  const waiting = call('wait_for_job', { job, seconds: 7 });
  await clock.awaited(7_000);
  await clock.turn(7_000);
  expect(await waiting).toMatchObject({ isError: true, text: expect.stringContaining('did not answer in time') });
});

test('all reads of a look share its time', async () => {
  const clock = handClock();
  let arrive: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  // A request that is answered late, and a cluster that is not shown at all.
  const provider = await startAnswering(['samsung'], async ({ path }) => {
    if (path.includes('/clusters/')) arrive();
    else await clock.turn(2_000);
    return path.includes('/clusters/') ? 'silence' : { body: { state: 'REQUESTED' } };
  });
  const { call } = await connect({ fleet: provider, clock });
  const waiting = call('wait_for_job', { job: 'samsung:req-1/1c7a4bdc0d0802e4a498e1f84e8a7eae/RUNNING', seconds: 1 });
  await reached;
  expect(clock.waits()).toContain(1_000);
  await clock.turn(1_000);
  expect(await waiting).toMatchObject({ isError: true, text: expect.stringContaining('did not answer in time') });
});

test('what is asked for the sake of a policy takes no longer than the waiting either', async () => {
  const rules = [{ effect: 'deny', instances: ['secret-*'] }];
  const clock = handClock();
  const provider = await saying('silence');
  const policy = fileOf(JSON.stringify({ rules }));
  const { call } = await connect({ fleet: provider, clock, env: { PGFLEET_POLICY: policy } });
  const waiting = call('wait_for_job', { job, seconds: 7 });
  await clock.awaited(7_000);
  await clock.turn(7_000);
  expect(await waiting).toMatchObject({ isError: true, text: expect.stringContaining('did not answer in time') });
});

describe('the two paths of a job', () => {
  const paths = ({ sent }: Answering) => sent.map((line) => line.slice(4, 9));

  test.each<[string, Said]>([
    ['a page that is not there', { status: 404, body: '<html>' }],
    ['a refusal in its own form', refusal(404, 'API not found')],
    ['any other refusal', refusal(90_000, 'Not supported')],
    ['a refusal of a gateway', { status: 403, body: '<html>' }],
    ['a refusal without words', { status: 403 }],
    ['another refusal of rights', { ...refusal(90_403, 'Not at this path'), status: 403 }],
    ['another refusal of the token', { ...refusal(90_401, 'Not at this path'), status: 401 }],
    ['a path that nothing serves', { status: 503, body: 'no healthy upstream' }],
  ])('the other one is asked after %s, and the one that works is remembered', async (_what, said) => {
    const provider = await startAnswering(['nhn'], ({ path }) => (path.startsWith('/v3.0/') ? said : completed));
    const { call } = await connect({ fleet: provider });
    expect((await call('nhn_get_job', { jobId })).data).toMatchObject({ jobStatus: 'COMPLETED' });
    expect((await call('wait_for_job', { job })).data).toMatchObject({ state: 'succeeded' });
    const asked = paths(provider);
    expect(asked.slice(asked.lastIndexOf('/v3.0'))).toEqual(['/v3.0', '/v1.0', '/v1.0']);
  });

  test('once the first one has worked, the other is not asked', async () => {
    const provider = await saying(running, refusal(90_404, 'Job does not exist.'));
    const { call } = await connect({ fleet: provider });
    await call('nhn_get_job', { jobId });
    await call('nhn_get_job', { jobId });
    expect(paths(provider)).toEqual(['/v3.0', '/v3.0']);
  });

  test('when both refuse, the refusal of the first is told', async () => {
    const provider = await startAnswering(['nhn'], ({ path }) => refusal(90_000, `refused at ${path.slice(0, 5)}`));
    const { call } = await connect({ fleet: provider });
    const { isError, text } = await call('nhn_get_job', { jobId });
    expect(isError).toBe(true);
    expect(text).toContain('refused at /v3.0');
    expect(paths(provider)).toEqual(['/v3.0', '/v1.0']);
  });

  test.each([
    [80_401, 200],
    [80_401, 401],
    [80_403, 200],
    [80_403, 403],
    [90_429, 429],
  ])('a refusal with %s and HTTP %s says nothing about the path', async (code, status) => {
    const provider = await saying({ ...refusal(code, 'no'), status });
    const { call } = await connect({ fleet: provider });
    expect(await call('nhn_get_job', { jobId })).toMatchObject({ isError: true });
    expect(new Set(paths(provider))).toEqual(new Set(['/v3.0']));
  });
});
