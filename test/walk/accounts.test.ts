import { beforeEach, describe, expect, test } from 'vitest';
import { configOf, fileWith } from '../support/accounts.js';
import { type Connection, connect, type Result } from '../support/connect.js';
import { type Fleet, startFleet } from '../support/fleet.js';

const twins = { 'nhn-prod': 'nhn', 'nhn-dev': 'nhn' } as const;

interface NhnInstance {
  dbInstanceId: string;
  dbInstanceName: string;
}

let fleet: Fleet;
beforeEach(async () => {
  fleet = await startFleet({ providers: [], accounts: { ...twins, 'naver-a': 'naver', 'naver-b': 'naver' } });
});

const connected = (options: Parameters<typeof configOf>[1] = {}, more: Parameters<typeof connect>[0] = {}) =>
  connect({ ...more, args: ['--config', configOf(fleet, options), '--profile', 'full', ...(more.args ?? [])] });

async function nhnId({ call }: Connection, account: string, name: string): Promise<string> {
  const { data } = await call('nhn_list_db_instances', { account });
  const found = (data['dbInstances'] as NhnInstance[]).find(({ dbInstanceName }) => dbInstanceName === name);
  if (!found) throw new Error(`${account} has no instance ${name}.`);
  return found.dbInstanceId;
}

const tokenOf = ({ data }: Result): { confirmation_token: string } => ({
  confirmation_token: String(data['confirmation_token']),
});

test('both are in every view, and a name that both have is told apart by the account', async () => {
  const { call } = await connected();
  const { data } = await call('fleet_overview', { name: 'orders-primary', provider: 'nhn' });
  const references = (data['instances'] as { reference: string }[]).map(({ reference }) => reference.split(':')[0]);
  expect(new Set(references)).toEqual(new Set(['nhn-dev', 'nhn-prod']));
  expect(references).toHaveLength(2);
  const both = await call('fleet_diagnose_instance', { instance: 'orders-primary' });
  expect(both.text).toContain('2 instances fit "orders-primary"');
  const named = (both.data['instances'] as { reference: string }[]).map(({ reference }) => reference.split(':')[0]);
  expect(named).toEqual(['nhn-prod', 'nhn-dev']);
  const [reference] = (data['instances'] as { reference: string }[]).map((each) => each.reference);
  const { text } = await call('fleet_diagnose_instance', { instance: reference });
  expect(text).toContain(`${reference}: `);
  expect((await call('fleet_check', { provider: 'nhn-dev' })).text).not.toContain('nhn-prod');
});

test('their tools take the name of an account; those of a provider with one do not', async () => {
  const { listTools } = await connected();
  const tools = new Map((await listTools()).map((tool) => [tool.name, tool]));
  const properties = (name: string) =>
    (tools.get(name) as { inputSchema?: { properties?: Record<string, unknown> } } | undefined)?.inputSchema
      ?.properties;
  expect(properties('nhn_get_db_instance')?.['account']).toEqual({ type: 'string', enum: ['nhn-prod', 'nhn-dev'] });
  expect(tools.has('samsung_list_clusters')).toBe(false);
  const alone = await connect({ fleet, args: ['--sandbox', 'nhn', '--profile', 'full'] });
  const own = (await alone.listTools()).find(({ name }) => name === 'nhn_get_db_instance');
  expect(JSON.stringify(own)).not.toContain('"account"');
});

test('a call goes to the account that holds what it names, and to no other', async () => {
  const connection = await connected();
  const dbInstanceId = await nhnId(connection, 'nhn-dev', 'orders-primary');
  const got = await connection.call('nhn_get_db_instance', { dbInstanceId });
  expect(got.data['dbInstanceName']).toBe('orders-primary');
  expect(got.text).toContain('account nhn-dev');
  fleet.sent.length = 0;
  const changed = await connection.call('nhn_backup_db_instance', { dbInstanceId, backupName: 'apart' });
  expect(changed.data['pgfleet']).toMatchObject({ job: expect.stringMatching(/^nhn-dev:/) });
  expect(fleet.changes()).toEqual([expect.stringContaining('/backup')]);
  const { job } = changed.data['pgfleet'] as { job: string };
  fleet.world.advance(600_000);
  expect((await connection.call('wait_for_job', { job })).data).toMatchObject({ job, state: 'succeeded' });
});

