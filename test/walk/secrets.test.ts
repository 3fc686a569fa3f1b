import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Connection, connect, peers, type Result } from '../support/connect.js';
import { type Fleet, startFleet } from '../support/fleet.js';
import { instanceNamed } from '../support/nhn.js';

const password = 'Tr0ub4dor-And-3';

const userOn = (dbInstanceId: string, dbPassword: string) => ({
  dbInstanceId,
  dbUserName: 'reporting',
  dbPassword,
  authorityType: 'CRUD',
});

const sentPassword = (fleet: Fleet): unknown =>
  fleet.requests.flatMap(({ method, body }) => (method === 'POST' ? [JSON.parse(body ?? '{}').dbPassword] : [])).at(-1);

/** Everything that somebody could read: answers, questions, the log and the record. */
const everything = (connection: Connection, ...results: Result[]): string =>
  [
    ...results.map(({ raw }) => JSON.stringify(raw)),
    JSON.stringify(connection.asked),
    connection.stderr(),
    readFileSync(connection.auditLog, 'utf8'),
  ].join('\n');

function secretFile(connection: Connection, name: string, text: string): string {
  const folder = join(connection.folder, 'secrets');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe.each(peers)('to a client of the kind %s', (peer) => {
  test('a given password reaches the provider and is shown nowhere', async () => {
    const fleet = await startFleet();
    // Of a process, everything that it writes is read here, whoever writes it.
    const connection = await connect({ peer, fleet, answer: 'yes', process: true });
    const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
    const result = await connection.call('nhn_create_db_user', userOn(dbInstanceId, password));
    expect(result.isError).toBe(false);
    expect(sentPassword(fleet)).toBe(password);
    expect(connection.asked).toHaveLength(1);
    expect(everything(connection, result)).not.toContain(password);
    expect(connection.audit()[0]).toMatchObject({ arguments: { dbPassword: '***', dbUserName: 'reporting' } });
  });
});

test('a password that somebody has written into another argument too is shown there neither', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet, answer: 'yes' });
  const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
  const storage = { tenantId: 't', username: 'u@example.com', targetContainer: 'c', password };
  const args = { dbInstanceId, ...storage, objectPath: `dumps/${password}/today` };
  const result = await connection.call('nhn_backup_to_object_storage', args);
  expect(result.isError).toBe(false);
  expect(fleet.requests.at(-1)?.body).toContain(args.objectPath);
  expect(connection.asked).toHaveLength(1);
  expect(everything(connection, result)).not.toContain(password);
});

test('a confirmation token stands for a call with its password, and holds nothing of it', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet });
  const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
  const planned = await connection.call('nhn_create_db_user', userOn(dbInstanceId, password));
  const token = String(planned.data['confirmation_token']);
  expect(token).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
  const done = await connection.call('confirm_operation', { confirmation_token: token });
  expect(done.isError).toBe(false);
  expect(sentPassword(fleet)).toBe(password);
  expect(everything(connection, planned, done)).not.toContain(password);
});

test('a password from the environment reaches the provider only', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet, answer: 'yes', env: { PGFLEET_SECRET_REPORTING: password } });
  const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
  const reference = 'secret://env/PGFLEET_SECRET_REPORTING';
  const result = await connection.call('nhn_create_db_user', userOn(dbInstanceId, reference));
  expect(sentPassword(fleet)).toBe(password);
  expect(everything(connection, result)).not.toContain(password);
  expect(connection.asked[0]?.message).toContain(reference);
  expect(connection.audit()[0]).toMatchObject({ arguments: { dbPassword: reference } });
});

test('a password from a file reaches the provider only, without the line end and a byte order mark', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet, answer: 'yes' });
  secretFile(connection, 'reporting.txt', `\uFEFF${password}\n`);
  const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
  const result = await connection.call('nhn_create_db_user', userOn(dbInstanceId, 'secret://file/reporting.txt'));
  expect(sentPassword(fleet)).toBe(password);
  expect(everything(connection, result)).not.toContain(password);
});

test('a generated password is kept in a file of its owner, and the answer names the file', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet, answer: 'yes' });
  const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
  const result = await connection.call('nhn_create_db_user', userOn(dbInstanceId, 'secret://generate'));
  const folder = join(connection.folder, 'secrets');
  const [name = '', ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  const value = readFileSync(join(folder, name), 'utf8').trim();
  expect(value.length).toBeGreaterThanOrEqual(16);
  expect(sentPassword(fleet)).toBe(value);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect(result.text).toContain(join(folder, name));
  expect(everything(connection, result)).not.toContain(value);
});

test('a generated password of a change that failed is named too', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet, answer: 'yes' });
  const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
  fleet.faults.add({ on: 'POST /v1.0/db-instances/:dbInstanceId/db-users', kind: 'cut-after' });
  const result = await connection.call('nhn_create_db_user', userOn(dbInstanceId, 'secret://generate'));
  const [name = ''] = readdirSync(join(connection.folder, 'secrets'));
  expect(result.isError).toBe(true);
  expect(result.text).toContain(name);
  expect(everything(connection, result)).not.toContain(String(sentPassword(fleet)));
});

