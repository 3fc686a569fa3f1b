import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { isRoot, unprivileged } from '../../src/emulator/postgres/binaries.js';
import { type PostgresServer, startServer } from '../../src/emulator/postgres/server.js';
import { connect } from '../support/connect.js';
import { endOfFile } from '../support/end-of-file.js';
import { asSuperuser, testPrograms } from '../support/services/postgres.js';

const end = endOfFile();
let server: PostgresServer;
let authority: string;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-test-tls-'));
  const programs = await testPrograms(folder);
  const [key, certificate] = [join(folder, 'server.key'), join(folder, 'server.crt')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files], {
    stdio: 'ignore',
  });
  if (isRoot()) for (const file of [key, certificate]) await chown(file, unprivileged.uid, unprivileged.gid);
  const settings = { ssl: 'on', ssl_key_file: key, ssl_cert_file: certificate };
  server = await startServer({ programs, folder, name: 'primary', password: 'not-a-secret', settings });
  end(server.stop);
  authority = certificate;
  await asSuperuser(server, ["CREATE ROLE monitor LOGIN PASSWORD 'not-a-secret' IN ROLE pg_monitor"]);
});

const looking = async (parameters: string) => {
  const url = `postgres://monitor:not-a-secret@127.0.0.1:${server.port}/postgres${parameters}`;
  const { call } = await connect({ args: ['--sandbox', 'nhn'], env: { PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: url } });
  return (await call('list_sessions', { instance: 'orders-primary' })).text;
};

test('without more, the connection is encrypted, and that nobody vouched for the server is said', async () => {
  const text = await looking('');
  expect(text).toContain('sessions of at most');
  expect(text).toContain('is encrypted, but who answers was not verified');
});

test('where it has to be verified, an unknown authority is refused, and a named one accepted', async () => {
  expect(await looking('?sslmode=verify-full')).toMatch(
    /could not be verified \([A-Z_]+\)\. Name its authority as ca\./,
  );
  const verified = await looking(`?sslmode=verify-full&sslrootcert=${authority}`);
  expect(verified).toContain('sessions of at most');
  expect(verified).not.toContain('not verified');
});
