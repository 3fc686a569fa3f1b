import { describe, expect, test } from 'vitest';
import { type Answer, type Said, startAnswering } from '../support/answering.js';
import { connect } from '../support/connect.js';
import { startFleet } from '../support/fleet.js';
import { instanceNamed, refusal, success } from '../support/nhn.js';

const list = 'GET /v1.0/db-instances';
const start = 'POST /v1.0/db-instances/:dbInstanceId/start';
const missing = '00000000-0000-4000-8000-000000000000';

describe('what the provider refuses', () => {
  test('an expired token is renewed once, and nobody notices', async () => {
    const fleet = await startFleet();
    const { call } = await connect({ fleet });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    fleet.faults.add({ on: list, kind: 'expired-token', times: 1 });
    fleet.faults.add({ on: start, kind: 'expired-token', times: 1 });
    expect((await call('nhn_list_db_instances')).isError).toBe(false);
    expect((await call('nhn_start_db_instance', { dbInstanceId })).isError).toBe(false);
    expect(fleet.sent.filter((line) => line === list)).toHaveLength(3);
    expect(fleet.changes()).toEqual(Array(2).fill(start.replace(':dbInstanceId', dbInstanceId)));
  });

  test('a token that is refused again is an error about the credentials', async () => {
    const provider = await startAnswering(['nhn'], () => refusal(80_401, 'Unauthorized'));
    const { call } = await connect({ fleet: provider });
    const { isError, text } = await call('nhn_list_db_instances');
    expect(isError).toBe(true);
    expect(text).toContain('80401');
    expect(text).toContain('credentials');
    expect(provider.sent).toEqual([list, list]);
    expect(provider.tokens()).toBe(2);
  });

  test('a missing permission is named', async () => {
    const fleet = await startFleet();
    const { call } = await connect({ fleet, env: { NHN_APP_KEY: 'sandbox-viewer' }, answer: 'yes' });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    const { isError, text } = await call('nhn_start_db_instance', { dbInstanceId });
    expect(isError).toBe(true);
    expect(text).toContain('80403');
    expect(text).toContain('RDSforPostgreSQL:DbInstance.Start.');
    // Two revisions of the documents name two.
    const running = await instanceNamed(call, 'analytics');
    const stopped = await call('nhn_stop_db_instance', { dbInstanceId: running.dbInstanceId });
    expect(stopped.text).toContain('RDSforPostgreSQL:DbInstance.Start or RDSforPostgreSQL:DbInstance.Stop.');
  });

  test('what is not found names the tool that lists what exists', async () => {
    const fleet = await startFleet();
    const { call } = await connect({ fleet });
    const instance = await call('nhn_get_db_instance', { dbInstanceId: missing });
    expect(instance.text).toContain('nhn_list_db_instances');
    const group = await call('nhn_get_parameter_group', { parameterGroupId: missing });
    expect(group.text).toContain('nhn_list_parameter_groups');
    for (const { isError, text } of [instance, group]) {
      expect(isError).toBe(true);
      expect(text).toContain(missing);
    }
  });

  test('a failure with HTTP 200 says code and message, and never claims a success', async () => {
    const fleet = await startFleet();
    const { call } = await connect({ fleet });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    const { isError, text, data } = await call('nhn_backup_db_instance', {
      dbInstanceId,
      backupName: 'of-a-stopped-one',
    });
    expect(isError).toBe(true);
    expect(text).toContain('90410');
    expect(text).toContain('staging is not running');
    expect(data).toEqual({});
  });
});

