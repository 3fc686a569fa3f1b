import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openPosting, type Resolve } from '../../src/providers/wire/posting.js';
import { isPublicAddress } from '../../src/values/address-range.js';
import { startProxy } from '../support/proxy.js';

/** A place on loopback that sends everybody elsewhere, with an answer that has no end. */
async function startPlace() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.host} ${request.url}`);
    response.writeHead(302, { location: '/elsewhere' }).write('An answer that goes on.');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { asked, port: (server.address() as AddressInfo).port };
}

/** Every name has these addresses. */
function resolving(...addresses: string[]) {
  const names: string[] = [];
  const resolve: Resolve = async (name) => {
    names.push(name);
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return { names, resolve };
}

const posting = (url: string, allowed: string[] = []) => ({ url: new URL(url), headers: {}, body: '{}', allowed });

test('a name is resolved once, and its address is what is connected to; nothing is followed or read', async () => {
  const { asked, port } = await startPlace();
  const { names, resolve } = resolving('127.0.0.1');
  const status = await openPosting({ resolve })(posting(`http://receiver.test:${port}/in`, ['127.0.0.1']));
  expect(status).toBe(302);
  expect(asked).toEqual([`POST receiver.test:${port} /in`]);
  expect(names).toEqual(['receiver.test']);
});

const refused: [string, string[], string[]][] = [
  ['https://receiver.test/', ['10.0.0.5'], []],
  ['https://receiver.test/', ['10.0.0.5'], ['10.1.0.0/16']],
  ['https://receiver.test/', ['8.8.8.8', '169.254.169.254'], []],
  ['https://receiver.test/', ['::ffff:127.0.0.1'], []],
  ['https://receiver.test/', ['64:ff9b::a00:1'], []],
  ['https://receiver.test/', ['fd00::1'], ['10.0.0.0/8']],
  ['https://0x7f000001/', [], []],
  ['https://127.1/', [], []],
  ['https://[::1]/', [], []],
  ['https://[::ffff:10.0.0.1]/', [], []],
  ['http://receiver.test/', ['8.8.8.8'], ['0.0.0.0/0']],
];
test.each(refused)('%s with the addresses %j and %j allowed is not connected to', async (url, addresses, allowed) => {
  const { resolve } = resolving(...addresses);
  await expect(openPosting({ resolve })(posting(url, allowed))).rejects.toMatchObject({
    name: 'WireError',
    sent: false,
    message: expect.stringMatching(/not public|without TLS/),
  });
});

test('a proxy is asked for a tunnel to the address that was checked, and is not told the name', async () => {
  const { asked, headers, port } = await startProxy({ to: 'http://127.0.0.1:9', credentials: 'user:p@ss-word' });
  const url = `http://user:p%40ss-word@127.0.0.1:${port}`;
  const proxies = { https: { url, variable: 'HTTPS_PROXY' }, exceptions: '' };
  const post = (...addresses: string[]) =>
    openPosting({ ...resolving(...addresses), proxies })(posting('https://receiver.test/secret')).catch(String);
  const error = await post('8.8.8.8', '1.1.1.1');
  await post('2606:4700::1111');
  expect(asked).toEqual(['CONNECT 8.8.8.8:443', 'CONNECT [2606:4700::1111]:443']);
  expect(JSON.stringify(headers)).not.toContain('receiver.test');
  expect(error).toContain(
    `by http://127.0.0.1:${port} (HTTPS_PROXY), unless NO_PROXY names its host: the proxy refused`,
  );
  expect(error).not.toMatch(/receiver|ss-word|secret|8\.8/);
  expect(await post('10.0.0.5')).toContain('not public');
  expect(asked).toHaveLength(2);
});

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])(
  'no proxy is asked for this machine, which %s is',
  async (address) => {
    const { asked, port } = await startProxy({ to: 'http://127.0.0.1:9' });
    const proxy = { url: `http://127.0.0.1:${port}`, variable: 'HTTPS_PROXY' };
    const proxies = { https: proxy, http: proxy, exceptions: '' };
    for (const scheme of ['http', 'https'])
      await openPosting({ ...resolving(address), proxies })(posting(`${scheme}://receiver.test:1/`, [address])).catch(
        String,
      );
    expect(asked).toEqual([]);
  },
);

test.each(['receiver.test', '.test', '*'])(
  'no proxy is asked for a host that NO_PROXY names by %s',
  async (exceptions) => {
    const { asked, port } = await startProxy({ to: 'http://127.0.0.1:9' });
    const proxies = { https: { url: `http://127.0.0.1:${port}`, variable: 'HTTPS_PROXY' }, exceptions };
    // An address of this machine that is not of its loopback network, which no proxy is asked for anyway.
    const post = openPosting({ ...resolving('0.0.0.0'), proxies });
    const error = await post(posting('https://receiver.test:1/', ['0.0.0.0'])).catch(String);
    expect(error).toContain('ECONNREFUSED');
    expect(asked).toEqual([]);
  },
);

test('a failure tells no address', async () => {
  const { resolve } = resolving('127.0.0.1');
  const error = await openPosting({ resolve })(posting('http://receiver.test:1/secret', ['127.0.0.1'])).catch(String);
  expect(error).toContain('ECONNREFUSED');
  expect(error).not.toMatch(/receiver|127|secret/);
  const lost = async () => {
    throw Object.assign(new Error('getaddrinfo ENOTFOUND receiver.test'), { code: 'ENOTFOUND' });
  };
  const unknown = await openPosting({ resolve: lost })(posting('https://receiver.test/')).catch(String);
  expect(unknown).toContain('cannot be resolved (ENOTFOUND)');
  expect(unknown).not.toContain('receiver.test');
});

const addresses: [string, boolean][] = [
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['0.0.0.0', false],
  ['100.64.0.1', false],
  ['172.31.255.255', false],
  ['192.168.1.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::127.0.0.1', false],
  ['fe80::1', false],
  ['ff02::1', false],
  ['2002:7f00:1::', false],
  ['receiver.test', false],
];
test.each(addresses)('whether %s is an address of the internet: %s', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});