test.each([
  ['names nothing', 'nhn_list_db_instances', {}, /the call does not tell.*nhn-prod, nhn-dev/],
  [
    'names what no inventory has',
    'nhn_get_db_instance',
    { dbInstanceId: '0ddb042c-5af6-43fb-a914-f4dd0540eb7c' },
    /none/,
  ],
  ['names an account that does not exist', 'nhn_list_db_instances', { account: 'nhn' }, /no account "nhn"/],
  ['names one of another provider', 'nhn_list_db_instances', { account: 'naver-a' }, /no account "naver-a"/],
])('a call that %s is refused, and nothing is sent for it', async (_, tool, args, reason) => {
  const { call } = await connected();
  const { isError, text } = await call(tool, args);
  expect(isError).toBe(true);
  expect(text).toMatch(reason);
  expect(text).toContain('Nothing was sent.');
});

test('a number that two accounts have is never guessed', async () => {
  const connection = await connected();
  const numbers = async (account: string) =>
    (
      (await connection.call('naver_list_instances', { account })).data['cloudPostgresqlInstanceList'] as {
        cloudPostgresqlInstanceNo: string;
      }[]
    ).map((each) => each.cloudPostgresqlInstanceNo);
  const [first, second] = [await numbers('naver-a'), await numbers('naver-b')];
  const both = first.find((number) => second.includes(number));
  const only = first.find((number) => !second.includes(number));
  fleet.sent.length = 0;
  const args = { cloudPostgresqlInstanceNo: both, cloudPostgresqlDatabaseList: [{ name: 'orders' }] };
  const refused = await connection.call('naver_delete_databases', args);
  expect(refused.text).toMatch(/exists in naver-a and in naver-b, so name the account/);
  expect((await connection.call('naver_delete_databases', { ...args, account: 'naver-b' })).text).toContain('naver-b');
  const found = await connection.call('naver_get_instance', { cloudPostgresqlInstanceNo: only });
  expect(found.text).toContain('account naver-a');
});

describe('while one of two cannot be read', () => {
  beforeEach(() => fleet.faults.add({ account: 'nhn-dev', on: '*', kind: 'status', value: 503 }));

  test('calls that name no account are refused, and those that do go on', async () => {
    const connection = await connected();
    const dbInstanceId = await nhnId(connection, 'nhn-prod', 'orders-primary');
    const { isError, text } = await connection.call('nhn_get_db_instance', { dbInstanceId });
    expect({ isError, text }).toMatchObject({
      isError: true,
      text: expect.stringContaining('nhn-dev could not be read'),
    });
    const named = await connection.call('nhn_get_db_instance', { dbInstanceId, account: 'nhn-prod' });
    expect(named.isError).toBe(false);
  });

  test('the fleet names it, and shows the other', async () => {
    const { call } = await connected();
    const { text, data } = await call('fleet_overview', { provider: 'nhn' });
    expect(data['failures']).toEqual([expect.objectContaining({ provider: 'nhn-dev' })]);
    expect(text).toContain('nhn-dev could not be asked');
    expect(JSON.stringify(data['instances'])).toContain('nhn-prod:');
  });
});

test('the account is settled again when a yes comes: while one cannot be read, nothing is sent', async () => {
  const connection = await connected();
  const dbInstanceId = await nhnId(connection, 'nhn-dev', 'orders-primary');
  const asked = await connection.call('nhn_restart_db_instance', { dbInstanceId });
  fleet.faults.add({ account: 'nhn-prod', on: '*', kind: 'status', value: 503 });
  const confirmed = await connection.call('confirm_operation', tokenOf(asked));
  expect(confirmed.isError).toBe(true);
  expect(confirmed.text).toContain('nhn-prod could not be read');
  expect(fleet.changes()).toEqual([]);
});