describe('what is no answer of the provider', () => {
  const html = '<!DOCTYPE html><html><body>Bad gateway</body></html>';
  const strange: [string, Said, string][] = [
    ['a page', { body: html }, 'HTML'],
    ['a page of a gateway, not found', { status: 404, body: html }, '404'],
    ['nothing', { body: '' }, 'empty'],
    ['cut JSON', { body: '{"header":{"resultCode":0,' }, 'JSON'],
    ['a list', { body: '[1,2]' }, 'form'],
    ['a text', { body: '"yes"' }, 'form'],
    ['null', { body: 'null' }, 'form'],
    ['an empty object', { body: '{}' }, 'form'],
    ['a header that says nothing', { body: '{"header":{}}' }, 'no message'],
    ['a header that contradicts itself', { body: '{"header":{"resultCode":0,"isSuccessful":false}}' }, 'no message'],
    ['a refusal with another status', { ...refusal(90_400, 'Too odd'), status: 400 }, 'Too odd'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }, '302'],
    ['a status of its own', { status: 418, body: 'teapot' }, '418'],
  ];
  test('is a clear error, and the next call works', async () => {
    let said: Said = success({});
    const provider = await startAnswering(['nhn'], () => said);
    const { call, stderr } = await connect({ fleet: provider });
    for (const [what, odd, word] of strange) {
      said = odd;
      const { isError, text } = await call('nhn_list_db_instances');
      expect(isError, what).toBe(true);
      expect(text, what).toContain(word);
      expect(text, what).not.toContain('fault of pgfleet');
      expect(text, what).not.toContain('Bad gateway');
    }
    said = success({ dbInstances: [] });
    expect((await call('nhn_list_db_instances')).data['dbInstances']).toEqual([]);
    expect(provider.sent).toHaveLength(strange.length + 1);
    expect(stderr()).toBe('');
  });
});

describe('reads', () => {
  const faults = [
    { kind: 'status', value: 429 },
    { kind: 'status', value: 500 },
    { kind: 'status', value: 503 },
    { kind: 'cut-before' },
    { kind: 'cut-after' },
  ] as const;
  test('are asked again after 429, 5xx and broken connections', async () => {
    const fleet = await startFleet();
    const { call } = await connect({ fleet });
    for (const fault of faults) {
      fleet.sent.length = 0;
      fleet.faults.add({ on: list, times: 1, ...fault });
      expect((await call('nhn_list_db_instances')).isError).toBe(false);
      expect(fleet.sent).toEqual([list, list]);
    }
  });

  test('are given up after three more tries', async () => {
    const fleet = await startFleet();
    const { call } = await connect({ fleet });
    fleet.faults.add({ on: list, kind: 'status', value: 503 });
    const { isError, text } = await call('nhn_list_db_instances');
    expect(isError).toBe(true);
    expect(text).toContain('503');
    expect(fleet.sent).toHaveLength(4);
  });

  test('are not held back for as long as a provider likes', async () => {
    const headers = { 'retry-after': '3600' };
    const provider = await startAnswering(['nhn'], () => ({ status: 429, headers, body: 'slow down' }));
    const { call } = await connect({ fleet: provider });
    const { isError, text } = await call('nhn_list_db_instances');
    expect(isError).toBe(true);
    expect(text).toContain('3600');
    expect(provider.sent).toHaveLength(1);
  });
});

describe('a change', () => {
  const unknown = [
    { kind: 'status', value: 500 },
    { kind: 'status', value: 502 },
    { kind: 'status', value: 503 },
    { kind: 'status', value: 504 },
    { kind: 'cut-before' },
    { kind: 'cut-after' },
    { kind: 'garbage' },
  ] as const;
  test('is sent once; where its end is not known, that is said, and the call that finds out', async () => {
    const fleet = await startFleet();
    const { call, audit } = await connect({ fleet });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    for (const fault of unknown) {
      fleet.sent.length = 0;
      fleet.faults.add({ on: start, times: 1, ...fault });
      const { isError, text } = await call('nhn_start_db_instance', { dbInstanceId });
      expect(isError).toBe(true);
      expect(text).toContain('not known');
      expect(text).toContain(`nhn_get_db_instance {"dbInstanceId":"${dbInstanceId}"}`);
      expect(fleet.changes()).toHaveLength(1);
      expect(audit().at(-1)).toMatchObject({ event: 'outcome', outcome: 'unknown' });
    }
  });

  test.each([429, 404])('that a gateway turned away with %s is sent once and known not to be done', async (value) => {
    const fleet = await startFleet();
    const { call, audit } = await connect({ fleet });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    fleet.faults.add({ on: start, kind: 'status', value });
    const { isError, text } = await call('nhn_start_db_instance', { dbInstanceId });
    expect(isError).toBe(true);
    expect(text).not.toContain('not known, and');
    expect(fleet.changes()).toHaveLength(1);
    expect(audit().at(-1)).toMatchObject({ event: 'outcome', outcome: 'failed' });
  });

  const fromNhn: [number, Answer, string[], string][] = [
    [500, refusal(90_500, 'Internal error'), ['90500', 'not known'], 'unknown'],
    [502, refusal(90_502, 'Bad gateway'), ['90502', 'not known'], 'unknown'],
    [429, refusal(90_429, 'Slow down'), ['90429', 'Too many requests'], 'failed'],
    [200, refusal(7008, 'Processing'), ['7008', 'nothing was done', 'Try again in about 15 seconds'], 'failed'],
  ];
  test('whose failure NHN tells in its own words is judged by status and code', async () => {
    let said: Answer = {};
    const provider = await startAnswering(['nhn'], () => said);
    const { call, audit } = await connect({ fleet: provider });
    for (const [status, answer, words, outcome] of fromNhn) {
      said = { ...answer, status };
      const { isError, text } = await call('nhn_start_db_instance', { dbInstanceId: missing });
      expect(isError).toBe(true);
      for (const word of words) expect(text).toContain(word);
      expect(audit().at(-1)).toMatchObject({ event: 'outcome', outcome });
    }
    expect(provider.sent.filter((line) => !line.startsWith('GET '))).toHaveLength(fromNhn.length);
  });

  test('for which no token could be had was not sent, and that is said', async () => {
    const provider = await startAnswering(['nhn'], () => success({}), { sayToken: () => 'cut' });
    const { call, audit } = await connect({ fleet: provider });
    const { isError, text } = await call('nhn_start_db_instance', { dbInstanceId: missing });
    expect(isError).toBe(true);
    expect(text).toContain('Nothing was changed');
    expect(provider.sent).toEqual([]);
    expect(audit().at(-1)).toMatchObject({ event: 'outcome', outcome: 'failed' });
  });
});

