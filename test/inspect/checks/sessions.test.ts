import { beforeAll, expect, test } from 'vitest';
import { minute } from '../../../src/define/finding.js';
import { openSession, sharedCluster, type TestCluster } from '../../support/services/postgres.js';
import { faultsOf, lookInto, notSeenOf, pidOf, remediesOf } from './looking.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

const topics = ['sessions', 'locks'] as const;

/** What a look finds that is made so many minutes later. */
const lookLater = (minutes: number, role: 'monitor' | 'plain' = 'monitor') =>
  lookInto(cluster.primary, { role, topics, facts: { now: Date.now() + minutes * minute } });

const about = (pid: number) => (fault: string) => fault.includes(`pid: ${pid},`);

test('a session that is idle in its transaction is told with what ends it', async () => {
  const idle = await openSession(cluster.primary, 'owner');
  await idle.query('BEGIN');
  const pid = await pidOf(idle);
  const soon = await lookLater(4);
  expect(faultsOf(soon, 'idle-in-transaction').filter(about(pid))).toEqual([]);
  const report = await lookLater(6);
  expect(faultsOf(report, 'idle-in-transaction').filter(about(pid))).toEqual([
    `warning, pid: ${pid}, login: owner, application: story, database: postgres, idle: 6 minutes, ` +
      'transaction open for: 6 minutes',
  ]);
  expect(remediesOf(report, 'idle-in-transaction')).toContainEqual({
    endSession: { pid, backendStart: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{6}Z$/), how: 'terminate' },
  });
  expect(faultsOf(await lookLater(11), 'long-transaction').filter(about(pid))).toHaveLength(1);
});

test('a statement that runs for long is told without its constants', async () => {
  const busy = await openSession(cluster.primary, 'owner');
  const pid = await pidOf(busy);
  const running = busy.query("SELECT pg_sleep(60), 'hunter2' /* hunter2 */").catch(() => undefined);
  await expect.poll(async () => faultsOf(await lookLater(6), 'long-statement').some(about(pid))).toBe(true);
  const report = await lookLater(6);
  const found = report.findings.find(({ check }) => check === 'long-statement');
  expect(found?.faults.find(({ facts }) => facts.pid === pid)).toMatchObject({
    statement: 'SELECT pg_sleep(?), ?',
    remedy: { endSession: { pid, how: 'cancel' } },
  });
  await (await openSession(cluster.primary, 'postgres')).query('SELECT pg_cancel_backend($1)', [pid]);
  await running;
});

test('what sessions of others do is hidden from a plain role, and named', async () => {
  const idle = await openSession(cluster.primary, 'owner');
  await idle.query('BEGIN');
  const pid = await pidOf(idle);
  const report = await lookLater(60, 'plain');
  expect(faultsOf(report, 'idle-in-transaction').filter(about(pid))).toEqual([]);
  for (const check of ['idle-in-transaction', 'long-transaction', 'long-statement'])
    expect(notSeenOf(report, check)).toEqual([
      expect.stringMatching(/^\d+ sessions of other roles tell plain nothing\. GRANT pg_monitor TO plain;$/),
    ]);
});

test('connections near their limit are counted by every role', async () => {
  const settings = new Map([['max_connections', '1']]);
  for (const role of ['monitor', 'plain'] as const) {
    const report = await lookInto(cluster.primary, { role, topics, facts: { settings } });
    expect(faultsOf(report, 'connections-near-limit')).toEqual([
      expect.stringMatching(/^critical, connections: \d+ of 1 /),
    ]);
  }
  expect(faultsOf(await lookInto(cluster.primary, { topics }), 'connections-near-limit')).toEqual([]);
});

test('who blocks is told at the root of those who wait, with how many', async () => {
  const [root, middle, last] = await Promise.all([1, 2, 3].map(() => openSession(cluster.primary, 'owner')));
  if (!root || !middle || !last) throw new Error('There is no session.');
  await root.query('BEGIN');
  await root.query('SELECT pg_advisory_xact_lock(13)');
  await middle.query('BEGIN');
  await middle.query('SELECT pg_advisory_xact_lock(14)');
  const waiting = [middle.query('SELECT pg_advisory_xact_lock(13)'), last.query('SELECT pg_advisory_xact_lock(14)')];
  const pid = await pidOf(root);
  const blocked = async () => faultsOf(await lookLater(3), 'blocked-sessions').filter(about(pid));
  await expect.poll(async () => (await blocked()).join()).toContain('blocks: 2');
  expect(await blocked()).toEqual([
    expect.stringMatching(
      /^critical, pid: \d+, .*state: idle in transaction, blocks since: 3 minutes, .*lock: ExclusiveLock$/,
    ),
  ]);
  expect(remediesOf(await lookLater(3), 'blocked-sessions')).toContainEqual(
    expect.objectContaining({ endSession: expect.objectContaining({ pid, how: 'terminate' }) }),
  );
  expect(faultsOf(await lookLater(0), 'blocked-sessions').filter(about(pid))).toEqual([]);
  const { notSeen } = await lookLater(3, 'plain');
  expect(notSeen.map(({ check }) => check)).toContain('blocked-sessions');
  await root.query('ROLLBACK');
  await waiting[0];
  await middle.query('ROLLBACK');
  await waiting[1];
});

test('a chain behind a session that is idle in its transaction need not grow old', async () => {
  const [root, ...waiters] = await Promise.all(Array.from({ length: 4 }, () => openSession(cluster.primary, 'owner')));
  await root?.query('BEGIN');
  await root?.query('SELECT pg_advisory_xact_lock(17)');
  const waiting = waiters.map((waiter) => waiter.query('SELECT pg_advisory_xact_lock(17)'));
  const pid = root && (await pidOf(root));
  const { now } = Date;
  const later = (seconds: number) =>
    lookInto(cluster.primary, { topics: ['locks'], facts: { now: now() + seconds * 1_000 } });
  await expect
    .poll(async () => faultsOf(await later(20), 'blocked-sessions').filter(about(pid ?? 0)))
    .toEqual([expect.stringMatching(/^warning, pid: \d+, .*state: idle in transaction, .*blocks: 3 /)]);
  await root?.query('ROLLBACK');
  await Promise.all(waiting);
});

test('a prepared transaction that was left behind is told with the statement that ends it', async () => {
  const owner = await openSession(cluster.primary, 'owner');
  const name = `it's "left" ${await pidOf(owner)}`;
  await owner.query('BEGIN');
  await owner.query('SELECT pg_advisory_xact_lock(15)');
  await owner.query('SELECT txid_current()');
  await owner.query(`PREPARE TRANSACTION '${name.replace("'", "''")}'`);
  const waiter = await openSession(cluster.primary, 'owner');
  const waiting = waiter.query('SELECT pg_advisory_xact_lock(15)');
  const statement = `ROLLBACK PREPARED '${name.replace("'", "''")}';`;
  try {
    const report = await lookLater(1, 'plain');
    expect(faultsOf(report, 'prepared-transaction')).toContainEqual(
      expect.stringContaining(`transaction: ${name}, prepared for: 60 seconds, login: owner`),
    );
    expect(remediesOf(report, 'prepared-transaction')).toContainEqual({ statement });
    await expect
      .poll(async () => faultsOf(await lookLater(3), 'blocked-sessions').join())
      .toContain('pid: none: a prepared transaction');
  } finally {
    await owner.query(statement);
  }
  await waiting;
});
