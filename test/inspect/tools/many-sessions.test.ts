import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../../src/emulator/postgres/server.js';
import { connect } from '../../support/connect.js';
import { asSuperuser, openSession, testPrograms, urlOf } from '../../support/services/postgres.js';
import { type Answer, answeringServer } from '../answering-server.js';
import { toTheEnd } from './looking.js';

const harmless: Answer = {
  columns: [
    ['name', 'text'],
    ['isSuperuser', 'boolean'],
    ['powers', 'texts'],
  ],
  rows: [['monitor', 'f', '{}']],
};

/** All wait behind the first. */
const sessions = (count: number): Answer => ({
  columns: [
    ['pid', 'integer'],
    ['backendStart', 'text'],
    ['user', 'text'],
    ['state', 'text'],
    ['transactionSince', 'number'],
    ['waitsFor', 'text'],
    ['blockedBy', 'integers'],
    ['statement', 'text'],
    ['isHidden', 'boolean'],
  ],
  rows: Array.from({ length: count }, (_, index) => [
    String(1_000 + index),
    '2026-11-28T02:10:00.000001Z',
    'app',
    index === 0 ? 'idle in transaction' : 'active',
    String(Date.parse('2026-11-28T02:10:00Z') + index),
    index === 0 ? null : 'Lock relation',
    index === 0 ? '{}' : '{1000}',
    `SELECT ${index} FROM orders WHERE note = 'hunter2'`,
    'f',
  ]),
});

const counts = (count: number): Answer => ({
  columns: [
    ['state', 'text'],
    ['count', 'integer'],
  ],
  rows: [
    ['active', String(count - 1)],
    ['idle in transaction', '1'],
  ],
});

const limit: Answer = {
  columns: [
    ['maxConnections', 'integer'],
    ['role', 'text'],
  ],
  rows: [['6000', 'monitor']],
};

test('of 5,000 sessions, those that were read are told, with whom they wait for, and how many there are', async () => {
  const count = 5_000;
  const port = await answeringServer((text) => {
    if (text.includes('rolsuper')) return harmless;
    if (text.includes('GROUP BY 1')) return counts(count);
    if (text.includes('max_connections')) return limit;
    return text.includes('pg_stat_activity') ? sessions(count) : undefined;
  });
  const { call } = await connect({
    args: ['--sandbox', 'nhn'],
    env: { PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: `postgres://monitor:x@127.0.0.1:${port}/postgres?sslmode=disable` },
  });
  const { text, data } = await call('list_sessions', { instance: 'orders-primary', limit: 200 });
  expect(text).toContain('5000 sessions of at most 6000 (4999 active, 1 idle in transaction).');
  expect(text).toContain('Only the first 500 sessions were read.');
  expect(text).not.toContain('hunter2');
  const [inside] = data['inside'] as { total: number; sessions: { pid: number; blocks?: number[] }[] }[];
  expect(inside?.total).toBe(count);
  expect(inside?.sessions[0]).toMatchObject({ pid: 1_000 });
  expect(inside?.sessions[0]?.blocks).toHaveLength(499);

  // An answer has space for fewer than were asked for, and its offset leads on to the next of them.
  const shown = inside?.sessions.length ?? 0;
  expect(shown).toBeLessThan(200);
  expect(text).not.toContain('left out');
  expect(text).toContain(`1 to ${shown} of 500 shown. offset ${shown} shows what follows.`);
  const pages = await toTheEnd(call, 'list_sessions', { instance: 'orders-primary', limit: 200 });
  const all = pages.flatMap((page) => (page.data['inside'] as [NonNullable<typeof inside>])[0].sessions);
  expect(all.map(({ pid }) => pid)).toEqual(Array.from({ length: 500 }, (_, index) => 1_000 + index));
});

/** They take a while to begin, so they are there where each major version is tried. */
test.runIf(process.env['TEST_POSTGRES'])('of 300 real sessions, all are told, and who waits for whom', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-sessions-'));
  const programs = await testPrograms(folder);
  const settings = { max_connections: '320' };
  const { port, stop } = await startServer({ programs, folder, name: 'crowded', password: 'crowded', settings });
  onTestFinished(stop);
  const server = { port, password: 'crowded' };
  await asSuperuser(server, [
    "CREATE ROLE owner LOGIN PASSWORD 'crowded'",
    "CREATE ROLE monitor LOGIN PASSWORD 'crowded' IN ROLE pg_monitor",
  ]);
  const [root, ...others] = await Promise.all(Array.from({ length: 300 }, () => openSession(server, 'owner')));
  await root?.query('BEGIN');
  await root?.query('SELECT pg_advisory_xact_lock(1)');
  const waiting = others.map((each) => each.query('SELECT pg_advisory_xact_lock(1)').catch(() => undefined));
  const { call } = await connect({
    args: ['--sandbox', 'nhn'],
    env: { PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: urlOf(server, 'monitor') },
  });
  const told = async () => (await call('list_sessions', { instance: 'orders-primary', limit: 5 })).text;
  await expect.poll(told).toMatch(/idle in transaction.*keeps 299 waiting/);
  expect(await told()).toMatch(/30\d sessions of at most 320 .*299 active, 1 idle in transaction/);
  await root?.query('ROLLBACK');
  await Promise.all(waiting);
});