describe('the way there', () => {
  test('a provider that cannot be reached is named, and nothing was changed', async () => {
    const closed = { NHN_BASE_URL: 'http://127.0.0.1:9', NHN_TOKEN_URL: 'http://127.0.0.1:9/token' };
    const environment = { NHN_APP_KEY: 'a', NHN_ACCESS_KEY_ID: 'b', NHN_SECRET_ACCESS_KEY: 'c', ...closed };
    const { call } = await connect({ fleet: { environment } });
    const [read, change] = await Promise.all([
      call('nhn_list_db_instances'),
      call('nhn_start_db_instance', { dbInstanceId: missing }),
    ]);
    for (const { isError, text } of [read, change]) {
      expect(isError).toBe(true);
      expect(text).toContain('http://127.0.0.1:9');
      expect(text).toContain('Nothing was changed');
    }
  });

  test('however many calls wait, one token is asked for', async () => {
    const provider = await startAnswering(['nhn'], () => success({ dbInstances: [] }));
    const { call } = await connect({ fleet: provider });
    const results = await Promise.all(Array.from({ length: 20 }, () => call('nhn_list_db_instances')));
    expect(results.filter(({ isError }) => isError)).toEqual([]);
    expect(provider.sent).toHaveLength(20);
    expect(provider.tokens()).toBe(1);
  });

  test('twenty calls whose token has expired ask for one new one', async () => {
    let good = bearerOf(1);
    const provider = await startAnswering(
      ['nhn'],
      ({ headers }) =>
        headers['x-nhn-authorization'] === `Bearer ${good}` ? success({}) : refusal(80_401, 'Unauthorized'),
      { sayToken: () => ({ body: { access_token: good, expires_in: 86_400 } }) },
    );
    const { call } = await connect({ fleet: provider });
    await call('nhn_list_db_instances');
    good = bearerOf(2);
    const results = await Promise.all(Array.from({ length: 20 }, () => call('nhn_list_db_instances')));
    expect(results.filter(({ isError }) => isError)).toEqual([]);
    expect(provider.tokens()).toBe(2);
  });
});

test('a wrong extension id points to the list of extensions', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet });
  const { dbInstanceId, dbInstanceGroupId } = await instanceNamed(call, 'staging');
  const { data } = await call('nhn_list_databases', { dbInstanceId });
  const [{ databaseId }] = data['databases'] as [{ databaseId: string }];
  const extension = { extensionId: missing, databaseId, schemaName: 'public' };
  const { text } = await call('nhn_install_extension', { dbInstanceGroupId, ...extension });
  expect(text).toContain('nhn_list_extensions shows what exists');
  const group = await call('nhn_install_extension', {
    dbInstanceGroupId: missing,
    ...extension,
    extensionId: dbInstanceId,
  });
  expect(group.text).toContain('nhn_list_db_instance_groups shows what exists');
});

const bearerOf = (number: number): string => `bearer-number-${number}`;
