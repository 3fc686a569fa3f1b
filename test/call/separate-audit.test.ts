import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditLog } from '../../src/call/audit/log.js';
import { sandboxFile, sandboxList, separateAudit } from '../../src/call/audit/separate.js';
import { verifyAuditLog } from '../../src/call/audit/verify.js';
import { inMemory } from '../../src/store/memory.js';
import type { Store } from '../../src/store/store.js';
import { fileOf } from '../config/reading.js';
import { connect } from '../support/connect.js';
import { startFleet } from '../support/fleet.js';
import { instanceNamed } from '../support/nhn.js';

test.each([
  ['/var/log/audit.jsonl', '/var/log/audit.sandbox.jsonl'],
  ['/var/log.d/audit', '/var/log.d/audit.sandbox'],
])('beside %s the record of the sandbox is %s', (file, other) => expect(sandboxFile(file)).toBe(other));

test('what is done to the sandbox stands in a record of its own, marked, and the chain is whole', async () => {
  const { call, audit, sandboxAudit, auditLog: file } = await connect();
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  await call('nhn_modify_deletion_protection', { dbInstanceId, useDeletionProtection: true });
  await call('nhn_start_db_instance', { dbInstanceId: 'no id' });
  expect(audit()).toEqual([]);
  expect(sandboxAudit().map(({ event, sandbox }) => [event, sandbox])).toEqual([
    ['attempt', true],
    ['outcome', true],
    ['refused', true],
  ]);
  expect(await verifyAuditLog(sandboxFile(file))).toEqual({ ok: true, lines: 3 });
});

test('where only some accounts are emulated, each call stands in the record of its account', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const config = fileOf({ accounts: { 'nhn-try': { provider: 'nhn', sandbox: true } } });
  const args = ['--config', config, '--profile', 'full'];
  const { call, audit, sandboxAudit } = await connect({ fleet, args });
  for (const account of ['nhn', 'nhn-try']) {
    const { data } = await call('nhn_list_db_instances', { account });
    const [row] = data['dbInstances'] as { dbInstanceId: string }[];
    const change = { account, dbInstanceId: row?.dbInstanceId, description: 'checked today' };
    expect((await call('nhn_modify_db_instance', change)).isError).toBe(false);
  }
  expect(audit().map(({ provider, sandbox }) => [provider, sandbox])).toEqual([
    ['nhn', undefined],
    ['nhn', undefined],
  ]);
  expect(sandboxAudit().map(({ provider, sandbox }) => [provider, sandbox])).toEqual([
    ['nhn-try', true],
    ['nhn-try', true],
  ]);
});

const real = { name: 'nhn', provider: 'nhn' };
const emulated = { name: 'nhn-try', provider: 'nhn', isSandbox: true };

test.each(['no store', 'a shared store'])('with %s, a server shows records of its own accounts only', async (kind) => {
  const file = join(mkdtempSync(join(tmpdir(), 'pgfleet-audit-')), 'audit.jsonl');
  let time = 0;
  const now = () => (time += 1_000);
  const store: Store | undefined = kind === 'no store' ? undefined : inMemory(now);
  const serverWith = (accounts: (typeof emulated | typeof real)[]) =>
    separateAudit({
      real: auditLog({ file, now, store }),
      sandbox: auditLog({ file: sandboxFile(file), list: sandboxList, now, store }),
      accounts,
    });
  const both = serverWith([real, emulated]);
  const line = { event: 'attempt', tool: 'x', risk: 'write', client: 'test' } as const;
  for (const { name } of [real, emulated, real]) await both.write({ ...line, call: name, provider: name });
  const shownBy = async (accounts: (typeof emulated | typeof real)[]) =>
    (await serverWith(accounts).latest(10)).map(({ provider }) => provider);
  expect(await shownBy([real])).toEqual(['nhn', 'nhn']);
  expect(await shownBy([emulated])).toEqual(['nhn-try']);
  expect(await shownBy([real, emulated])).toEqual(['nhn', 'nhn-try', 'nhn']);
});
