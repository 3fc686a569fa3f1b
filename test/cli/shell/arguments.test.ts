import { expect, test } from 'vitest';
import { clearSecrets, operationArguments, spelling } from '../../../src/cli/shell/operation-arguments.js';
import { isRecord } from '../../../src/values/values.js';
import { startFleet } from '../../support/fleet.js';
import { catalog, runInProcess } from '../../support/in-process.js';
import { shell } from './shell.js';

const operation = {
  name: 'nhn_example',
  inputSchema: {
    type: 'object' as const,
    properties: {
      dbInstanceId: { type: 'string' },
      size_gb: { type: 'integer' },
      force: { type: 'boolean' },
      ids: { type: 'array', items: { type: 'string' } },
      option: { type: 'object', properties: { password: { type: 'string', writeOnly: true } } },
    },
  },
};

test.each([
  ['--dbInstanceId a', { dbInstanceId: 'a' }],
  ['--db-instance-id=a=b', { dbInstanceId: 'a=b' }],
  ['--size-gb 20', { size_gb: '20' }],
  ['--force', { force: true }],
  ['--force false --db-instance-id a', { force: false, dbInstanceId: 'a' }],
  ['--force --db-instance-id a', { force: true, dbInstanceId: 'a' }],
  ['--ids a --ids b', { ids: ['a', 'b'] }],
  ['--ids ["a","b"]', { ids: '["a","b"]' }],
  ['{"size_gb":20} --force', { size_gb: 20, force: true }],
  ['--option {"a":1}', { option: '{"a":1}' }],
])('%s', (words, args) => {
  expect(operationArguments(operation, words.split(' '))).toEqual(args);
});

test.each([
  ['--db-instanceid a --size-gbs 3', 'Did you mean --size-gb?'],
  ['--wholly-unknown', 'pgfleet tools nhn_example'],
  ['--size-gb', '--size-gb needs a value'],
  ['--size-gb --force', '--size-gb needs a value'],
  ['orders', 'one JSON object'],
  ['[1]', 'one JSON object'],
])('%s is refused with a hint', (words, hint) => {
  expect(() => operationArguments(operation, words.split(' '))).toThrow(hint);
});

test('no operation has two arguments that are written alike', async () => {
  const alike = (await catalog()).filter(({ inputSchema }) => {
    const names = Object.keys(inputSchema.properties ?? {}).map(spelling);
    return new Set(names).size < names.length;
  });
  expect(alike).toEqual([]);
});

/** The paths of the secrets in a schema, with a value for each where it belongs. */
function secretsIn(schema: unknown, value: string): { paths: string[]; args: unknown } {
  if (!isRecord(schema)) return { paths: [], args: undefined };
  if (schema['writeOnly'] === true) return { paths: [''], args: value };
  if (schema['type'] === 'array') {
    const { paths, args } = secretsIn(schema['items'], value);
    return { paths, args: paths.length > 0 ? [args] : undefined };
  }
  const inner = Object.entries(isRecord(schema['properties']) ? schema['properties'] : {}).map(
    ([name, property]) => [name, secretsIn(property, value)] as const,
  );
  return {
    paths: inner.flatMap(([name, { paths }]) => paths.map((path) => (path === '' ? name : `${name}.${path}`))),
    args: Object.fromEntries(inner.flatMap(([name, { args }]) => (args === undefined ? [] : [[name, args]]))),
  };
}

test('every secret of every operation is refused in clear, and taken by reference', async () => {
  const withSecrets = (await catalog()).filter(({ inputSchema }) => secretsIn(inputSchema, '').paths.length > 0);
  expect(withSecrets.length).toBeGreaterThan(5);
  for (const entry of withSecrets) {
    const { paths, args } = secretsIn(entry.inputSchema, 'hunter2');
    const read = operationArguments(entry, [JSON.stringify(args)]);
    expect(clearSecrets(entry, read).toSorted()).toEqual(paths.toSorted());
    const { args: references } = secretsIn(entry.inputSchema, 'secret://generate');
    expect(clearSecrets(entry, operationArguments(entry, [JSON.stringify(references)]))).toEqual([]);
  }
});

const createUser = ['call', 'nhn_create_db_user', '--db-instance-id', 'staging', '--db-user-name', 'app'];

test('a secret in clear is refused before anything is asked, and its value is said nowhere', async () => {
  const fleet = await startFleet();
  const args = [...createUser, '--authority-type', 'CRUD', '--db-password', 'hunter2'];
  const refused = await shell(args, { fleet, types: ['y'] }).catch((error: unknown) => String(error));
  expect(refused).toContain('dbPassword: a secret on the command line');
  expect(refused).toContain('secret://env/PGFLEET_SECRET_');
  expect(refused).not.toContain('hunter2');
  expect(fleet.sent).toEqual([]);
});

test('a reference leads to the secret, and stands alone in the audit record', async () => {
  const fleet = await startFleet();
  const env = { PGFLEET_SECRET_APP: 'hunter2' };
  const reference = ['--db-password', 'secret://env/PGFLEET_SECRET_APP'];
  const args = [
    '--db-instance-id',
    'orders-primary',
    '--db-user-name',
    'app',
    '--authority-type',
    'CRUD',
    ...reference,
  ];
  const { stdout, stderr, audit } = await shell(['call', 'nhn_create_db_user', ...args], { fleet, env, types: ['y'] });
  expect(fleet.requests.at(-1)?.body).toContain('hunter2');
  expect(JSON.stringify([stdout, stderr, audit])).not.toContain('hunter2');
  expect(JSON.stringify(audit)).toContain('secret://env/PGFLEET_SECRET_APP');
});

test.each([
  ['call --sandbox nhn_list_db_versions', 'dbVersions'],
  ['--sandbox call nhn_list_db_versions', 'dbVersions'],
  ['call --sandbox nhn nhn_list_db_versions', 'dbVersions'],
  ['call nhn_get_db_instance --sandbox --db-instance-id orders-primary', 'orders-primary'],
  ['call --sandbox fleet_check {"topic":"backups"}', 'backups'],
  ['tools --sandbox backup', 'nhn_list_backups'],
  ['--sandbox overview', '21 instances'],
  ['overview --sandbox naver', '5 naver available'],
])('--sandbox stands anywhere: %s', async (line, said) => {
  const ran = await runInProcess({ args: line.split(' ') });
  expect(ran.code() ?? 0).toBe(0);
  expect(ran.stdout()).toContain(said);
});

test.each(['check --sandbox nhm', '--sandbox nhm check', '--sandbox azure'])(
  'what is no provider is told as such: %s',
  async (line) => {
    await expect(runInProcess({ args: line.split(' ') })).rejects.toThrow(/The sandbox has no (nhm|azure); it has nhn/);
  },
);

test.each([
  ['chekc', 'there is no command chekc. Did you mean check?'],
  ['--sandbox=nhn something', '"pgfleet --help" lists'],
])('a command that there is not is told with what there is: %s', async (line, said) => {
  await expect(runInProcess({ args: line.split(' ') })).rejects.toThrow(said);
});
