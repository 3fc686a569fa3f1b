import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseFault } from '../../src/emulator/core/faults.js';
import { createEmulator, type EmulatedAccount, type EmulatorOptions } from '../../src/emulator/index.js';
import { serveEmulator } from '../../src/emulator/serve.js';
import { connectProvider } from '../../src/providers/index.js';
import { type ProviderName, providerNames } from '../../src/providers/settings.js';
import type { HttpRequest, Send } from '../../src/providers/wire/http.js';
import { openNetwork } from '../../src/providers/wire/network.js';

/** How each provider lists what it has, and the rule for the names in it. */
const lists: Record<ProviderName, { path: string; rows: string; id: string; name: string; rule: RegExp }> = {
  nhn: {
    path: '/v1.0/db-instances',
    rows: 'dbInstances',
    id: 'dbInstanceId',
    name: 'dbInstanceName',
    rule: /^.{1,100}$/,
  },
  samsung: {
    path: '/v1/clusters',
    rows: 'contents',
    id: 'id',
    name: 'name',
    rule: /^([a-zA-Z]{3,20}|[a-z0-9-]{3,19})$/,
  },
  naver: {
    path: '/getCloudPostgresqlInstanceList',
    rows: 'cloudPostgresqlInstanceList',
    id: 'cloudPostgresqlInstanceNo',
    name: 'cloudPostgresqlServiceName',
    rule: /^[A-Za-z0-9-]{3,30}$/,
  },
  cegedim: { path: '/itcare/compute/resources', rows: 'content', id: 'id', name: 'name', rule: /^[a-z0-9]{5,60}$/ },
};

const further = (provider: ProviderName): string => `${provider}-prod`;

const start = (options: EmulatorOptions = {}) =>
  createEmulator({
    start: Date.UTC(2026, 4, 20, 3),
    speed: 0,
    accounts: Object.fromEntries(providerNames.map((provider) => [further(provider), provider])),
    ...options,
  });

interface Row {
  id: string;
  name: string;
}

/** A client with the settings of an account, or with those of which some are given otherwise. */
async function clientOf(
  { accounts, send }: { accounts: ReadonlyMap<string, EmulatedAccount>; send: Send },
  name: string,
) {
  const account = accounts.get(name);
  if (!account) throw new Error(`The emulator has no account ${name}.`);
  const { path, ...list } = lists[account.provider];
  const provider = await connectProvider(account.provider, account.settings, { send, now: () => Date.now() });
  const signed = (method = 'GET', where = path, body?: Record<string, unknown>) =>
    provider.sign({ method, path: where, query: {}, body, contentType: 'application/json', repeatable: false });
  const ask = async (request: HttpRequest) => provider.unwrap(await send(request));
  return {
    signed,
    ask,
    /** Instances by id and name; what else the provider lists is left out. */
    list: async (): Promise<Row[]> => {
      const rows = z.array(z.record(z.string(), z.unknown())).parse((await ask(await signed()))[list.rows]);
      return rows
        .filter(({ type = 'PostgreSQL' }) => type === 'PostgreSQL')
        .map((row) => ({ id: String(row[list.id]), name: String(row[list.name]) }));
    },
  };
}

const shared = (field: keyof Row, first: Row[], second: Row[]) =>
  first.map((row) => row[field]).filter((value) => second.some((row) => row[field] === value));

describe.each(providerNames)('two accounts of %s', (provider) => {
  test('have some names in common, and others of their own', async () => {
    const emulator = start();
    const first = await (await clientOf(emulator, provider)).list();
    const second = await (await clientOf(emulator, further(provider))).list();
    expect(second).toHaveLength(first.length);
    expect(shared('name', first, second)).not.toEqual([]);
    expect(shared('name', first, second)).not.toHaveLength(first.length);
    for (const { name } of second) expect(name).toMatch(lists[provider].rule);
  });

  test('refuse what is signed for the other', async () => {
    const emulator = start();
    const first = await clientOf(emulator, provider);
    const second = await clientOf(emulator, further(provider));
    const request = await first.signed();
    const url = request.url.replace(`${provider}.sandbox`, `${further(provider)}.sandbox`);
    expect(url).not.toBe(request.url);
    await expect(second.ask({ ...request, url })).rejects.toMatchObject({ kind: 'unauthenticated' });
    await expect(second.ask(await second.signed())).resolves.toBeTruthy();
  });

  test('leave the first as it is without the second', async () => {
    const alone = createEmulator({ start: Date.UTC(2026, 4, 20, 3), speed: 0 });
    const beside = start();
    expect(await (await clientOf(beside, provider)).list()).toEqual(await (await clientOf(alone, provider)).list());
    expect(beside.environment).toEqual(alone.environment);
  });

  test('are the same in every run', async () => {
    const list = async () => (await clientOf(start(), further(provider))).list();
    expect(await list()).toEqual(await list());
  });

  test('break down one without the other', async () => {
    const emulator = start({ faults: [{ account: further(provider), on: '*', kind: 'status', value: 503 }] });
    // The tokens of the account that is down cannot be had either.
    const second = await clientOf(emulator, further(provider));
    await expect(second.list()).rejects.toMatchObject({ kind: 'unavailable' });
    await expect((await clientOf(emulator, provider)).list()).resolves.toBeTruthy();
    emulator.faults.clear();
    await expect(second.list()).resolves.toBeTruthy();
  });
});

