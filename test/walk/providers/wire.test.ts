import { deflateRawSync } from 'node:zlib';
import type { Client } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import { type ProviderName, providerNames } from '../../../src/providers/settings.js';
import { type Answer, type Asked, type Said, startAnswering } from '../../support/answering.js';
import { handClock, settle, turningClock } from '../../support/clock.js';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { refusal, success } from '../../support/nhn.js';
import { calls } from './calls.js';

const given = { dbInstanceId: '0ddb042c-5af6-43fb-a914-f4dd0540eb7c' };
const read = { ...calls, nhn: { read: ['nhn_list_db_instances', {}] } } as const;

/** An answer that begins and never ends; `reached` resolves once it was asked for. */
function heldBack() {
  let arrive: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const hold = (): Said => {
    arrive();
    return 'held';
  };
  return { reached, hold };
}

/** A provider that holds every answer, those to changes, or every token; `reached` resolves with the first. */
async function holding(name: ProviderName, what: 'answers' | 'changes' | 'tokens' = 'answers') {
  const { reached, hold } = heldBack();
  const seen = success({ ...given, dbInstanceName: 'orders' });
  const say = ({ method }: Asked) => (what === 'changes' && method === 'GET' ? seen : hold());
  const provider = await startAnswering([name], say, what === 'tokens' ? { sayToken: hold } : {});
  return { provider, reached };
}

describe('an answer that begins and never ends', () => {
  test.each(providerNames)('of %s is given up after 45 seconds, and a read is not tried again', async (name) => {
    const clock = handClock();
    const { provider, reached } = await holding(name);
    const { call } = await connect({ fleet: provider, clock });
    const [tool, args] = read[name].read;
    const answer = call(tool, { ...args });
    await reached;
    await clock.turn(45_000);
    const { isError, text } = await answer;
    expect(isError).toBe(true);
    expect(text).toContain('no answer within 45 seconds');
    expect(provider.sent).toHaveLength(1);
  });

  test('to a change leaves its outcome unknown', async () => {
    const clock = handClock();
    const { provider, reached } = await holding('nhn', 'changes');
    const { call, audit } = await connect({ fleet: provider, clock });
    const answer = call('nhn_start_db_instance', given);
    await reached;
    await clock.turn(45_000);
    expect((await answer).text).toContain('not known');
    expect(audit().at(-1)).toMatchObject({ event: 'outcome', outcome: 'unknown' });
    expect(provider.sent.filter((line) => !line.startsWith('GET '))).toHaveLength(1);
  });

  test('to the look before a change ends the call, and the change is not sent', async () => {
    const clock = handClock();
    const { provider, reached } = await holding('nhn');
    const { call } = await connect({ fleet: provider, clock });
    const answer = call('nhn_start_db_instance', given);
    await reached;
    await clock.turn(45_000);
    expect((await answer).text).toContain('Nothing was changed');
    expect(provider.sent).toEqual([`GET /v1.0/db-instances/${given.dbInstanceId}`]);
  });

  test('of the address of tokens is given up earlier, and nothing was changed', async () => {
    const clock = handClock();
    const { provider, reached } = await holding('nhn', 'tokens');
    const { call } = await connect({ fleet: provider, clock });
    const answer = call('nhn_start_db_instance', given);
    await reached;
    await clock.turn(30_000);
    expect((await answer).text).toContain('Nothing was changed');
    expect(provider.sent).toEqual([]);
    expect(provider.tokens()).toBe(1);
  });
});

test('a change that was sent is followed to its end although its client has cancelled the call', async () => {
  const { reached, hold } = heldBack();
  let end: (said: Said) => void = () => undefined;
  const ended = new Promise<Said>((resolve) => {
    end = resolve;
  });
  const say = ({ method }: Asked) => (method === 'GET' ? success(given) : hold() && ended);
  const { client, audit } = await connect({ fleet: await startAnswering(['nhn'], say) });
  const control = new AbortController();
  const request = { name: 'nhn_start_db_instance', arguments: given };
  const call = (client as Client).callTool(request, { signal: control.signal });
  await reached;
  control.abort('enough');
  await expect(call).rejects.toThrow();
  await settle();
  expect(audit().at(-1)).toMatchObject({ event: 'attempt' });
  end(success({ jobId: '9e0f4a52-2d0e-4b1c-8d2f-3c1f0f4f2a11' }));
  await expect.poll(() => audit().at(-1)).toMatchObject({ event: 'outcome', outcome: 'succeeded' });
});

