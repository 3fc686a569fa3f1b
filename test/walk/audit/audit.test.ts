import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/define/config-error.js';
import { type Connection, connect, linesOf } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { runInProcess } from '../../support/in-process.js';
import { instanceNamed } from '../../support/nhn.js';
import { run } from '../../support/raw.js';

const start = 'POST /v1.0/db-instances/:dbInstanceId/start';

/** What the command says of a record; rejects with its answer where that is a no. */
async function verify(auditLog: string): Promise<string> {
  const { stdout } = await runInProcess({ args: ['audit', 'verify', auditLog] });
  return stdout();
}

test('each call that changes, or would have, leaves its lines; reads leave none', async () => {
  const fleet = await startFleet();
  const { call, audit, auditLog } = await connect({ fleet, answer: 'decline' });
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  await call('nhn_modify_deletion_protection', { dbInstanceId, useDeletionProtection: true });
  await call('nhn_delete_db_instance', { dbInstanceId: (await instanceNamed(call, 'billing-legacy')).dbInstanceId });
  await call('nhn_delete_db_instance', { dbInstanceId: '00000000-0000-4000-8000-000000000000' });
  await call('nhn_start_db_instance', { dbInstanceId: 'nobody' });
  fleet.faults.add({ on: start, kind: 'cut-after', times: 1 });
  await call('nhn_start_db_instance', { dbInstanceId });
  await call('nhn_start_db_instance', { dbInstanceId });
  await call('nhn_delete_db_instance', { dbInstanceId });

  const lines = audit();
  expect(lines.map(({ event, outcome }) => [event, outcome])).toEqual([
    ['attempt', undefined],
    ['outcome', 'succeeded'],
    ['refused', 'declined'],
    ['refused', 'not found'],
    ['refused', 'invalid arguments'],
    ['attempt', undefined],
    ['outcome', 'unknown'],
    ['attempt', undefined],
    ['outcome', 'failed'],
    ['refused', 'impossible'],
  ]);
  expect(lines[0]).toMatchObject({
    tool: 'nhn_modify_deletion_protection',
    provider: 'nhn',
    risk: 'write',
    target: dbInstanceId,
    arguments: { dbInstanceId, useDeletionProtection: true },
    approval: 'not needed',
    client: 'test 1.0.0',
  });
  expect(lines[8]).toMatchObject({ code: '7008', milliseconds: expect.any(Number) });
  for (const [first, second] of [
    [0, 1],
    [5, 6],
    [7, 8],
  ] as const)
    expect(lines[first]?.['call']).toBe(lines[second]?.['call']);
  expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1));
  expect(lines.slice(1).map(({ previous }) => previous)).toEqual(lines.slice(0, -1).map(({ hash }) => hash));
  expect(await verify(auditLog)).toContain('10 lines');
});

test('a confirmed call is recorded with its plan and its job', async () => {
  const fleet = await startFleet();
  const { call, audit } = await connect({ fleet, answer: 'yes' });
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  const { data } = await call('nhn_delete_db_instance', { dbInstanceId });
  const { job } = data['pgfleet'] as { job: string };
  expect(audit()).toMatchObject([
    { event: 'attempt', approval: 'form', plan: expect.stringMatching(/^[\w-]{43}$/), risk: 'destructive' },
    { event: 'outcome', outcome: 'succeeded', job },
  ]);
});

