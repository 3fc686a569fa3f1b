import { expect, test } from 'vitest';
import { connect } from './client.js';

const hours = 3_600_000;

test('an unknown app key is not authorized, with HTTP 200', async () => {
  const { send } = await connect();
  const response = await send('GET', '/v1.0/db-instances', { appKey: 'somebody' });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    header: { resultCode: 80401, resultMessage: 'Unauthorized', isSuccessful: false },
  });
});

test('a token ends after a day', async () => {
  const { world, call } = await connect();
  world.advance(23 * hours);
  expect((await call('GET', '/v1.0/db-versions')).code).toBe(0);
  world.advance(2 * hours);
  expect((await call('GET', '/v1.0/db-versions')).code).toBe(80401);
});

test('a token can be made to look expired', async () => {
  const { faults, call } = await connect();
  faults.add({ on: 'GET /v1.0/db-versions', kind: 'expired-token', times: 1 });
  expect((await call('GET', '/v1.0/db-versions')).code).toBe(80401);
  expect((await call('GET', '/v1.0/db-versions')).code).toBe(0);
});

test('a viewer reads and looks after alarms, and changes nothing else', async () => {
  const { call, instanceId } = await connect();
  const id = await instanceId('analytics');
  const viewer = 'sandbox-viewer';
  expect((await call('GET', `/v1.0/db-instances/${id}`, undefined, viewer)).code).toBe(0);
  expect((await call('POST', `/v1.0/db-instances/${id}/stop`, undefined, viewer)).code).toBe(80403);
  const userGroup = { userGroupName: 'weekend', selectAllYN: true };
  expect((await call('POST', '/v1.0/user-groups', userGroup, viewer)).code).toBe(0);
});

test('an unknown field is named', async () => {
  const { call, instanceId } = await connect();
  const body = { backupName: 'nightly', comment: 'x' };
  const answer = await call('POST', `/v1.0/db-instances/${await instanceId('analytics')}/backup`, body);
  expect(answer).toMatchObject({ code: 90400, message: 'Unrecognized key: "comment"' });
});