test('a declined call generates nothing', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet, answer: 'decline' });
  secretFile(connection, 'other', 'x');
  const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
  await connection.call('nhn_create_db_user', userOn(dbInstanceId, 'secret://generate'));
  expect(readdirSync(join(connection.folder, 'secrets'))).toEqual(['other']);
});

const outside = 'outside-the-folder-7712';
const tooLong = 'L'.repeat(33);

/** A value for the password, and a word of the refusal. */
const bad: [string, string, string][] = [
  ['a variable without the prefix', 'secret://env/HOME', 'PGFLEET_SECRET_'],
  ['the credentials', 'secret://env/NHN_SECRET_ACCESS_KEY', 'PGFLEET_SECRET_'],
  ['a name in another case', 'secret://env/pgfleet_secret_reporting', 'PGFLEET_SECRET_'],
  ['a variable that is not set', 'secret://env/PGFLEET_SECRET_NONE', 'not set'],
  ['a value that is too long', 'secret://env/PGFLEET_SECRET_LONG', 'characters'],
  ['a property of every object', 'secret://env/constructor', 'PGFLEET_SECRET_'],
  ['a way up', 'secret://file/../outside', 'plain file name'],
  ['a hidden way up', 'secret://file/..', 'plain file name'],
  ['an absolute path', 'secret://file//etc/passwd', 'plain file name'],
  ['an escaped way up', 'secret://file/%2e%2e%2foutside', 'plain file name'],
  ['a link that leads out', 'secret://file/link', 'no file'],
  ['a folder', 'secret://file/below', 'no file'],
  ['a missing file', 'secret://file/none', 'no file'],
  ['an empty file', 'secret://file/empty', 'characters'],
  ['an unknown kind', 'secret://vault/reporting', 'secret://generate'],
  ['no kind', 'secret://', 'secret://generate'],
  ['more than generate', 'secret://generate/32', 'secret://generate'],
  ['a plain value that is too long', tooLong, 'characters'],
];

test('bad references are refused before anybody is asked', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet, answer: 'yes', env: { PGFLEET_SECRET_LONG: tooLong } });
  writeFileSync(join(connection.folder, 'outside'), outside);
  secretFile(connection, 'empty', '\n');
  mkdirSync(join(connection.folder, 'secrets', 'below'));
  symlinkSync(join(connection.folder, 'outside'), join(connection.folder, 'secrets', 'link'));
  const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
  for (const [what, reference, word] of bad) {
    const result = await connection.call('nhn_create_db_user', userOn(dbInstanceId, reference));
    expect(result.isError, what).toBe(true);
    expect(result.text, what).toContain(word);
    expect(everything(connection, result), what).not.toContain(outside);
    expect(everything(connection, result), what).not.toContain(tooLong);
  }
  expect(connection.asked).toEqual([]);
  expect(fleet.changes()).toEqual([]);
});

test('a refusal names the references that are set, and no value', async () => {
  const fleet = await startFleet();
  const env = { PGFLEET_SECRET_REPORTING: password, PGFLEET_SECRET_BILLING: password, OTHER: 'x' };
  const connection = await connect({ fleet, answer: 'yes', env });
  secretFile(connection, 'reader', password);
  secretFile(connection, '.hidden', password);
  secretFile(connection, '2026-01-01T00-00-00-000Z-nhn_create_db_user-dbPassword-1', password);
  const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
  const refused = await connection.call('nhn_create_db_user', userOn(dbInstanceId, 'secret://file/writer'));
  expect(refused.text).toContain(
    'Set are secret://env/PGFLEET_SECRET_BILLING, secret://env/PGFLEET_SECRET_REPORTING, secret://file/reader.',
  );
  expect(everything(connection, refused)).not.toContain(password);
});

test('where no reference is set, a refusal says so', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet, answer: 'yes' });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { text } = await call('nhn_create_db_user', userOn(dbInstanceId, 'secret://env/PGFLEET_SECRET_NONE'));
  expect(text).toContain('No reference is set here but secret://generate.');
});

test('a reference works in secret fields only', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet, answer: 'yes', env: { PGFLEET_SECRET_REPORTING: password } });
  const { dbInstanceId } = await instanceNamed(connection.call, 'analytics');
  const reference = 'secret://env/PGFLEET_SECRET_REPORTING';
  const results = [
    await connection.call('nhn_create_db_user', { ...userOn(dbInstanceId, 'pass-1234'), dbUserName: reference }),
    await connection.call('nhn_modify_db_instance', { dbInstanceId, description: reference }),
    await connection.call('nhn_get_db_instance', { dbInstanceId: reference }),
  ];
  for (const { isError, text } of results) {
    expect(isError).toBe(true);
    expect(text).toContain('secret fields only');
  }
  expect(everything(connection, ...results)).not.toContain(password);
  expect(fleet.changes()).toEqual([]);
});