test('a yes does not count in another account than the one that the question was about', async () => {
  // A number that both accounts have, of which only one account tells at a time.
  const hiding = { of: '', number: '' };
  fleet = await startFleet({
    providers: [],
    accounts: { 'naver-a': 'naver', 'naver-b': 'naver' },
    altered: (body) => (hiding.of && body.includes(hiding.of) ? body.replaceAll(hiding.number, '999') : body),
  });
  const connection = await connected();
  const numbers = async (account: string) => {
    const { data } = await connection.call('naver_list_instances', { account });
    const rows = data['cloudPostgresqlInstanceList'] as { cloudPostgresqlInstanceNo: string }[];
    return rows.map((row) => row.cloudPostgresqlInstanceNo);
  };
  const [a, b] = [await numbers('naver-a'), await numbers('naver-b')];
  const [onlyOfA, onlyOfB] = [a.find((each) => !b.includes(each)), b.find((each) => !a.includes(each))];
  hiding.number = a.find((each) => b.includes(each)) ?? '';
  hiding.of = onlyOfB ?? '';
  const asked = await connection.call('naver_delete_databases', {
    cloudPostgresqlInstanceNo: hiding.number,
    cloudPostgresqlDatabaseList: [{ name: 'orders' }],
  });
  expect(asked.text).toContain('naver-a');
  hiding.of = onlyOfA ?? '';
  fleet.sent.length = 0;
  const confirmed = await connection.call('confirm_operation', tokenOf(asked));
  expect(confirmed.isError).toBe(true);
  expect(confirmed.text).toContain('The confirmation was made for another account');
  expect(fleet.sent.filter((line) => line.includes('/delete'))).toEqual([]);
});

test('what is done is recorded for the account', async () => {
  const connection = await connected();
  const dbInstanceId = await nhnId(connection, 'nhn-prod', 'orders-primary');
  await connection.call(
    'confirm_operation',
    tokenOf(await connection.call('nhn_restart_db_instance', { dbInstanceId })),
  );
  expect(connection.audit()).toEqual([
    expect.objectContaining({ event: 'attempt', provider: 'nhn-prod' }),
    expect.objectContaining({ event: 'outcome', provider: 'nhn-prod', outcome: 'succeeded' }),
  ]);
});

test('a change whose outcome nobody knows says where to look, in the account that it went to', async () => {
  const connection = await connected({}, { env: { PGFLEET_CONFIRM: 'off' } });
  const dbInstanceId = await nhnId(connection, 'nhn-dev', 'orders-primary');
  fleet.faults.add({ account: 'nhn-dev', on: 'POST /v1.0/db-instances/:dbInstanceId/restart', kind: 'cut-after' });
  const { isError, text } = await connection.call('nhn_restart_db_instance', { dbInstanceId });
  expect(isError).toBe(true);
  expect(text).toContain(`nhn_get_db_instance ${JSON.stringify({ account: 'nhn-dev', dbInstanceId })} shows whether`);
});

test('an account that is read-only changes nothing, the other goes on', async () => {
  const connection = await connected({ 'nhn-prod': { readOnly: true } });
  const backUp = async (account: string) =>
    connection.call('nhn_backup_db_instance', {
      dbInstanceId: await nhnId(connection, account, 'orders-primary'),
      backupName: 'apart',
    });
  expect((await backUp('nhn-prod')).text).toContain('The account nhn-prod is read-only. Nothing was sent.');
  expect((await backUp('nhn-dev')).isError).toBe(false);
});

test('an account that confirms more strictly asks where the server would not', async () => {
  const connection = await connected({ 'nhn-prod': { confirm: 'deny' } }, { args: ['--confirm', 'off'] });
  const restart = async (account: string) =>
    connection.call('nhn_restart_db_instance', { dbInstanceId: await nhnId(connection, account, 'orders-primary') });
  expect((await restart('nhn-prod')).isError).toBe(true);
  expect((await restart('nhn-dev')).data['pgfleet']).toMatchObject({ job: expect.stringContaining('nhn-dev:') });
});