test.each(['nhn', 'samsung'] as const)('no id of %s is in two accounts', async (provider) => {
  const emulator = start();
  const first = await (await clientOf(emulator, provider)).list();
  const second = await (await clientOf(emulator, further(provider))).list();
  expect(shared('id', first, second)).toEqual([]);
});

test.each(['naver', 'cegedim'] as const)(
  'some numbers of %s are in two accounts, also for different things',
  async (provider) => {
    const emulator = start();
    const first = await (await clientOf(emulator, provider)).list();
    const second = await (await clientOf(emulator, further(provider))).list();
    const common = shared('id', first, second);
    expect(common).not.toEqual([]);
    expect(common).not.toHaveLength(first.length);
    const namesOf = (rows: Row[]) => common.map((id) => rows.find((row) => row.id === id)?.name);
    const pairs = namesOf(first).map((name, index) => name === namesOf(second)[index]);
    expect(new Set(pairs)).toEqual(new Set([true, false]));
  },
);

test('what is changed in one account does not show in the other, even under the same number', async () => {
  const emulator = start();
  const first = await clientOf(emulator, 'cegedim');
  const second = await clientOf(emulator, 'cegedim-prod');
  const id = shared('id', await first.list(), await second.list())[0];
  const path = `/itcare/databases/postgresql/${id}`;
  await first.ask(await first.signed('PATCH', path, { operation: 'stop' }));
  emulator.world.advance(60_000);
  expect(await first.ask(await first.signed('GET', path))).toMatchObject({ status: 'INACTIVE' });
  expect(await second.ask(await second.signed('GET', path))).toMatchObject({ status: 'ACTIVE' });
});

test('a token is good for the account that gave it, whatever else is right', async () => {
  const emulator = start();
  const first = await (await clientOf(emulator, 'nhn')).signed();
  const second = await clientOf(emulator, 'nhn-prod');
  const own = await second.signed();
  const borrowed = { ...own.headers, 'x-nhn-authorization': first.headers['x-nhn-authorization'] ?? '' };
  await expect(second.ask({ ...own, headers: borrowed })).rejects.toMatchObject({ kind: 'unauthenticated' });
});

test('on a port, the first part of the path names the account', async () => {
  const served = await serveEmulator(start());
  try {
    expect(served.accounts.get('naver-prod')?.settings.baseUrl).toBe(`${served.origin}/naver-prod/vpostgresql/v2`);
    const overPort = { accounts: served.accounts, send: openNetwork().send };
    const first = await (await clientOf(overPort, 'naver')).list();
    const second = await (await clientOf(overPort, 'naver-prod')).list();
    expect(second).not.toEqual(first);
    expect((await fetch(`${served.origin}/naver-test/`)).status).toBe(404);
  } finally {
    await served.close();
  }
});

test('the environment holds the settings of the accounts that bear their provider’s name', () => {
  const { accounts, environment } = start({ providers: ['naver'] });
  expect([...accounts.keys()]).toEqual(['naver', ...providerNames.map(further)]);
  expect(Object.keys(environment)).toEqual(['NAVER_ACCESS_KEY', 'NAVER_SECRET_KEY', 'NAVER_BASE_URL']);
});

test.each([
  [{ nhn: 'samsung' }, 'nhn cannot name an account of samsung'],
  [{ 'The Lab': 'nhn' }, 'The Lab cannot name an account'],
] as const)('accounts %j are refused', (accounts, reason) => {
  expect(() => createEmulator({ providers: [], accounts })).toThrow(reason);
});

test.each([
  [
    'nhn-prod GET /v1.0/db-instances=status:503*2',
    { account: 'nhn-prod', on: 'GET /v1.0/db-instances', value: 503, times: 2 },
  ],
  ['nhn-prod *=status:503', { account: 'nhn-prod', on: '*', value: 503 }],
  ['GET /v1.0/db-instances=status:503', { account: undefined, on: 'GET /v1.0/db-instances', value: 503 }],
  ['*=status:503', { account: undefined, on: '*', value: 503 }],
])('the fault %s strikes where it says', (text, fault) => {
  expect(parseFault(text)).toMatchObject({ ...fault, kind: 'status' });
});
