import { describe, expect, test } from 'vitest';
import { policyOf } from '../../http/support/people.js';
import { type ConnectOptions, connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';

async function opened(options: ConnectOptions = {}, profile = 'core+') {
  const fleet = await startFleet();
  const { call } = await connect({ fleet, ...options, args: ['--profile', profile] });
  const find = async (args: Record<string, unknown>) => {
    fleet.sent.length = 0;
    return call('find_operation', args);
  };
  return { fleet, find, call };
}

interface Row {
  name: string;
  does: string;
  alike?: string;
}

const rowsIn = (data: Record<string, unknown>) => (data['operations'] ?? []) as Row[];
const named = (data: Record<string, unknown>) => rowsIn(data).map(({ name }) => name);
/** Every operation in the lines, the best of each first. */
const allNamed = (rows: readonly Row[]) =>
  rows.flatMap(({ name, alike = '' }) => [name, ...(alike.match(/\w+(?= \()/g) ?? [])]);

describe('what somebody wants', () => {
  test.each([
    ['grow the disk of an instance', 'nhn', 'nhn_modify_storage_info', undefined],
    ['디스크가 꽉 찼어', 'samsung', 'samsung_resize_block_storage', 'handle_full_storage'],
    ['delete a database', 'naver', 'naver_delete_databases', undefined],
  ])('%s is found at %s, a line each, without asking a provider', async (want, provider, operation, runbook) => {
    const { find, fleet } = await opened();
    const { data, text } = await find({ want, provider });
    expect(named(data)).toContain(operation);
    expect(named(data).length).toBeLessThanOrEqual(8);
    expect(text).toContain(`\n- ${operation} (`);
    if (runbook !== undefined) expect(data['next']).toContain(`find_operation {"runbook":"${runbook}"}`);
    expect(fleet.sent).toEqual([]);
  });

  test('is found for the provider of an instance', async () => {
    const { find } = await opened();
    const { data } = await find({ want: 'restore to yesterday noon', instance: 'samsung orders' });
    expect(named(data).filter((name) => /^(nhn|naver|cegedim)_/.test(name))).toEqual([]);
    expect(named(data)).toContain('samsung_create_restore_cluster');
  });

  test.each(['bake a cake for the office', '\u0000\u{1F355}', 'x'.repeat(5_000)])(
    'may be nothing: %j',
    async (want) => {
      const { find } = await opened();
      const { data, isError, text } = await find({ want });
      expect([isError, named(data)]).toEqual([false, []]);
      expect(text).toContain('No operation here does that');
    },
  );

  test.each([
    ['delete an instance', 'Deletes an instance.', ['cegedim', 'naver', 'nhn', 'samsung']],
    ['백업 목록 보여줘', 'Lists backups.', ['naver', 'nhn', 'samsung']],
    ['read replica for reporting', 'Creates read replicas.', ['naver', 'nhn', 'samsung']],
  ])('is one line where several providers do it: %s', async (want, does, providers) => {
    const { find } = await opened();
    const { data, text } = await find({ want });
    const [first, ...others] = rowsIn(data);
    const alike = allNamed(first ? [first] : []);
    expect(first?.does).toBe(does);
    expect([...new Set(alike.map((name) => name.replace(/_.*/, '')))].toSorted()).toEqual(providers);
    expect(text.split('\n')[1]).toMatch(
      new RegExp(`^- ${alike.map((name) => `${name} \\(.*\\)`).join(', ')}: ${does}$`),
    );
    const all = [...alike, ...allNamed(others)];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeLessThanOrEqual(14);
  });

  test('of several providers is only found where it is offered', async () => {
    const { find } = await opened({}, 'nhn:backups,samsung:backups');
    const { data } = await find({ want: 'list the backups of an instance' });
    expect(allNamed(rowsIn(data).slice(0, 1)).toSorted()).toEqual([
      'nhn_list_backups',
      'samsung_list_backup_histories',
    ]);
  });

  test('is only found where it is offered', async () => {
    const { find } = await opened({}, 'nhn:backups');
    const { data, text: withheld } = await find({ want: 'delete an instance' });
    expect(named(data)).not.toContain('nhn_delete_db_instance');
    expect(withheld).toContain('"Delete instance" fits best, and is not offered here.');
    const { text } = await find({ operation: 'nhn_delete_db_instance' });
    expect(text).toContain('"Delete DB instance" is not offered here.');
  });
});

test('an operation has its whole schema, and one that is misspelled the nearest', async () => {
  const { find } = await opened();
  const { data, text } = await find({ operation: 'nhn_modify_backup_info' });
  expect(data).toMatchObject({ operation: 'nhn_modify_backup_info', risk: 'destructive' });
  expect(data['inputSchema']).toMatchObject({ required: ['dbInstanceId'] });
  expect(text).toContain('"backupPeriod"');
  expect((await find({ operation: 'nhn_modify_backup_inf' })).text).toContain('Did you mean');
});

test('a runbook has its text, about the instance', async () => {
  const { find } = await opened();
  const { text } = await find({ runbook: 'handle_full_storage', instance: 'orders-primary' });
  expect(text).toContain('Filling storage: orders-primary');
  expect((await find({ runbook: 'nothing' })).text).toContain('handle_full_storage');
});

describe('a call that is prepared from an instance', () => {
  test('has what the instance has now', async () => {
    const { find } = await opened();
    const { data } = await find({ operation: 'nhn_modify_backup_info', instance: 'nhn:orders-primary' });
    expect(data['arguments']).toMatchObject({ backupPeriod: 7, backupRetryCount: 6 });
    expect(data['missing']).toBe(undefined);
  });

  test('leaves secrets empty, marks what is missing, and does nothing', async () => {
    const { find, fleet } = await opened();
    const { data, text } = await find({ operation: 'nhn_create_db_user', instance: 'orders-primary' });
    expect(data).toMatchObject({ missing: ['dbUserName', 'authorityType'], secret: ['dbPassword'] });
    expect(Object.keys(data['arguments'] as object)).toEqual(['dbInstanceId']);
    expect(text).toContain('- secret, never filled: dbPassword');
    expect(text).toContain('nothing was sent, and nobody has agreed to it');
    expect(fleet.changes()).toEqual([]);
  });

  test('is refused for an instance of another provider, or several', async () => {
    const { find } = await opened();
    const other = await find({ operation: 'nhn_create_db_user', instance: 'samsung orders' });
    expect(other.text).toContain('is not of the provider of nhn_create_db_user');
  });

  test('reads no more than its caller may', async () => {
    const rules = [{ effect: 'deny', instances: ['orders-primary'], reason: 'Not for you.' }];
    const { find, fleet } = await opened({ env: policyOf({ rules }) });
    const { isError, text } = await find({ operation: 'nhn_create_db_user', instance: 'orders-primary' });
    expect(isError).toBe(true);
    expect(text).not.toContain('15432');
    expect(fleet.sent.filter((sent) => sent.includes('db-users'))).toEqual([]);
  });

  test('is not made where a rule denies a read that it needs', async () => {
    const rules = [{ effect: 'deny', tools: ['nhn_get_backup_info'], reason: 'No backups.' }];
    const { find } = await opened({ env: policyOf({ rules }) });
    const { isError, text } = await find({ operation: 'nhn_modify_backup_info', instance: 'orders-primary' });
    expect([isError, text]).toEqual([true, expect.stringContaining('No backups.')]);
  });
});

test.each([{}, { want: 'x', runbook: 'y' }, { instance: 'orders-primary' }])('%j asks for nothing', async (given) => {
  const { find } = await opened();
  expect((await find(given)).text).toContain('It takes one of want, operation and runbook.');
});

test.each([
  [['--read-only'], {}, /naver_export_db_server_log|run_operation|confirm_operation/],
  [[], { PGFLEET_RUN: 'off' }, /run_(?:read_)?operation/],
  [[], { PGFLEET_RUN: 'read' }, /run_operation/],
])('with %j and %j, what cannot be called is named in no answer', async (args, env, missing) => {
  const { call, client } = await connect({ fleet: await startFleet(), args, env });
  expect(client.getInstructions()).not.toMatch(missing);
  for (const asked of [{ want: 'log files' }, { operation: 'naver_list_db_server_logs' }]) {
    const { text, data } = await call('find_operation', asked);
    expect(text).not.toMatch(missing);
    expect(JSON.stringify(data)).not.toMatch(missing);
  }
});
