import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { bearer, everyTool, keys, refusal, type Said, startLittleProvider } from './little-provider.js';

const id = '0ddb042c-5af6-43fb-a914-f4dd0540eb7c';
const password = 'Tr0ub4dor-And-3';
const { NHN_APP_KEY: appKey, NHN_ACCESS_KEY_ID: accessKey, NHN_SECRET_ACCESS_KEY: secretKey } = keys;
const basic = Buffer.from(`${accessKey}:${secretKey}`).toString('base64');
const everySecret = [appKey, secretKey, bearer, basic];

/** A text in which a careless provider says back all it was told. */
const echo = `app ${appKey}, secret ${secretKey}, token Bearer ${bearer}, header Basic ${basic}`;

const answers: [string, Said][] = [
  ['fields', { body: { dbInstances: [{ dbInstanceName: echo, [bearer]: [bearer] }], note: secretKey } }],
  ['a refusal', refusal(90_400, echo)],
  ['a refused token', refusal(80_401, echo)],
  ['a code of its own', { body: JSON.stringify({ header: { resultCode: bearer, isSuccessful: false } }) }],
  ['a page', { status: 404, body: `<html>${echo}</html>` }],
  ['a job', { body: { jobId: echo, jobStatus: echo } }],
];

test.each(answers)('keys and token are not shown when the provider says them back in %s', async (_, said) => {
  const provider = await startLittleProvider(() => said);
  const connection = await connect({ env: provider.environment, args: everyTool });
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
  const body = JSON.stringify({ error: 'invalid_client', error_description: echo });
  const provider = await startLittleProvider(
    () => ({ body: {} }),
    () => ({ status: 401, body }),
  );
  const connection = await connect({ env: provider.environment, args: everyTool });
  const { isError, raw, text } = await connection.call('nhn_list_db_instances');
  expect(isError).toBe(true);
  expect(text).toContain('invalid_client');
  for (const secret of [appKey, secretKey, basic]) expect(JSON.stringify(raw)).not.toContain(secret);
  expect(provider.sent).toEqual([]);
});

const wordsAboutPassword: [string, Said][] = [
  ['refuses it', refusal(90_400, `dbPassword "${password}" is too weak, %54r0 ${encodeURIComponent(password)}`)],
  ['takes it', { body: { jobId: id, echoed: { dbPassword: password, [password]: 1 } } }],
];
test.each(wordsAboutPassword)('a password is not shown when the provider %s and says it back', async (_, said) => {
  const provider = await startLittleProvider(() => said);
  const connection = await connect({ env: { ...provider.environment, PGFLEET_CONFIRM: 'off' }, args: everyTool });
  const user = { dbInstanceId: id, dbUserName: 'reporting', dbPassword: password, authorityType: 'CRUD' };
  const { raw } = await connection.call('nhn_create_db_user', user);
  expect(provider.sent).toEqual([`POST /v1.0/db-instances/${id}/db-users`]);
  expect(JSON.stringify(raw)).not.toContain(password);
  expect(connection.stderr()).not.toContain(password);
  expect(JSON.stringify(connection.audit())).not.toContain(password);
});
