import { readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { AuditLine } from '../../src/call/audit/line.js';
import { auditLog } from '../../src/call/audit/log.js';
import { headInStore, sharedAudit } from '../../src/call/audit/shared.js';
import { verifyAuditLog } from '../../src/call/audit/verify.js';
import { openStore } from '../../src/store/index.js';
import { inMemory } from '../../src/store/memory.js';
import { startRedis } from '../support/services/redis.js';
import { clock, entry, linesOf, newFile } from './records.js';

const callsOf = (lines: readonly AuditLine[]) => lines.map(({ call }) => call);

test('the newest lines of all replicas are shown by each, newest first and once', async () => {
  const now = clock();
  const store = inMemory(now);
  const [one, other] = [auditLog({ file: newFile(), now, store }), auditLog({ file: newFile(), now, store })];
  for (const call of ['a', 'b']) await one.write(entry(call));
  await other.write(entry('c'));
  await one.write(entry('d'));
  for (const log of [one, other]) {
    expect(callsOf(await log.latest(10))).toEqual(['d', 'c', 'b', 'a']);
    expect(callsOf(await log.latest(2))).toEqual(['d', 'c']);
  }
});

test('lines that were written before there was a store are shown too', async () => {
  const now = clock();
  const file = newFile();
  await auditLog({ file, now }).write(entry('before'));
  const log = auditLog({ file, now, store: inMemory(now) });
  await log.write(entry('after'));
  expect(callsOf(await log.latest(10))).toEqual(['after', 'before']);
});

test('without a store the file alone is shown, however large it is, and nothing when there is none', async () => {
  const now = clock();
  const file = newFile();
  const log = auditLog({ file, now });
  expect(await log.latest(10)).toEqual([]);
  const calls = [...Array(30).keys()].map((index) => `call-${index}`);
  for (const call of calls) await log.write(entry(call, { arguments: { text: 'ü'.repeat(5_000) } }));
  expect(callsOf(await log.latest(25))).toEqual(calls.slice(-25).toReversed());
  expect(callsOf(await log.latest(500))).toEqual(calls.toReversed());
  expect(linesOf(file).map(({ number }) => number)).toEqual(calls.map((_, index) => index + 1));
});

test('a line with large arguments is shared without them; the file has them', async () => {
  const now = clock();
  const store = inMemory(now);
  const [file, other] = [newFile(), newFile()];
  const log = auditLog({ file, now, store });
  await log.write(entry('a', { arguments: { text: 'x'.repeat(100_000) } }));
  const [shared] = await auditLog({ file: other, now, store }).latest(1);
  expect(shared).toMatchObject({ call: 'a' });
  expect(shared).not.toHaveProperty('arguments');
  expect((await log.latest(1))[0]).toHaveProperty('arguments');
});

test('several writers of one file keep one chain, and its head in the store only goes forward', async () => {
  const now = clock();
  const file = newFile();
  const store = inMemory(now);
  const [one, other] = [auditLog({ file, now, store }), auditLog({ file, now, store })];
  const calls = [...Array(20).keys()];
  await Promise.all(calls.map((index) => (index % 2 ? one : other).write(entry(String(index)))));
  const lines = linesOf(file);
  expect(await verifyAuditLog(file, store)).toEqual({ ok: true, lines: 20 });
  const heads = await store.list('audit-head');
  expect([...heads].map(([chain, head]) => [chain, JSON.parse(head)])).toEqual([
    [lines[0]?.hash, { number: 20, hash: lines[19]?.hash }],
  ]);
});

test('heads that come in any order leave the last one', async () => {
  const store = inMemory(() => 0);
  const shared = sharedAudit({ store, now: () => 0 });
  const line = (number: number) => ({ ...entry('a'), number, time: '', previous: '', hash: `hash ${number}` });
  await Promise.all([7, 3, 20, 1, 12].map((number) => shared.add('chain', line(number))));
  expect(await headInStore(store, 'chain')).toEqual({ number: 20, hash: 'hash 20' });
});

test('a first line that was tampered with does not keep the next from being written', async () => {
  const now = clock();
  const file = newFile();
  const store = inMemory(now);
  const log = auditLog({ file, now, store });
  for (const call of ['a', 'b']) await log.write(entry(call));
  writeFileSync(file, readFileSync(file, 'utf8').replace('{', 'x'));
  await log.write(entry('c'));
  expect(callsOf(await log.latest(1))).toEqual(['c']);
  expect(await verifyAuditLog(file, store)).toMatchObject({ ok: false, line: 1 });
});

test('a store that is away loses no line and stops nobody; its head is stored with the next line', async () => {
  const redis = await startRedis();
  const logged: string[] = [];
  const now = () => Date.now();
  const store = await openStore({ url: redis.url, now, log: () => undefined });
  onTestFinished(() => store.close());
  const file = newFile();
  const log = auditLog({ file, now, store, log: (line) => logged.push(line) });
  await log.write(entry('a'));
  await redis.stop();
  for (const call of ['b', 'c']) await log.write(entry(call));
  expect(callsOf(await log.latest(10))).toEqual(['c', 'b', 'a']);
  expect(logged).toEqual([expect.stringContaining('written to its file only')]);
  expect(await verifyAuditLog(file)).toEqual({ ok: true, lines: 3 });
  await expect(verifyAuditLog(file, store)).rejects.toThrow('The shared store cannot be reached');
  await startRedis({ port: redis.port });
  await vi.waitFor(() => store.ping(), { timeout: 15_000 });
  await log.write(entry('d'));
  expect(await verifyAuditLog(file, store)).toEqual({ ok: true, lines: 4 });
  expect(callsOf(await log.latest(10))).toEqual(['d', 'c', 'b', 'a']);
});