test('a profile of an account adds to the list, and refuses for this account what it does not name', async () => {
  const config = configOf(fleet, { 'nhn-prod': { profile: ['backups'] } });
  const { call, listTools } = await connect({ args: ['--config', config] });
  const names = (await listTools()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['nhn_delete_backup', 'nhn_list_db_instances']));
  expect(names).not.toContain('nhn_delete_db_security_group');
  const refused = await call('nhn_list_db_instances', { account: 'nhn-prod' });
  expect(refused.text).toContain('The profile of the account nhn-prod does not include nhn_list_db_instances');
  expect((await call('nhn_list_db_instances', { account: 'nhn-dev' })).isError).toBe(false);
});

test('a policy looks at accounts, and plans show the label', async () => {
  const policy = fileWith('policy.json', {
    rules: [
      { effect: 'deny', accounts: ['nhn-prod'], risks: ['disruptive'], reason: 'Not in production.' },
      { effect: 'allow', accounts: ['nhn-dev'], risks: ['disruptive'] },
    ],
  });
  const connection = await connected({ 'nhn-prod': { label: 'production' } }, { args: ['--policy', policy] });
  const args = async (account: string, name = 'orders-primary') => ({
    dbInstanceId: await nhnId(connection, account, name),
  });
  const denied = await connection.call('nhn_restart_db_instance', await args('nhn-prod'));
  expect(denied.text).toContain('Not in production.');
  const allowed = await connection.call('nhn_restart_db_instance', await args('nhn-dev'));
  expect(allowed.data['pgfleet']).toMatchObject({ job: expect.stringContaining('nhn-dev:') });
  const plan = await connection.call('nhn_delete_db_instance', await args('nhn-prod', 'staging'));
  expect(plan.text).toContain('account nhn-prod (production)');
});

test('resources and completion are of the account', async () => {
  const connection = await connected();
  const dbInstanceId = await nhnId(connection, 'nhn-prod', 'orders-primary');
  const { client } = connection;
  if (!('readResource' in client)) throw new Error('The client reads no resources.');
  const uri = `pgfleet://nhn-prod/instances/${dbInstanceId}`;
  const { contents } = await client.readResource({ uri });
  expect(JSON.stringify(contents)).toContain('orders-primary');
  await expect(client.readResource({ uri: uri.replace('nhn-prod', 'nhn-dev') })).rejects.toThrow();
  const { completion } = await client.complete({
    ref: { type: 'ref/resource', uri: 'pgfleet://{provider}/instances/{id}' },
    argument: { name: 'provider', value: 'nhn' },
  });
  expect(completion.values).toEqual(['nhn-dev', 'nhn-prod']);
});

test('they share no token', async () => {
  const connection = await connected();
  await connection.call('nhn_list_db_instances', { account: 'nhn-prod' });
  await connection.call('nhn_list_db_instances', { account: 'nhn-dev' });
  const tokens = new Set(
    fleet.requests.map(({ headers }) => headers['x-nhn-authorization']).filter((token) => token !== undefined),
  );
  expect(tokens.size).toBe(2);
});

test('several can be emulated in one process, each with a fleet of its own', async () => {
  const config = fileWith('config.json', {
    accounts: { one: { provider: 'nhn', sandbox: true }, two: { provider: 'nhn', sandbox: true } },
  });
  const { call } = await connect({ args: ['--config', config, '--profile', 'full'] });
  const ids = async (account: string) =>
    ((await call('nhn_list_db_instances', { account })).data['dbInstances'] as NhnInstance[]).map(
      ({ dbInstanceId }) => dbInstanceId,
    );
  const [one, two] = [await ids('one'), await ids('two')];
  expect(one.length).toBeGreaterThan(0);
  expect(one.filter((id) => two.includes(id))).toEqual([]);
});