describe('a token and the request that needs it', () => {
  const issued = { body: { access_token: 'given', token_type: 'bearer', expires_in: 86_400 } };

  test('are given up together, 45 seconds after the call began', async () => {
    const clock = handClock();
    const { reached, hold } = heldBack();
    const sayToken = async () => {
      await clock.turn(20_000);
      return issued;
    };
    const provider = await startAnswering(['nhn'], hold, { sayToken });
    const { call } = await connect({ fleet: provider, clock });
    const answer = call('nhn_list_db_instances');
    await reached;
    expect(clock.waits()).toContain(25_000);
    await clock.turn(25_000);
    expect((await answer).text).toContain('no answer within 25 seconds');
  });

  test('a new token that comes too late for another try is not waited for', async () => {
    const clock = handClock();
    const { reached, hold } = heldBack();
    const tokens: Said[] = [issued];
    const sayToken = () => tokens.pop() ?? hold();
    const refuse = async () => {
      await clock.turn(20_000);
      return { ...refusal(-4010001, 'The token has expired.'), status: 401 };
    };
    const provider = await startAnswering(['nhn'], refuse, { sayToken });
    const { call } = await connect({ fleet: provider, clock });
    const answer = call('nhn_start_db_instance', given);
    await reached;
    expect(clock.waits()).toContain(10_000);
    await clock.turn(10_000);
    const { text } = await answer;
    expect(text).toContain('refused the token, and no new one came in time');
    expect(text).toContain('Nothing was changed');
    expect(provider.sent).toHaveLength(1);
  });
});

test('a read that is put off again and again ends with the last answer before 45 seconds are over', async () => {
  const clock = turningClock();
  const provider = await startAnswering(['nhn'], () => ({ status: 429, headers: { 'retry-after': '19' }, body: '' }));
  const { call } = await connect({ fleet: provider, clock });
  const begun = clock.now();
  const { isError, text } = await call('nhn_list_db_instances');
  expect(isError).toBe(true);
  expect(text).toContain('Try again in 19 seconds');
  expect(provider.sent).toHaveLength(3);
  expect(clock.now() - begun).toBeLessThan(45_000);
});

describe('an answer that comes compressed without having been asked for', () => {
  const compressed = (encoding: string, body: object): Answer => ({
    ...success(body),
    headers: { 'content-encoding': encoding },
  });

  test.each(['gzip', 'deflate', 'br'])('is read: %s', async (encoding) => {
    const provider = await startAnswering(['nhn'], () => compressed(encoding, { dbInstances: [] }));
    const { call } = await connect({ fleet: provider });
    expect((await call('nhn_list_db_instances')).data).toMatchObject({ dbInstances: [] });
  });

  test('is read where its deflate has no frame, as that of some servers', async () => {
    const answer = { ...compressed('deflate', { dbInstances: [] }), encode: deflateRawSync };
    const provider = await startAnswering(['nhn'], () => answer);
    const { call } = await connect({ fleet: provider });
    expect((await call('nhn_list_db_instances')).data).toMatchObject({ dbInstances: [] });
  });

  test('is not read when too much comes out', async () => {
    const provider = await startAnswering(['nhn'], () => compressed('gzip', { note: 'x'.repeat(21 * 1024 * 1024) }));
    const { call } = await connect({ fleet: provider });
    const { isError, text } = await call('nhn_list_db_instances');
    expect(isError).toBe(true);
    expect(text).toContain('larger');
    expect(provider.sent).toHaveLength(1);
  });

  test.each(providerNames)('is read from the sandbox of %s', async (name) => {
    const fleet = await startFleet({ providers: [name], faults: [{ on: '*', kind: 'gzip' }] });
    const { call } = await connect({ fleet });
    const [tool, args] = read[name].read;
    const { isError, text } = await call(tool, { ...args });
    expect(isError, text).toBe(false);
  });
});

test('an id of 64 bits is shown, followed and sent with every digit', async () => {
  const id = '9223372036854775807';
  const body = `{"id":${id},"status":"SUCCESS","name":"orders"}`;
  const provider = await startAnswering(['cegedim'], () => ({ body }));
  const { call } = await connect({ fleet: provider });
  const { data } = await call('cegedim_get_instance', { id });
  expect(data['id']).toBe(id);
  const started = await call('cegedim_start_instance', { id });
  expect(started.text).toMatch(new RegExp(`wait_for_job {"job":"cegedim:${id}~\\d+"}`));
  await call('wait_for_job', { job: `cegedim:${id}` });
  const instance = `/itcare/databases/postgresql/${id}`;
  const action = `GET /itcare/actions/${id}`;
  expect(provider.sent).toEqual([`GET ${instance}`, `GET ${instance}`, `PATCH ${instance}`, action]);
});

test('angle brackets in the words of a provider survive, and cannot end a fence', async () => {
  const words = 'the size must be < 2048, see <storageSize> and </data> and < / DATA >';
  const provider = await startAnswering(['nhn'], () => refusal(90_400, words));
  const { call } = await connect({ fleet: provider });
  const { text } = await call('nhn_list_db_instances');
  expect(text).toContain('the size must be < 2048, see <storageSize> and');
  expect(text).not.toMatch(/<\s*\/?\s*data/i);
});
