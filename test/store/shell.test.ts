import { expect, onTestFinished, test } from 'vitest';
import { systemClock, systemRandom } from '../../src/cli/system.js';
import { approvalsCommand, type CliCommand } from '../../src/http/page/cli-client.js';
import { openStore } from '../../src/store/index.js';
import { type ShellOptions, shell } from '../cli/shell/shell.js';
import { startHttp } from '../http/support/start-http.js';
import { startFleet } from '../support/fleet.js';
import { startRedis } from '../support/services/redis.js';

/** A server with the approval page, and a shell that shares its store. */
async function sharing(settings: Record<string, string> = {}) {
  const [redis, fleet] = await Promise.all([startRedis(), startFleet()]);
  const key = Buffer.from(systemRandom.bytes(32)).toString('base64');
  const env = { PGFLEET_STORE: redis.url, PGFLEET_KEY: key, ...settings };
  const server = await startHttp({ fleet, env });
  let token = '';
  const decide = (command: CliCommand) => {
    const keep = async (session: string) => {
      token = session;
    };
    const credential = token === '' ? { code: server.code(), keep } : { token };
    return approvalsCommand({ server: new URL(server.url), credential, fetch, clock: systemClock }, command);
  };
  const run = (args: readonly string[], given: Pick<ShellOptions, 'types' | 'user'> = {}) =>
    shell([...args, '--json'], { fleet, env, ...given });
  return { fleet, decide, run, url: redis.url };
}

const restart = ['call', 'nhn_restart_db_instance', '--db-instance-id', 'orders-primary'];
const idIn = (stdout: string) => String((JSON.parse(stdout) as Record<string, unknown>)['approval_id']);

test.each([
  [
    'under the mode human, where a yes at the terminal counts for nothing',
    { PGFLEET_CONFIRM: 'human' },
    { types: ['y'] },
  ],
  ['without a terminal', {}, {}],
])('%s a call waits for an approval, which lets exactly this call run once', async (_, settings, person) => {
  const { fleet, decide, run } = await sharing(settings);
  const parked = await run(restart, person);
  expect(parked.code).toBe(4);
  expect(parked.asked).toEqual([]);
  const id = idIn(parked.stdout);
  expect(JSON.parse(parked.stdout)).toMatchObject({
    status: 'approval_pending',
    next: expect.stringContaining(`Repeat the command with --approved ${id}`),
  });

  expect((await run([...restart, '--approved', id], person)).code).toBe(4);
  expect((await run([...restart, '--approved', id], { ...person, user: 'minji' })).code).toBe(3);
  expect(fleet.changes()).toEqual([]);

  expect(await decide({ verb: 'approve', id })).toContain('Approved: Restart DB instance');
  const other = ['call', 'nhn_restart_db_instance', '--db-instance-id', 'analytics', '--approved', id];
  expect((await run(other, person)).code).toBe(3);
  expect(fleet.changes()).toEqual([]);

  const done = await run([...restart, '--approved', id], person);
  expect(done.code).toBe(0);
  expect(done.audit[0]).toMatchObject({ event: 'attempt', caller: 'cli:anna', approval: 'person', approvalId: id });
  expect((await run([...restart, '--approved', id], person)).code).toBe(3);
  expect(fleet.changes()).toHaveLength(1);
});

test('a refusal with its reason ends the call', async () => {
  const { fleet, decide, run } = await sharing();
  const id = idIn((await run(restart)).stdout);
  await decide({ verb: 'refuse', id, reason: 'after the release' });
  const refused = await run([...restart, '--approved', id]);
  expect(refused.code).toBe(3);
  expect(refused.stdout).toContain('after the release');
  expect(fleet.changes()).toEqual([]);
});

test('the limit on the calls of a caller holds over all commands of the user, and for no other', async () => {
  const { run, url } = await sharing({ PGFLEET_CALLS_AT_ONCE: '1' });
  const store = await openStore({ url, now: systemClock.now, log: () => undefined });
  onTestFinished(() => store.close());
  await store.acquire('caller/cli:anna', 'a call under way', 1, systemClock.now() + 60_000);
  const refused = await run(['overview']);
  expect(refused.code).toBe(3);
  expect(refused.stdout).toContain('More than 1 calls at the same time');
  expect((await run(['overview'], { user: 'minji' })).code).toBe(0);
});
