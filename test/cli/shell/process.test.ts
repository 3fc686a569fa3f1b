import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { sandboxFile } from '../../../src/call/audit/separate.js';
import { entry, linesOf } from '../../support/connect.js';

const run = promisify(execFile);

/** The built product with an environment and a home of its own. */
function settings() {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-shell-'));
  const auditLog = join(folder, 'audit.jsonl');
  return { auditLog, env: { PATH: process.env['PATH'] ?? '', HOME: folder, PGFLEET_AUDIT_LOG: auditLog } };
}

async function ended(args: readonly string[]) {
  const { env } = settings();
  return run(process.execPath, [entry, ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
}

test.each([
  ['a check of a fleet with faults', ['check', '--json', '--sandbox'], 1],
  ['a check of a quiet fleet', ['check', '--json', '--scenario', 'quiet', '--sandbox'], 0],
  [
    'a guarded call without a terminal',
    ['call', 'nhn_restart_db_instance', '{"dbInstanceId":"analytics"}', '--json', '--sandbox'],
    3,
  ],
])('%s prints JSON alone and ends with its code', async (_, args, expected) => {
  const { code, stdout, stderr } = await ended(args);
  expect([code, stderr]).toEqual([expected, '']);
  expect(JSON.parse(stdout)).toBeInstanceOf(Object);
});

test.each([
  ['no account', ['check']],
  ['an unknown operation', ['call', 'nhn_stop', '--sandbox']],
  ['an unknown argument', ['check', '--hours', '3', '--sandbox']],
  ['an unknown command', ['chekc']],
  ['an unknown flag', ['tools', '--jsn']],
])('%s ends with 2 and leaves stdout alone', async (_, args) => {
  expect(await ended(args)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^(pgfleet|error): \S/),
  });
});

/** The built product at a terminal, where somebody types once it has asked. */
async function atTerminal(command: string, types: { when: RegExp; text: string }) {
  const { env, auditLog } = settings();
  const line = `"${process.execPath}" "${entry}" ${command}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], { env: { ...env, TERM: 'xterm', NO_COLOR: '1' } });
  let shown = '';
  let isTyped = false;
  child.stdout.on('data', (chunk: Buffer) => {
    shown += String(chunk);
    if (isTyped || !types.when.test(shown)) return;
    isTyped = true;
    child.stdin.write(types.text);
  });
  const [code] = await once(child, 'exit');
  return { code: Number(code), shown, audit: linesOf(sandboxFile(auditLog)) };
}

const restart = 'call nhn_restart_db_instance --db-instance-id analytics --sandbox';

test.each([
  ['a yes', 'y\r', 0, 'succeeded'],
  ['a no', 'n\r', 3, 'declined'],
  ['an interruption', '\u0003', 3, 'declined'],
  ['the end of input', '\u0004', 3, 'declined'],
])('at a terminal %s decides on a guarded call', async (_, text, expected, outcome) => {
  const { code, shown, audit } = await atTerminal(restart, { when: /\[y\/N\] /, text });
  expect(shown).toContain('What happens (disruptive): All connections to analytics are cut');
  expect(code).toBe(expected);
  expect(audit.at(-1)).toMatchObject({ outcome });
});

test.each([
  ['colours', {}, true],
  ['none where somebody wants none', { NO_COLOR: '1' }, false],
])('a terminal gets %s', async (_, wish, hasColours) => {
  const { env } = settings();
  const line = `"${process.execPath}" "${entry}" check --topic availability --sandbox`;
  const { stdout } = await run('script', ['-qec', `${line}; true`, '/dev/null'], {
    env: { ...env, TERM: 'xterm', ...wish },
  });
  expect(stdout.includes('\u001b[33mwarning\u001b[39m')).toBe(hasColours);
  expect(stdout).toContain('warning');
});
