import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/define/config-error.js';
import { loadToolset } from '../../src/server/catalog.js';
import { faultsOf, fileOf } from '../config/reading.js';
import { connect } from '../support/connect.js';
import { startFleet } from '../support/fleet.js';
import { runInProcess } from '../support/in-process.js';
import { type Frame, run, saying, startRaw } from '../support/raw.js';

describe('a configuration that cannot be used', () => {
  test('ends the process with 2, each fault on a line of stderr and nothing on stdout', async () => {
    const env = { PGFLEET_CONFIRM: 'x', PGFLEET_BLUE: '1', NHN_APP_KEY: 'a' };
    const { code, stdout, stderr } = await run(['--lang', 'fr'], env);
    const faults = faultsOf({ flags: { lang: 'fr' }, env });
    expect(faults).toHaveLength(4);
    expect(stderr).toBe(faults.map((fault) => `pgfleet: ${fault}\n`).join(''));
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });

  /** What only shows once the server is put together. */
  const bad: [string, string[], string[]][] = [
    ['nothing at all', [], ['NHN_APP_KEY', 'NHN_ACCESS_KEY_ID', 'NHN_SECRET_ACCESS_KEY', '--sandbox']],
    ['an unknown profile', ['--sandbox', '--profile', 'core,moon'], ['moon', 'backups']],
    ['an unknown scenario', ['--sandbox', '--scenario', 'flood'], ['flood', 'storage-full']],
    ['an unknown fault', ['--sandbox', '--fault', 'GET /v1.0/x=explode'], ['explode', 'latency']],
    ['an unknown provider', ['--sandbox', 'aws'], ['aws', 'nhn']],
    ['an unknown port', ['sandbox', '--port', '70000'], ['--port', '65535']],
  ];
  test.each(bad)('says so before anything is served: %s', async (_, args, words) => {
    const refused = await runInProcess({ args }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ cause: expect.any(ConfigError) });
    for (const word of words) expect(String(refused)).toContain(word);
  });
});

test('a version of an API that has been marked as ended is told at start, with the variable for it', async () => {
  const fleet = await startFleet({ providers: ['samsung'] });
  const started = async (env?: Record<string, string>) => (await connect({ fleet, env })).stderr();
  expect(await started()).toMatch(/^pgfleet: .*"postgresql 1\.0".*2026-05-31.*SAMSUNG_API_VERSION.*\n$/);
  expect(await started({ SAMSUNG_API_VERSION: 'postgresql 1.1' })).toBe('');
});

describe('the command line', () => {
  test('--version says the version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  test('--help names every option', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const option of ['--sandbox', '--profile', '--read-only', '--confirm', '--config', 'sandbox', 'audit'])
      expect(stdout).toContain(option);
  });

  test('an unknown option is refused, and the nearest one named', async () => {
    const { code, stdout, stderr } = await run(['--sandbocks']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('--sandbox');
    expect(stdout).toBe('');
  });

  test('a flag wins over a variable, and a variable over the file', async () => {
    const config = fileOf('{"sandbox":true,"profile":"full","confirm":"deny"}');
    const { call, listTools } = await connect({
      args: ['--config', config, '--profile', 'events'],
      env: { PGFLEET_CONFIRM: 'token', PGFLEET_PROFILE: 'backups' },
      answer: 'yes',
    });
    const names = (await listTools()).map(({ name }) => name);
    expect(names).toContain('nhn_list_event_codes');
    expect(names).not.toContain('nhn_list_backups');
    await expect(call('nhn_list_backups')).rejects.toThrow('nhn_list_backups');
  });
});

test('profiles choose what is listed', async () => {
  const listed = async (...args: string[]) => {
    const { listTools } = await connect({ args: ['--sandbox', 'nhn', ...args] });
    return (await listTools()).map(({ name }) => name);
  };
  const [core, full, backups, one] = await Promise.all([
    listed(),
    listed('--profile', 'full'),
    listed('--profile', 'core,backups'),
    listed('--profile', 'nhn:events'),
  ]);
  const products = [
    'fleet_overview',
    'fleet_get_instance',
    'fleet_diagnose_instance',
    'fleet_check',
    'fleet_list_events',
    'fleet_compare',
    'fleet_get_metrics',
    'find_operation',
    'run_read_operation',
    'run_operation',
    'wait_for_job',
    'confirm_operation',
  ];
  const declared = Object.values((await loadToolset('nhn'))?.groups ?? {}).flat();
  expect(full.toSorted()).toEqual([...products, ...declared.map(({ name }) => name)].toSorted());
  for (const list of [core, full, backups, one]) expect(list).toEqual(expect.arrayContaining(products));
  expect(core.length).toBeLessThan(full.length / 2);
  expect(core).not.toContain('nhn_list_event_codes');
  expect(backups).toEqual(expect.arrayContaining([...core, 'nhn_list_backups']));
  expect(one.toSorted()).toEqual([...products, 'nhn_list_events', 'nhn_list_event_codes'].toSorted());
});

