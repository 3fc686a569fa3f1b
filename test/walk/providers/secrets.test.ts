import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Answer, keys, startAnswering } from '../../support/answering.js';
import { type Connection, connect, type Result } from '../../support/connect.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { clusterNamed } from '../../support/samsung.js';
import { calls, names, type ProviderName } from './calls.js';
import { instanceNamed } from './naver.js';

const password = 'Tr0ub4dor#And-3';

/** A change that carries a secret, by provider. */
const changes: Record<ProviderName, (call: Connection['call']) => Promise<Result>> = {
  samsung: async (call) =>
    call('samsung_register_log_export_config', {
      cluster_id: await clusterNamed(call, 'orders'),
      log_type: 'slow',
      bucket_name: 'orders-slow-logs',
      access_key: password,
      secret_key: `${password}!`,
      delete_on_export: false,
      schedule_frequency_type: 'DAY',
      schedule_day_of_week: 'MON',
      schedule_day_of_month: '1',
      schedule_hour: '3',
    }),
  naver: async (call) => {
    const { cloudPostgresqlInstanceNo } = await instanceNamed(call, 'shop-orders');
    const user = { name: 'reporting', password };
    return call('naver_change_db_users', { cloudPostgresqlInstanceNo, cloudPostgresqlUserList: [user] });
  },
  cegedim: (call) =>
    call('cegedim_create_instance', {
      name: 'freshdb001',
      productCode: 'deb12pg16',
      serviceId: 123,
      networkId: 132,
      topology: 'STANDALONE',
      nodeSizing: '2cpu4gb',
      diskSize: 40,
      allowedReplicationLag: 50,
      trigram: 'tri',
      admPassword: password,
      area: 'EB-QA',
    }),
};

/** Everything that somebody could read, and where a proxy would look. */
const readable = ({ asked, stderr, auditLog }: Connection, fleet: Fleet, results: Result[]): string =>
  [
    ...results.map(({ raw }) => JSON.stringify(raw)),
    JSON.stringify(asked),
    stderr(),
    readFileSync(auditLog, 'utf8'),
    ...fleet.requests.map(({ url }) => decodeURIComponent(url)),
  ].join('\n');

test('a password reaches its provider and stands in nothing that can be read, no URL among it', async () => {
  const fleet = await startFleet();
  const connection = await connect({ fleet, answer: 'yes' });
  for (const name of names) {
    const result = await changes[name](connection.call);
    expect(result.isError, result.text).toBe(false);
    const { body = '' } = fleet.requests.findLast(({ method }) => method !== 'GET') ?? {};
    expect(body + decodeURIComponent(body), name).toContain(password);
    expect(readable(connection, fleet, [result]), name).not.toContain(password);
  }
});

test('a token for the confirmation holds the password, and nobody can read it there', async () => {
  const fleet = await startFleet({ providers: ['samsung', 'naver'] });
  const connection = await connect({ fleet });
  for (const name of ['samsung', 'naver'] as const) {
    const planned = await changes[name](connection.call);
    const token = String(planned.data['confirmation_token']);
    const decoded = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    expect(decoded.join(' '), name).not.toContain(password);
    const done = await connection.call('confirm_operation', { confirmation_token: token });
    expect(done.isError, done.text).toBe(false);
    expect(readable(connection, fleet, [planned, done]), name).not.toContain(password);
  }
});

test('a generated password fits the rules of each provider', async () => {
  const fleet = await startFleet({ providers: ['naver', 'cegedim'] });
  const { call } = await connect({ fleet, answer: 'yes' });
  const { cloudPostgresqlInstanceNo } = await instanceNamed(call, 'shop-orders');
  const cloudPostgresqlUserList = [{ name: 'reporting', password: 'secret://generate' }];
  const changed = await call('naver_change_db_users', { cloudPostgresqlInstanceNo, cloudPostgresqlUserList });
  expect(changed.isError, changed.text).toBe(false);
  const sent = new URLSearchParams(fleet.requests.at(-1)?.body).get('cloudPostgresqlUserList.1.password') ?? '';
  expect(sent).toMatch(/^.{8,20}$/);
  expect(JSON.stringify(changed.raw)).not.toContain(sent);
});

const words = `key ${keys.id}, secret ${keys.secret}, token Bearer ${keys.token}`;
const basic = Buffer.from(`${keys.id}:${keys.secret}`).toString('base64');
/** What each provider knows of us, and nobody else may see. */
const held: Record<ProviderName, string[]> = {
  samsung: [keys.id, keys.secret],
  naver: [keys.id, keys.secret],
  cegedim: [keys.secret, keys.token, basic],
};
const echoes: Answer[] = [
  { body: { contents: [{ name: words }], content: [{ [keys.secret]: words }], xResponse: { note: words } } },
  { status: 400, body: { errors: [{ code: keys.secret, detail: words }] } },
  { status: 400, body: { error: { errorCode: keys.secret, message: words } } },
  { status: 400, body: { errorCode: keys.secret, errorMessage: words } },
  { status: 400, body: `<html>${words} ${basic}</html>` },
];
test('keys and tokens are not shown when a provider says them back', async () => {
  let said: Answer = {};
  const provider = await startAnswering(names, () => said);
  const connection = await connect({ fleet: provider, env: { SAMSUNG_API_VERSION: 'postgresql 1.1' } });
  for (const echo of echoes)
    for (const name of names)
      for (const [tool, args] of [calls[name].read, calls[name].change]) {
        said = echo;
        const { raw } = await connection.call(tool, { ...args });
        for (const secret of held[name])
          expect(JSON.stringify(raw).includes(secret), `${secret} by ${tool}`).toBe(false);
      }
  expect(provider.sent.length).toBeGreaterThanOrEqual(echoes.length * names.length * 2);
  expect(connection.stderr()).toBe('');
  expect(JSON.stringify(connection.audit())).not.toContain(keys.secret);
});