describe('audit verify', () => {
  type Tamper = (lines: string[]) => string[];
  const tampers: [string, Tamper, number][] = [
    ['a changed word', (lines) => lines.map((line, i) => (i === 2 ? line.replace('staging', 'other') : line)), 3],
    ['a changed first line', ([, ...rest]) => ['{"number":1}', ...rest], 1],
    ['a word in front of another', (lines) => lines.with(1, (lines[1] ?? '').replace('{', '{"outcome":"failed",')), 2],
    ['a word in another spelling', (lines) => lines.with(2, (lines[2] ?? '').replace('staging', '\\u0073taging')), 3],
    ['a line that is not JSON', (lines) => lines.toSpliced(3, 1, 'x'), 4],
    ['an empty line', (lines) => lines.toSpliced(3, 0, ''), 4],
    ['a cut first line', (lines) => lines.slice(1), 1],
    ['a cut line in the middle', (lines) => lines.toSpliced(2, 1), 3],
    ['a cut end', (lines) => lines.slice(0, -1), 6],
    ['a cut end of several lines', (lines) => lines.slice(0, 2), 3],
    ['nothing left', () => [], 1],
    ['a doubled line', (lines) => lines.toSpliced(1, 0, lines[1] ?? ''), 3],
    ['two lines in another order', ([a = '', b = '', ...rest]) => [b, a, ...rest], 1],
  ];
  test('names the first line that was changed, cut or inserted', async () => {
    const fleet = await startFleet();
    const { call, auditLog } = await connect({ fleet });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    for (const dbInstanceName of ['staging-a', 'staging-b', 'staging-c']) {
      await call('nhn_modify_db_instance', { dbInstanceId, dbInstanceName });
      fleet.world.advance(60_000);
    }
    const lines = readFileSync(auditLog, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(await verify(auditLog)).toContain('6 lines');
    for (const [what, tamper, line] of tampers) {
      const kept = tamper([...lines]);
      writeFileSync(auditLog, kept.map((text) => `${text}\n`).join(''));
      await expect(verify(auditLog), what).rejects.toThrow(`Line ${line} `);
    }
    for (const end of ['\r\n', '\n']) {
      writeFileSync(auditLog, lines.map((text) => `${text}${end}`).join(''));
      expect(await verify(auditLog)).toContain('6 lines');
    }
  });

  test('shows a gap for good when lines were written after a cut', async () => {
    const fleet = await startFleet();
    const { call, auditLog } = await connect({ fleet });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    const protect = () => call('nhn_modify_deletion_protection', { dbInstanceId, useDeletionProtection: true });
    await protect();
    const [first] = readFileSync(auditLog, 'utf8').split('\n');
    writeFileSync(auditLog, `${first}\n`);
    await protect();
    await expect(verify(auditLog)).rejects.toThrow('Line 2 ');
  });

  test('says so when there is no such file', async () => {
    await expect(verify('/nowhere/audit.jsonl')).rejects.toMatchObject({
      message: expect.stringContaining('/nowhere/audit.jsonl'),
      cause: expect.any(ConfigError),
    });
  });

  test('ends with 0 for a whole record, with 1 for a broken one, and says which line on stderr', async () => {
    const { call, auditLog } = await connect({ fleet: await startFleet({ providers: ['nhn'] }) });
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    await call('nhn_modify_deletion_protection', { dbInstanceId, useDeletionProtection: true });
    expect(await run(['audit', 'verify', auditLog])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^2 lines/),
    });
    const [first] = readFileSync(auditLog, 'utf8').split('\n');
    writeFileSync(auditLog, `${first}\n`);
    const { code, stdout, stderr } = await run(['audit', 'verify', auditLog]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^pgfleet: Line 2 .*\n$/);
  });
});

test('a change is not sent when its line cannot be written', async () => {
  const fleet = await startFleet();
  const blocker = await connect({ fleet });
  const file = join(blocker.folder, 'file');
  writeFileSync(file, '');
  const env = { PGFLEET_AUDIT_LOG: join(file, 'audit.jsonl') };
  const { call, stderr, asked } = await connect({ fleet, env, answer: 'yes' });
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  for (const tool of ['nhn_start_db_instance', 'nhn_delete_db_instance']) {
    const result = await call(tool, { dbInstanceId });
    expect(result.isError).toBe(true);
    expect(result.text).toContain('PGFLEET_AUDIT_LOG');
  }
  expect(asked).toHaveLength(1);
  expect(fleet.changes()).toEqual([]);
  expect(stderr()).toContain('audit record');
});

test('two processes that write one file keep one chain', async () => {
  const fleet = await startFleet();
  const file = join(mkdtempSync(join(tmpdir(), 'pgfleet-audit-')), 'audit.jsonl');
  const writer = () => connect({ fleet, process: true, env: { PGFLEET_AUDIT_LOG: file } });
  const [one, other] = await Promise.all([writer(), writer()]);
  const { data } = await one.call('nhn_list_db_versions');
  const [version] = data['dbVersions'] as { dbVersion: string }[];
  const create = ({ call }: Connection, index: number) =>
    call('nhn_create_parameter_group', { parameterGroupName: `group-${index}`, dbVersion: version?.dbVersion });
  const results = await Promise.all([...Array(12).keys()].map((index) => create(index % 2 ? one : other, index)));
  expect(results.filter(({ isError }) => isError)).toEqual([]);
  const lines = linesOf(file);
  expect(lines).toHaveLength(24);
  expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1));
  expect(await verify(file)).toContain('24 lines');
});