describe.each(['2026', '2025'] as const)('over the bare pipe, in the era of %s', (era) => {
  test('stdout carries protocol lines only, whatever comes in', async () => {
    const server = await startRaw({ era, process: true });
    for (const noise of ['', 'hello', '{', '[]', 'null', '{"jsonrpc":"2.0"}', '{"id":1}', '\u0000', '{"method":7}'])
      server.write(noise);
    const frames: Frame[] = [
      await server.request('tools/list'),
      await server.call('nhn_list_db_instances'),
      await server.call('nhn_get_db_instance', { dbInstanceId: 'x' }),
      await server.call('no_such_tool'),
      await server.request('no/such/method'),
    ];
    expect(frames.map(({ error, result }) => Boolean(error ?? result))).toEqual(Array(5).fill(true));
    for (const line of server.lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
    expect(server.lines.length).toBeGreaterThanOrEqual(5);
  });

  test('an unknown tool is a protocol error that names it', async () => {
    const server = await startRaw({ era });
    for (const name of ['no_such_tool', 'nhn_', '', '__proto__', 'constructor', 'nhn_delete_everything']) {
      const { error, result } = await server.call(name);
      expect(result).toBeUndefined();
      expect(error?.code).toBe(-32_602);
    }
  });

  test('arguments that are no object are refused', async () => {
    const fleet = await startFleet();
    const server = await startRaw({ era, fleet });
    for (const args of ['x', 7, null, [], true]) {
      const frame = await server.call('nhn_start_db_instance', args);
      expect(frame.error !== undefined || frame.result?.['isError'] === true).toBe(true);
      expect(saying(frame)).not.toBe('');
    }
    expect(fleet.sent).toEqual([]);
  });
});

const id = '0ddb042c-5af6-43fb-a914-f4dd0540eb7c';
const user = { dbInstanceId: id, dbUserName: 'app', dbPassword: 'pass-1234', authorityType: 'CRUD' };

/** A tool, arguments that it does not take, and the words that have to be in the refusal. */
const bad: [string, Record<string, unknown>, string[]][] = [
  ['nhn_get_db_instance', {}, ['dbInstanceId']],
  ['nhn_get_db_instance', { dbInstanceId: null }, ['dbInstanceId']],
  ['nhn_get_db_instance', { dbInstanceId: 7 }, ['dbInstanceId', 'UUID']],
  ['nhn_get_db_instance', { dbInstanceId: [id] }, ['dbInstanceId']],
  ['nhn_get_db_instance', { dbInstanceId: `${id}/restart` }, ['dbInstanceId', 'UUID']],
  ['nhn_get_db_instance', { dbInstanceId: `${id}\n` }, ['dbInstanceId', 'UUID']],
  ['nhn_get_db_instance', { dbInstanceID: id }, ['dbInstanceID', 'did you mean dbInstanceId']],
  ['nhn_get_db_instance', { dbInstanceId: id, verbose: true }, ['verbose', 'not an argument']],
  ['nhn_list_db_instances', { page: 1 }, ['page', 'there are none']],
  ['nhn_list_backups', { page: 0, size: 100 }, ['page']],
  ['nhn_list_backups', { page: 1, size: 101 }, ['size', '100']],
  ['nhn_list_backups', { page: 1.5, size: 10 }, ['page', 'int']],
  ['nhn_list_backups', { page: '01', size: 10 }, ['page', 'number']],
  ['nhn_modify_db_instance', { dbInstanceId: id }, ['At least one of', 'dbInstanceName']],
  ['nhn_modify_db_instance', { dbInstanceId: id, dbPort: 70_000 }, ['dbPort', '65535']],
  ['nhn_modify_network_info', { dbInstanceId: id, usePublicAccess: 'true' }, ['usePublicAccess', 'boolean']],
  ['nhn_create_db_user', { ...user, dbPassword: '' }, ['dbPassword', 'characters']],
  ['nhn_create_db_user', { ...user, dbPassword: 'x'.repeat(33) }, ['dbPassword', '32']],
  ['nhn_create_db_user', { ...user, address: '10.0.0.0/8' }, ['createDefaultHbaRules', 'address']],
  ['nhn_create_db_instance', { network: { subnet: id } }, ['network.subnet', 'did you mean']],
  ['nhn_list_events', { page: 1, size: 10, from: 'yesterday', to: 'today', eventCategoryType: 'ALL' }, ['from', 'to']],
  [
    'nhn_list_events',
    { page: 1, size: 10, from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z', eventCategoryType: 'ALL' },
    ['from must not be after to'],
  ],
  [
    'nhn_list_events',
    { page: 1, size: 10, from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', eventCategoryType: 'MOON' },
    ['eventCategoryType', 'BACKUP'],
  ],
  ['confirm_operation', {}, ['confirmation_token']],
  ['confirm_operation', { confirmation_token: '' }, ['confirmation_token']],
  ['confirm_operation', { token: 'x' }, ['token']],
  ['wait_for_job', { job: 'nhn:1', second: 3 }, ['second', 'did you mean seconds']],
];
test('arguments of every wrong kind are refused by name, and nothing is sent', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { call, asked, stderr } = await connect({ fleet, answer: 'yes' });
  for (const [tool, args, words] of bad) {
    const what = `${tool} ${JSON.stringify(args)}`;
    const { isError, text } = await call(tool, args);
    expect(isError, what).toBe(true);
    for (const word of words) expect(text, what).toContain(word);
    expect(text, what).toContain('Nothing was sent');
    expect(text, what).not.toContain('pass-1234');
    expect(text.length, what).toBeLessThan(2_000);
  }
  expect(asked).toEqual([]);
  expect(fleet.sent).toEqual([]);
  expect(stderr()).toBe('');
});

test('a server that only reads leaves nothing on the disk', async () => {
  const fleet = await startFleet();
  const { call, folder, auditLog } = await connect({ fleet, process: true });
  await call('nhn_list_db_instances');
  expect(existsSync(auditLog)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});
