import { expect, test } from 'vitest';
import { keys, type Said, startAnswering } from '../support/answering.js';
import { connect } from '../support/connect.js';
import { refusal, success } from '../support/nhn.js';

const id = '0ddb042c-5af6-43fb-a914-f4dd0540eb7c';
const password = 'Tr0ub4dor-And-3';
const { appKey, secret: secretKey, token: bearer } = keys;
const basic = Buffer.from(`${keys.id}:${secretKey}`).toString('base64');
const everySecret = [appKey, secretKey, bearer, basic];

/** A text in which a careless provider says back all it was told. */
const echo = `app ${appKey}, secret ${secretKey}, token Bearer ${bearer}, header Basic ${basic}`;

const answers: [string, Said][] = [
  ['fields', success({ dbInstances: [{ dbInstanceName: echo, [bearer]: [bearer] }], note: secretKey })],
  ['a refusal', refusal(90_400, echo)],
  ['a refused token', refusal(80_401, echo)],
  ['a code of its own', { body: { header: { resultCode: bearer, isSuccessful: false } } }],
  ['a page', { status: 404, body: `<html>${echo}</html>` }],
  ['a job', success({ jobId: echo, jobStatus: echo })],
];

test.each(answers)('keys and token are not shown when the provider says them back in %s', async (_, said) => {
  const provider = await startAnswering(['nhn'], () => said);
  const connection = await connect({ fleet: provider });
  const results = [
    await connection.call('nhn_list_db_instances'),
    await connection.call('nhn_get_job', { jobId: id }),
    await connection.call('wait_for_job', { job: `nhn:${id}`, seconds: 1 }),
    await connection.call('nhn_start_db_instance', { dbInstanceId: id }),
    await connection.call('nhn_delete_db_instance', { dbInstanceId: id }),
  ];
  const shown = [JSON.stringify(results), connection.stderr(), JSON.stringify(connection.audit())].join('\n');
  expect(provider.sent.length).toBeGreaterThanOrEqual(5);
  for (const secret of everySecret) expect(shown).not.toContain(secret);
});

test('keys are not shown when the token service says them back', async () => {
  const body = { error: 'invalid_client', error_description: echo };
  const sayToken = () => ({ status: 401, body });
  const provider = await startAnswering(['nhn'], () => success({}), { sayToken });
  const connection = await connect({ fleet: provider });
  const { isError, raw, text } = await connection.call('nhn_list_db_instances');
  expect(isError).toBe(true);
  expect(text).toContain('invalid_client');
  for (const secret of [appKey, secretKey, basic]) expect(JSON.stringify(raw)).not.toContain(secret);
  expect(provider.sent).toEqual([]);
});

const wordsAboutPassword: [string, Said][] = [
  ['refuses it', refusal(90_400, `dbPassword "${password}" is too weak, %54r0 ${encodeURIComponent(password)}`)],
  ['takes it', success({ jobId: id, echoed: { dbPassword: password, [password]: 1 } })],
];
test.each(wordsAboutPassword)('a password is not shown when the provider %s and says it back', async (_, said) => {
  const provider = await startAnswering(['nhn'], () => said);
  const connection = await connect({ fleet: provider, env: { PGFLEET_CONFIRM: 'off' } });
  const user = { dbInstanceId: id, dbUserName: 'reporting', dbPassword: password, authorityType: 'CRUD' };
  const { raw } = await connection.call('nhn_create_db_user', user);
  expect(provider.sent).toContain(`POST /v1.0/db-instances/${id}/db-users`);
  expect(JSON.stringify(raw)).not.toContain(password);
  expect(connection.stderr()).not.toContain(password);
  expect(JSON.stringify(connection.audit())).not.toContain(password);
});
