import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandLine, wayBack } from '../../../src/cli/shell/way-back.js';
import { startFleet } from '../../support/fleet.js';
import { shell } from './shell.js';

/** Commands that share one fleet and one audit record. */
async function recording() {
  const fleet = await startFleet();
  const env = { PGFLEET_AUDIT_LOG: join(mkdtempSync(join(tmpdir(), 'pgfleet-undo-')), 'audit.jsonl') };
  const run = (args: readonly string[], types: readonly string[] = []) => shell(args, { fleet, env, types });
  return { fleet, run };
}

test('the values before lead back, through the guard', async () => {
  const { run, fleet } = await recording();
  const protection = async () => {
    const { stdout } = await run(['call', 'nhn_get_db_instance', '--db-instance-id', 'orders-primary', '--json']);
    return (JSON.parse(stdout) as Record<string, unknown>)['useDeletionProtection'];
  };
  const args = ['--db-instance-id', 'orders-primary', '--use-deletion-protection', 'false'];
  const { audit } = await run(['call', 'nhn_modify_deletion_protection', ...args], ['orders-primary']);
  expect(await protection()).toBe(false);
  const id = String(audit[0]?.['call']);

  const offered = await run(['audit', 'undo', id.slice(0, 8)]);
  expect(offered.stdout).toMatch(/\npgfleet call nhn_modify_deletion_protection .*--use-deletion-protection true\n/);
  expect(fleet.changes()).toHaveLength(1);

  const back = await run(['audit', 'undo', id, '--run', '--json']);
  expect(back.code).toBe(0);
  expect(await protection()).toBe(true);
});

test('a way back that is dangerous itself is asked about', async () => {
  const { run, fleet } = await recording();
  const args = ['--db-instance-id', 'staging', '--use-deletion-protection', 'true'];
  const { audit } = await run(['call', 'nhn_modify_deletion_protection', ...args]);
  const id = String(audit[0]?.['call']);
  const { code, asked } = await run(['audit', 'undo', id, '--run'], ['n']);
  expect([code, asked.length]).toEqual([3, 1]);
  expect(fleet.changes()).toHaveLength(1);
});

test.each([
  ['none', 'no such call'],
  ['00000000-0000', 'no such call'],
])('the id %s leads nowhere', async (id, words) => {
  await expect(shell(['audit', 'undo', id])).rejects.toThrow(words);
});

test('what was refused has no way back', async () => {
  const { run } = await recording();
  const { audit } = await run(['call', 'nhn_restart_db_instance', '--db-instance-id', 'analytics'], ['n']);
  await expect(run(['audit', 'undo', String(audit[0]?.['call'])])).rejects.toThrow('changed nothing');
});

const properties = { id: { type: 'string' }, size: { type: 'integer' }, account: { type: 'string' } };
const operations = [
  { name: 'nhn_resize', inputSchema: { type: 'object' as const, properties } },
  {
    name: 'nhn_start',
    inputSchema: { type: 'object' as const, properties: { id: {}, password: {} }, required: ['id', 'password'] },
  },
];
const line = { tool: 'nhn_resize', provider: 'prod', arguments: { id: "o'brien", size: 20 } };
const change = { field: 'size', before: 10, after: 20 };

test.each([
  ['the value before', { ...line, changes: [change] }, '', `nhn_resize --id 'o'\\''brien' --size 10 --account prod`],
  ['the operation that undoes it', line, 'nhn_start starts it.', `nhn_start --id 'o'\\''brien'`],
  ['a value that was not seen', { ...line, changes: [{ ...change, before: undefined }] }, 'Set it again.', undefined],
  ['a value that is no argument', { ...line, changes: [{ ...change, field: 'other' }] }, '', undefined],
  ['an operation that is not there', line, 'nhn_stop_it stops it.', undefined],
])('%s makes the way back', (_, recorded, undo, expected) => {
  const back = wayBack(recorded, undo, operations);
  expect(back && commandLine(back)).toBe(expected && `pgfleet call ${expected}`);
});

test('what the record does not tell is named as missing, and a masked secret is never sent', () => {
  const recorded = { ...line, arguments: { id: 'a', password: '***' } };
  expect(wayBack(recorded, 'nhn_start starts it.', operations)).toEqual({
    operation: 'nhn_start',
    arguments: { id: 'a' },
    missing: ['password'],
  });
});
