import { expect, test } from 'vitest';
import { exitCodeOf } from '../../../src/cli/shell/output/exit-codes.js';
import { table } from '../../../src/cli/shell/output/table.js';
import { startFleet } from '../../support/fleet.js';
import { freePort } from '../../support/services/redis.js';
import { shell } from './shell.js';

test('a list is a table, the worst first', async () => {
  const { code, stdout } = await shell(['overview', '--provider', 'nhn']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^6 instances: 5 nhn available, 1 nhn stopped\.\n\ninstances\nreference +name +role +engineVersion/,
  );
  expect(stdout).toMatch(/\nnhn:\S+ +staging +replica +14\.6 +stopped +SHUTDOWN\n/);
});

test('with --json stdout has the fields of the same answer, and nothing else', async () => {
  const { stdout } = await shell(['overview', '--provider', 'nhn', '--limit', '2', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ total: 6, instances: [{ name: 'billing-legacy' }, { name: 'staging' }] });
});

test.each([
  ['what is wrong', [], 1],
  ['nothing wrong and all seen', ['--scenario', 'quiet'], 0],
  ['a region that does not answer', ['--scenario', 'quiet', '--fault', 'GET /v1.0/db-instances=status:503*9'], 5],
])('the exit code of a check tells %s', async (_, args, expected) => {
  const { code } = await shell(['check', ...args]);
  expect(code).toBe(expected);
});

test('only a check turns what it found into its exit code', async () => {
  const [overview, events] = await Promise.all([shell(['overview']), shell(['events', '--limit', '3'])]);
  expect([overview.code, events.code]).toEqual([0, 0]);
  expect(events.stdout).toContain('\nevents\ntime ');
});

const base = { content: [] };

test.each([
  ['done', { ...base }, 0],
  ['a failure of the provider', { ...base, isError: true }, 5],
  ['a refusal here', { ...base, isError: true, _meta: { 'pgfleet/refused': true } }, 3],
  ['an outcome that nobody knows', { ...base, isError: true, _meta: { 'pgfleet/unknownOutcome': true } }, 6],
  ['a call that waits', { ...base, structuredContent: { status: 'approval_pending' } }, 4],
  ['a notice', { ...base, structuredContent: { findings: [{ severity: 'notice' }] } }, 0],
  ['a warning inside of a database', { ...base, structuredContent: { inside: [{ severity: 'warning' }] } }, 1],
  ['what was not examined', { ...base, structuredContent: { missed: [{ why: 'late' }] } }, 5],
  [
    'both',
    { ...base, structuredContent: { findings: [{ severity: 'critical' }], failures: [{ provider: 'nhn' }] } },
    1,
  ],
])('the exit code of a check that answers with %s', (_, result, code) => {
  expect(exitCodeOf(result, { isCheck: true })).toBe(code);
});

test('an operation is found, shown and called by its name', async () => {
  const found = await shell(['tools', 'list', 'backups']);
  expect(found.stdout).toMatch(/\nnhn_list_backups +read +\S/);
  const shown = await shell(['tools', 'nhn_get_db_instance']);
  expect(shown.stdout).toMatch(/\n--db-instance-id +needed +string/);
  const { stdout } = await shell(['call', 'nhn_get_db_instance', '{"dbInstanceId":"orders-primary"}', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ dbInstanceName: 'orders-primary' });
});

test('arguments come by stdin too', async () => {
  const input = '{"dbInstanceId":"orders-primary"}';
  const { stdout } = await shell(['call', 'nhn_get_db_instance', '-', '--json'], { input });
  expect(JSON.parse(stdout)).toMatchObject({ dbInstanceName: 'orders-primary' });
});

test('only what is offered can be called', async () => {
  const listed = await shell(['tools', '--read-only', '--json']);
  const risks = (JSON.parse(listed.stdout) as { risk: string }[]).map(({ risk }) => risk);
  expect(new Set(risks)).toEqual(new Set(['read']));
  await expect(shell(['call', 'nhn_restart_db_instance', '--read-only'])).rejects.toThrow('no operation');
});

test('what a provider says does not control the terminal', async () => {
  const altered = (body: string) => body.replaceAll('Order service, primary', '\\u001b]0;owned\\u0007\\u001b[31mred');
  const fleet = await startFleet({ altered });
  const { stdout } = await shell(['call', 'nhn_get_db_instance', '--dbInstanceId', 'orders-primary'], { fleet });
  expect(stdout).toMatch(/description +\S*red/);
  expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
});

test('a change whose answer is lost has a code of its own', async () => {
  const args = ['call', 'nhn_restart_db_instance', '--db-instance-id', 'analytics'];
  const fault = 'POST /v1.0/db-instances/:dbInstanceId/restart=cut-after';
  const { code, stdout } = await shell([...args, '--fault', fault], { types: ['y'] });
  expect(stdout).toContain('Whether the change was made is not known');
  expect(code).toBe(6);
});

test('a check that cannot reach the store has seen nothing, which says nothing about the fleet', async () => {
  const { code, stdout, stderr } = await shell(['check'], {
    env: { PGFLEET_STORE: `redis://127.0.0.1:${await freePort()}` },
  });
  expect([code, stdout]).toEqual([5, '']);
  expect(stderr).toContain('The shared store cannot be reached');
});

test('columns fit the terminal, with signs of double width, and no word is lost', () => {
  const rows = [
    ['주문-데이터베이스', 'storage.usedPercent 91 %'],
    ['b', '2f8d7cea-e0bf-4217-8f7e-5902fc0c0410.external'],
  ];
  const text = table(rows, { columns: 40, hasColours: false }, ['이름', 'evidence']);
  const [head = '', first = ''] = text.split('\n');
  expect(head).toMatch(/^이름 +evidence$/);
  // Each of the eight signs of the name takes two places, beside its hyphen.
  expect(first).toBe('주문-데이터베이스  storage.usedPercent');
  expect(text.replace(/\s/g, '')).toContain('2f8d7cea-e0bf-4217-8f7e-5902fc0c0410.external');
  expect(Math.max(...text.split('\n').map((line) => line.replace(/[가-힣]/g, '  ').length))).toBeLessThanOrEqual(40);
});
