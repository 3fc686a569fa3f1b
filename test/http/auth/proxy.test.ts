import { expect, test } from 'vitest';
import { startFleet } from '../../support/fleet.js';
import { startIssuer } from '../../support/issuer.js';
import { startProxy } from '../../support/proxy.js';
import { startHttp } from '../support/start-http.js';

/** A server with this issuer, and the proxy that it was told of. */
async function serverWith(issuer: string) {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { port, asked } = await startProxy({ to: 'http://127.0.0.1:9' });
  const proxy = `http://127.0.0.1:${port}`;
  const { url } = await startHttp({
    fleet,
    env: { PGFLEET_ISSUER: issuer, HTTPS_PROXY: proxy, HTTP_PROXY: proxy },
  });
  return { asked, ready: async () => (await fetch(`${url}/readyz`)).status };
}

test('the issuer of tokens is asked through the proxy', async () => {
  const { asked, ready } = await serverWith('https://issuer.example.test');
  expect(await ready()).toBe(503);
  await expect.poll(() => new Set(asked)).toEqual(new Set(['CONNECT issuer.example.test:443']));
});

test('an issuer on this machine is asked without it', async () => {
  const { asked, ready } = await serverWith((await startIssuer()).url);
  await expect.poll(ready).toBe(200);
  expect(asked).toEqual([]);
});
