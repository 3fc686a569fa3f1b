import { expect, test } from 'vitest';
import { connect, databases } from './client.js';

const minute = 60_000;

test('a token is good for twenty minutes, and can be renewed', async () => {
  const { world, call, askToken, use } = await connect();
  const { body: issued } = await askToken();
  expect(issued).toMatchObject({ expires_in: 1200, refresh_expires_in: 7200, token_type: 'bearer' });
  use(issued.access_token);
  world.advance(19 * minute);
  expect((await call('GET', '/itcare/actions')).status).toBe(200);
  world.advance(2 * minute);
  expect(await call('GET', '/itcare/actions')).toEqual({ status: 401, body: undefined });
  const renewed = await askToken(`grant_type=refresh_token&refresh_token=${issued.refresh_token}`);
  use(renewed.body.access_token);
  expect((await call('GET', '/itcare/actions')).status).toBe(200);
});

test('wrong credentials, an unknown grant and an old refresh token give no token', async () => {
  const { world, askToken } = await connect();
  expect(await askToken(undefined, 'wrong')).toEqual({ status: 401, body: { error: 'unauthorized_client' } });
  expect((await askToken('grant_type=password')).status).toBe(400);
  const { body } = await askToken();
  world.advance(121 * minute);
  expect((await askToken(`grant_type=refresh_token&refresh_token=${body.refresh_token}`)).status).toBe(400);
});

test('an unknown token and one refused on purpose are 401 with an empty body', async () => {
  const { call, faults, use } = await connect();
  faults.add({ on: '*', kind: 'expired-token', times: 1 });
  expect(await call('GET', '/itcare/actions')).toEqual({ status: 401, body: undefined });
  expect((await call('GET', '/itcare/actions')).status).toBe(200);
  use('made-up');
  expect(await call('GET', '/itcare/actions')).toEqual({ status: 401, body: undefined });
});

test('the viewer may read and not change', async () => {
  const { call, at, change } = await connect({ client: 'sandbox-viewer' });
  expect((await call('GET', at('ordersprod01'))).status).toBe(200);
  expect(await change('ordersprod01', 'stop')).toEqual({ status: 403, body: undefined });
  expect((await call('DELETE', at('ordersprod01'))).status).toBe(403);
});

test('what there is not, is not found at any path', async () => {
  const { call } = await connect();
  const missing = `${databases}/1`;
  const routes = [
    ['POST', databases, 400],
    ['GET', missing, 404],
    ['PATCH', missing, 404],
    ['DELETE', missing, 404],
    ['GET', `${missing}/databases`, 404],
    ['GET', `${missing}/extensions`, 404],
    ['GET', `${missing}/networks`, 404],
    ['GET', `${missing}/nodes`, 404],
    ['GET', `${missing}/versions`, 404],
    ['GET', '/itcare/actions', 200],
    ['GET', '/itcare/actions/1', 404],
    ['GET', '/itcare/compute/resources', 200],
  ] as const;
  for (const [method, path, status] of routes)
    expect([path, (await call(method, path)).status]).toEqual([path, status]);
});
