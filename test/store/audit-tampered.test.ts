import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { headFile } from '../../src/call/audit/chain.js';
import type { AuditLine } from '../../src/call/audit/line.js';
import { auditLog } from '../../src/call/audit/log.js';
import { sandboxFile } from '../../src/call/audit/separate.js';
import { verifyAuditLog } from '../../src/call/audit/verify.js';
import { inMemory } from '../../src/store/memory.js';
import { connect } from '../support/connect.js';
import { runInProcess } from '../support/in-process.js';
import { instanceNamed } from '../support/nhn.js';
import { startRedis } from '../support/services/redis.js';
import { clock, entry, forge, linesOf, newFile, replace } from './records.js';

type Tamper = (lines: AuditLine[]) => AuditLine[];

const tampers: [string, Tamper, number][] = [
  ['a cut end', (lines) => lines.slice(0, 4), 5],
  ['all cut but the first line', (lines) => lines.slice(0, 1), 2],
  ['other words in the middle', (lines) => forge(lines, 3), 5],
  ['other words in the last line', (lines) => forge(lines, 5), 5],
  ['other words, and lines after them', (lines) => forge([...lines, { ...(lines[4] as AuditLine), number: 6 }], 4), 5],
];

/** A record of five lines, and what is needed to go on with it as another process. */
async function written() {
  const now = clock();
  const file = newFile();
  const store = { ...inMemory(now), isShared: true };
  const logged: string[] = [];
  const open = () => auditLog({ file, now, store, log: (line) => logged.push(line) });
  const log = open();
  for (const call of ['a', 'b', 'c', 'd', 'e']) await log.write(entry(call));
  expect(await verifyAuditLog(file, store)).toEqual({ ok: true, lines: 5 });
  return { file, store, log, open, logged, now };
}

test.each(tampers)('with the head beside it put right, the store still tells of %s', async (_, tamper, line) => {
  const { file, store } = await written();
  replace(file, tamper(linesOf(file)));
  expect(await verifyAuditLog(file)).toMatchObject({ ok: true });
  expect(await verifyAuditLog(file, store)).toMatchObject({
    ok: false,
    line,
    reason: expect.stringContaining('store'),
  });
});

test.each(tampers)('the next lines of another process do not cover %s', async (_, tamper) => {
  const { file, store, open, logged } = await written();
  const tampered = tamper(linesOf(file));
  replace(file, tampered);
  const next = open();
  for (const call of ['f', 'g']) await next.write(entry(call));
  for (const known of [store, undefined])
    expect(await verifyAuditLog(file, known)).toMatchObject({ ok: false, line: tampered.length + 1 });
  expect(logged).toEqual([expect.stringContaining('was cut or rewritten: line 5')]);
});

test.each(tampers)('without a store, the next line of the same process does not cover %s', async (_, tamper) => {
  const now = clock();
  const file = newFile();
  const log = auditLog({ file, now });
  for (const call of ['a', 'b', 'c', 'd', 'e']) await log.write(entry(call));
  const tampered = tamper(linesOf(file));
  replace(file, tampered);
  await log.write(entry('f'));
  expect(await verifyAuditLog(file)).toMatchObject({ ok: false, line: tampered.length + 1 });
});

test('a record that was replaced from its first line on stays unknown to the store', async () => {
  const { file, store, open, logged } = await written();
  const reason = expect.stringContaining('the whole record was replaced');
  replace(file, forge(linesOf(file), 1));
  expect(await verifyAuditLog(file, store)).toEqual({ ok: false, line: 1, reason });
  const next = open();
  for (const call of ['f', 'g']) await next.write(entry(call));
  expect(await verifyAuditLog(file, store)).toEqual({ ok: false, line: 1, reason });
  expect(logged).toEqual([expect.stringContaining('does not know the audit record')]);
});

test('the process that wrote it knows it by its name, whatever its first line is now', async () => {
  const { file, store, log } = await written();
  const [first] = linesOf(file);
  replace(file, forge(linesOf(file), 1));
  await log.write(entry('f'));
  expect(await verifyAuditLog(file, store)).toMatchObject({ ok: false });
  expect([...(await store.list('audit-head'))].map(([name]) => name)).toEqual([first?.hash]);
});

test('a head that names another first line is a fault without a store too', async () => {
  const { file } = await written();
  const { number, hash } = linesOf(file).at(-1) as AuditLine;
  writeFileSync(headFile(file), JSON.stringify({ number, hash, chain: 'another' }));
  expect(await verifyAuditLog(file)).toMatchObject({ ok: false, line: 1 });
});

test('a line that was not written to its end stops no other, and is a fault', async () => {
  const { file, store, log } = await written();
  appendFileSync(file, '{"number":6,"ha');
  await log.write(entry('f'));
  expect(await verifyAuditLog(file, store)).toEqual({ ok: false, line: 6, reason: 'is no JSON line' });
});

test('a record without the head beside it goes on as the store knows it', async () => {
  const { file, store, open } = await written();
  rmSync(headFile(file));
  await open().write(entry('f'));
  expect(await verifyAuditLog(file, store)).toEqual({ ok: true, lines: 6 });
});

test('what was done before a server started again is missed by it, and audit verify ends with a no', async () => {
  const { url } = await startRedis();
  const shared = { PGFLEET_STORE: url, PGFLEET_AUDIT_LOG: newFile() };
  const file = sandboxFile(shared.PGFLEET_AUDIT_LOG);
  const protect = async () => {
    const { call, stderr } = await connect({ env: shared });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    await call('nhn_modify_deletion_protection', { dbInstanceId, useDeletionProtection: true });
    return stderr();
  };
  const verify = (env = {}) => runInProcess({ args: ['audit', 'verify', file], env });
  await protect();
  expect((await verify(shared)).stdout()).toContain('2 lines');
  const whole = linesOf(file);

  replace(file, whole.slice(0, 1));
  await expect(verify(shared)).rejects.toThrow('Line 2 was cut');
  expect(await protect()).toContain('was cut or rewritten');
  for (const env of [shared, {}]) await expect(verify(env)).rejects.toThrow('Line 2 does not follow');

  replace(file, forge(whole, 1));
  expect(await protect()).toContain('does not know the audit record');
  expect((await verify()).stdout()).toContain('4 lines');
  await expect(verify(shared)).rejects.toThrow('Line 1 begins a record that the shared store does not know');
});
