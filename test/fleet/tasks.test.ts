import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { recordsAt } from '../../src/values/json-path.js';
import { rawHttp } from '../http/support/raw-http.js';
import { startHttp } from '../http/support/start-http.js';
import { handClock } from '../support/clock.js';
import { type FleetOptions, startFleet } from '../support/fleet.js';
import { type Frame, type RawOptions, startRaw } from '../support/raw.js';

const extension = 'io.modelcontextprotocol/tasks';
const declared = { extensions: { [extension]: {} }, elicitation: { form: {} } };
const jobs = 'GET /v3.0/jobs/:jobId';

/** Starts the instance that stands still: a job which goes on until the fleet's clock is turned. */
async function startOf(call: (name: string) => Promise<Frame>) {
  const { result } = await call('nhn_list_db_instances');
  const staging = recordsAt(result, 'structuredContent.dbInstances').find(
    ({ dbInstanceName }) => dbInstanceName === 'staging',
  );
  return { name: 'nhn_start_db_instance', arguments: { dbInstanceId: staging?.['dbInstanceId'] } };
}

async function setUp(options: Pick<RawOptions, 'clock'> & Pick<FleetOptions, 'altered'> = {}) {
  const { altered, clock } = options;
  const fleet = await startFleet({ providers: ['nhn'], altered });
  const { request, call } = await startRaw({ fleet, clock, capabilities: declared });
  return { fleet, request, start: await startOf(call) };
}

describe('a client that declares tasks', () => {
  test('gets one for what goes on, and follows it to the result of the call', async () => {
    const { fleet, request, start } = await setUp();
    const { result: task } = await request('tools/call', start);
    expect(task).toMatchObject({ resultType: 'task', status: 'working', ttlMs: 86_400_000, pollIntervalMs: 5_000 });
    const { taskId, createdAt } = task as { taskId: string; createdAt: string };
    const { result: early } = await request('tasks/get', { taskId });
    expect(early).toMatchObject({ status: 'working', statusMessage: expect.stringContaining('not known yet') });
    fleet.world.advance(3_000);
    const { result: working } = await request('tasks/get', { taskId });
    expect(working).toMatchObject({ resultType: 'complete', taskId, createdAt, status: 'working' });
    expect(working?.['statusMessage']).toMatch(/running.*no way to cancel/);
    fleet.world.advance(3_600_000);
    const { result: done } = await request('tasks/get', { taskId });
    expect(done).toMatchObject({
      status: 'completed',
      createdAt,
      result: { content: [{ type: 'text' }], structuredContent: { state: 'succeeded', providerState: 'COMPLETED' } },
    });
    expect(done?.['result']).not.toHaveProperty('isError');
  });

  test('keeps the usual answer to everything else', async () => {
    const { request } = await setUp();
    const { result } = await request('tools/call', { name: 'nhn_list_db_instances' });
    expect(result).toMatchObject({ resultType: 'complete', structuredContent: { dbInstances: expect.any(Array) } });
  });

  test('is asked first, and has the task after its yes', async () => {
    const { request, start } = await setUp();
    const call = { ...start, name: 'nhn_delete_db_instance' };
    const { result: question } = await request('tools/call', call);
    expect(question?.['resultType']).toBe('input_required');
    const { result: task } = await request('tools/call', {
      ...call,
      requestState: question?.['requestState'],
      inputResponses: { confirm: { action: 'accept', content: { name: 'staging' } } },
    });
    expect(task).toMatchObject({ resultType: 'task', status: 'working' });
  });

  test('learns that a failed job is a failed call', async () => {
    const altered = (body: string) => body.replace(/"jobStatus":"\w+"/, '"jobStatus":"FAILED"');
    const { fleet, request, start } = await setUp({ altered });
    const { result } = await request('tools/call', start);
    fleet.world.advance(3_000);
    const { result: task } = await request('tasks/get', { taskId: result?.['taskId'] });
    expect(task).toMatchObject({
      status: 'completed',
      result: { isError: true, structuredContent: { state: 'failed' } },
    });
  });

  test('may cancel, which is acknowledged and changes nothing', async () => {
    const { fleet, request, start } = await setUp();
    const { result: task } = await request('tools/call', start);
    const { taskId } = task as { taskId: string };
    expect(task?.['statusMessage']).toContain('no way to cancel');
    const { result } = await request('tasks/cancel', { taskId });
    expect(Object.keys(result ?? {}).filter((key) => key !== '_meta')).toEqual(['resultType']);
    expect((await request('tasks/get', { taskId })).result).toMatchObject({ status: 'working' });
    fleet.world.advance(3_600_000);
    expect((await request('tasks/get', { taskId })).result).toMatchObject({ status: 'completed' });
  });

  test('is told to ask again while the provider cannot be asked', async () => {
    const { fleet, request, start } = await setUp();
    const { result } = await request('tools/call', start);
    fleet.faults.add({ on: jobs, kind: 'status', value: 503 });
    const { result: task } = await request('tasks/get', { taskId: result?.['taskId'] });
    expect(task).toMatchObject({ status: 'working', statusMessage: expect.stringContaining('Ask again') });
  });

  test('hears no more of tasks/result and tasks/list than that there is no such method', async () => {
    const { request } = await setUp();
    for (const method of ['tasks/result', 'tasks/list'])
      expect((await request(method, { taskId: 'x' })).error?.code, method).toBe(-32601);
  });
});

