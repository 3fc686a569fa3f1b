import { expect, test } from 'vitest';
import { fileOf } from '../../config/reading.js';
import { startFleet } from '../../support/fleet.js';
import { shell } from './shell.js';

const restart = ['call', 'nhn_restart_db_instance', '--db-instance-id', 'orders-primary'];
const remove = ['call', 'nhn_delete_db_instance', '--db-instance-id', 'staging'];

const policy = (rule: object) => ({ PGFLEET_POLICY: fileOf(JSON.stringify({ rules: [rule] })) });

test('a yes at the terminal lets a guarded call run, and the audit record says who gave it', async () => {
  const fleet = await startFleet();
  const { code, stdout, stderr, asked, audit } = await shell(restart, { fleet, types: ['y'] });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Restart DB instance: started as job nhn:/);
  expect(stderr).toContain('What happens (disruptive): All connections to orders-primary are cut');
  expect(asked).toEqual(['Go ahead: restart orders-primary? [y/N] ']);
  expect(fleet.changes()).toHaveLength(1);
  expect(audit.map(({ event, caller, client, approval }) => [event, caller, client, approval])).toEqual([
    ['attempt', 'cli:anna', 'pgfleet shell 0.0.0-test', 'form'],
    ['outcome', 'cli:anna', 'pgfleet shell 0.0.0-test', undefined],
  ]);
});

test.each([
  ['a box', restart, ['']],
  ['a box', restart, ['no']],
  ['a box that is closed', restart, [undefined]],
  ['another name', remove, ['orders-primary']],
  ['a yes in place of a name', remove, ['y']],
  ['an interrupted name', remove, [undefined]],
])('%s is no yes', async (_, args, types) => {
  const fleet = await startFleet();
  const { code, audit } = await shell(args, { fleet, types });
  expect(code).toBe(3);
  expect(fleet.changes()).toEqual([]);
  expect(audit.map(({ event, outcome }) => [event, outcome])).toEqual([['refused', 'declined']]);
});

test('what is destructive wants its name typed', async () => {
  const fleet = await startFleet();
  const { code, asked } = await shell(remove, { fleet, types: ['staging'] });
  expect(code).toBe(0);
  expect(asked).toEqual(['Type staging to delete it: ']);
  expect(fleet.changes()).toHaveLength(1);
});

test('without a terminal nothing is sent, and the plan and the ways to go on are told', async () => {
  const fleet = await startFleet();
  const { code, stdout } = await shell([...remove, '--json'], { fleet });
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'not_confirmed',
    plan: expect.stringContaining('What happens (destructive): staging, its data'),
    next: expect.stringContaining('PGFLEET_STORE'),
  });
  expect(fleet.changes()).toEqual([]);
});

test.each([
  ['the mode human', { PGFLEET_CONFIRM: 'human' }],
  ['the mode deny', { PGFLEET_CONFIRM: 'deny' }],
  ['a rule human', policy({ effect: 'human' })],
  ['a rule with four eyes', policy({ effect: 'human', fourEyes: true })],
  ['a rule deny for this caller', policy({ effect: 'deny', caller: { subjects: ['cli:anna'] } })],
])('under %s a yes at the terminal counts for nothing', async (_, env) => {
  const fleet = await startFleet();
  const { code, asked } = await shell(restart, { fleet, env, types: ['y'] });
  expect(code).toBe(3);
  expect(asked).toEqual([]);
  expect(fleet.changes()).toEqual([]);
});

test('where a rule wants a person elsewhere, the rule is named, and no mode that would not help', async () => {
  const { stdout } = await shell(restart, { env: policy({ effect: 'human' }), types: ['y'] });
  expect(stdout).toContain('A rule of the policy wants an approval outside the conversation');
  expect(stdout).not.toContain('PGFLEET_CONFIRM');
});

test('a rule about other callers leaves this one alone', async () => {
  const fleet = await startFleet();
  const env = policy({ effect: 'deny', caller: { subjects: ['cli:minji'] } });
  expect((await shell(restart, { fleet, env, types: ['y'] })).code).toBe(0);
});

test('in the mode that wants tokens a person at the terminal is asked too', async () => {
  const fleet = await startFleet();
  const env = { PGFLEET_CONFIRM: 'token' };
  expect((await shell(restart, { fleet, env })).code).toBe(3);
  expect(fleet.changes()).toEqual([]);
  const { code, asked } = await shell(restart, { fleet, env, types: ['y'] });
  expect([code, asked.length]).toEqual([0, 1]);
});

test('no command takes a token or an approval in place of the guard', async () => {
  await expect(shell(['call', 'confirm_operation', '--confirmation-token', 'x'])).rejects.toThrow('no operation');
  await expect(shell([...restart, '--approved', 'x'])).rejects.toThrow('PGFLEET_STORE');
});
