import { describe, expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { startProxy } from '../../support/proxy.js';
import { freePort } from '../../support/services/redis.js';

const host = 'http://nhn.example.test';
const list = 'nhn_list_db_instances';

/** A fleet, and the settings that look for it on a host that only a proxy can find. */
async function hidden() {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { NHN_BASE_URL = '', NHN_TOKEN_URL = '' } = fleet.environment;
  const moved = (url: string) => url.replace(new URL(url).origin, host);
  const environment = { NHN_BASE_URL: moved(NHN_BASE_URL), NHN_TOKEN_URL: moved(NHN_TOKEN_URL) };
  return { fleet, to: NHN_BASE_URL, hidden: { environment: { ...fleet.environment, ...environment } } };
}

const paths = ({ sent }: Fleet) => sent.map((line) => line.slice(line.indexOf(' ')));

test.each(['HTTP_PROXY', 'http_proxy'])('%s leads to the provider, token and reads', async (variable) => {
  const { fleet, to, hidden: moved } = await hidden();
  const proxy = await startProxy({ to });
  const { call } = await connect({ fleet: moved, env: { [variable]: `http://127.0.0.1:${proxy.port}` } });
  expect((await call(list)).isError).toBe(false);
  expect(proxy.asked).toHaveLength(2);
  for (const line of proxy.asked) expect(line).toMatch(/^(GET|POST) http:\/\/nhn\.example\.test\//);
  expect(paths(fleet)).toHaveLength(1);
});

test('a proxy without a scheme is taken, and the spelling in lower case wins', async () => {
  const { to, hidden: moved } = await hidden();
  const proxy = await startProxy({ to });
  const env = { http_proxy: `127.0.0.1:${proxy.port}`, HTTP_PROXY: 'http://127.0.0.1:9' };
  const { call } = await connect({ fleet: moved, env });
  expect((await call(list)).isError).toBe(false);
});

test('a proxy is never asked for this machine', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const proxy = await startProxy({ to: 'http://127.0.0.1:9' });
  const address = `http://127.0.0.1:${proxy.port}`;
  const { call } = await connect({ fleet, env: { HTTP_PROXY: address, HTTPS_PROXY: address } });
  expect((await call(list)).isError).toBe(false);
  expect(proxy.asked).toEqual([]);
});

test.each(['nhn.example.test', '.example.test', 'other.test,example.test', '*'])(
  'a host that NO_PROXY names by %s is looked for without the proxy',
  async (exceptions) => {
    const { to, hidden: moved } = await hidden();
    const proxy = await startProxy({ to });
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: exceptions };
    const { call } = await connect({ fleet: moved, env });
    const { isError, text } = await call(list);
    expect(isError).toBe(true);
    expect(text).toContain('nhn.example.test cannot be reached');
    expect(proxy.asked).toEqual([]);
  },
);

describe('a proxy with a password', () => {
  const password = 'p%40ss-word';

  test('gets it, and nobody is shown it', async () => {
    const { to, hidden: moved } = await hidden();
    const proxy = await startProxy({ to, credentials: 'user:p@ss-word' });
    const env = { HTTP_PROXY: `http://user:${password}@127.0.0.1:${proxy.port}` };
    const { call, stderr } = await connect({ fleet: moved, env });
    expect((await call(list)).isError).toBe(false);
    expect(stderr()).toBe('');
  });

  test('that is wrong says so, names the proxy and its variable, and knows that nothing was changed', async () => {
    const { to, hidden: moved } = await hidden();
    const proxy = await startProxy({ to, credentials: 'user:other' });
    const address = `127.0.0.1:${proxy.port}`;
    const { call, stderr } = await connect({
      fleet: moved,
      env: { HTTP_PROXY: `http://user:${password}@${address}` },
    });
    const { isError, text } = await call(list);
    expect(isError).toBe(true);
    for (const word of ['407', `http://${address}`, 'HTTP_PROXY', 'Nothing was changed']) expect(text).toContain(word);
    for (const word of [password, 'p@ss-word']) expect(text + stderr()).not.toContain(word);
  });
});

test('a tunnel is asked for to a provider with https, and a refused one is told as what it is', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const proxy = await startProxy({ to: 'http://127.0.0.1:9' });
  const env = {
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    NHN_TOKEN_URL: 'https://nhn.example.test/token',
    NHN_BASE_URL: 'https://nhn.example.test',
  };
  const { call } = await connect({ fleet, env });
  const { text } = await call(list);
  for (const word of ['HTTP 403', `http://127.0.0.1:${proxy.port} (HTTPS_PROXY)`, 'NO_PROXY'])
    expect(text).toContain(word);
  expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT nhn.example.test:443']));
});

test('where a host cannot be found, the answer names the variable of a proxy, or the proxy that is set', async () => {
  const { hidden: moved } = await hidden();
  const alone = await connect({ fleet: moved });
  expect((await alone.call(list)).text).toContain('HTTPS_PROXY has to name it');
  const closed = `http://127.0.0.1:${await freePort()}`;
  const led = await connect({ fleet: moved, env: { HTTP_PROXY: closed } });
  expect((await led.call(list)).text).toContain(`The proxy for it is ${closed} (HTTP_PROXY)`);
});

test('every request says which program and version it comes from', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet });
  await call('fleet_overview');
  const agents = fleet.requests.map(({ headers }) => headers['user-agent']);
  expect(agents.length).toBeGreaterThan(3);
  expect(new Set(agents)).toEqual(new Set(['pgfleet/0.0.0-test']));
});