describe('a task that is not there', () => {
  const signed = (issuer: string, subject: string) =>
    new SignJWT({ job: 'nhn:1', note: '' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(new Uint8Array(32));

  test('is refused with -32602, whatever is wrong with it', async () => {
    const { request, start } = await setUp();
    const { taskId = '' } = (await request('tools/call', start)).result as { taskId?: string };
    const [header, payload, signature] = taskId.split('.');
    const other = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as { sub: string };
    const changed = Buffer.from(JSON.stringify({ ...other, job: 'nhn:2' })).toString('base64url');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const bad = [
      '',
      'nhn:1',
      `${header}.${changed}.${signature}`,
      `${none}.${payload}.`,
      await signed('pgfleet task', other.sub),
    ];
    for (const method of ['tasks/get', 'tasks/update', 'tasks/cancel'])
      for (const each of bad) expect((await request(method, { taskId: each })).error?.code, each).toBe(-32602);
    expect((await request('tasks/get', {})).error?.code).toBe(-32602);
  });

  test('includes those of another caller', async () => {
    const fleet = await startFleet({ providers: ['nhn'] });
    const env = { PGFLEET_KEY: randomBytes(32).toString('base64') };
    const { request, call } = await startRaw({ fleet, env, capabilities: declared });
    const { result } = await request('tools/call', await startOf(call));
    const { request: stranger } = await startRaw({ fleet, env, capabilities: declared });
    expect((await stranger('tasks/get', { taskId: result?.['taskId'] })).error?.code).toBe(-32602);
  });

  test('includes those that have expired', async () => {
    const clock = handClock();
    const { request, start } = await setUp({ clock });
    const { result } = await request('tools/call', start);
    await clock.turn(86_400_001);
    expect((await request('tasks/get', { taskId: result?.['taskId'] })).error?.code).toBe(-32602);
  });

  test('but another replica with the same key knows it', async () => {
    const fleet = await startFleet({ providers: ['nhn'] });
    const env = { PGFLEET_KEY: randomBytes(32).toString('base64') };
    const replica = async () => rawHttp({ url: (await startHttp({ fleet, env })).url, capabilities: declared });
    const { request, call } = await replica();
    const { frame } = await request('tools/call', await startOf(call));
    const { taskId } = frame.result as { taskId: string };
    const known = await (await replica()).request('tasks/get', { taskId }, { 'mcp-name': taskId });
    expect(known.frame.result).toMatchObject({ status: 'working' });
  });
});

describe('a client that does not declare tasks', () => {
  test('gets the handle, and -32021 when it asks for a task', async () => {
    const { request, start } = await setUp();
    const { result } = await request('tools/call', start, {});
    expect(result).toMatchObject({
      resultType: 'complete',
      structuredContent: { pgfleet: { job: expect.stringMatching(/^nhn:/) } },
    });
    for (const method of ['tasks/get', 'tasks/update', 'tasks/cancel']) {
      const { error } = await request(method, { taskId: 'x' }, {});
      expect(error).toMatchObject({
        code: -32021,
        data: { requiredCapabilities: { extensions: { [extension]: {} } } },
      });
    }
  });
});
