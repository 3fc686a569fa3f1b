import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/cli/system.js';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { runInProcess } from '../../support/in-process.js';
import { instanceNamed } from '../../support/nhn.js';
import { hookKey, hooksTo, startReceiver } from './receiver.js';

const filesOf = (folder: string) => readdirSync(folder, { recursive: true }).map(String);

test('what a process over stdio could not tell lies beside the record, and the next process tells it', async () => {
  const [fleet, receiver] = [await startFleet(), await startReceiver()];
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-hooks-'));
  // The folder of the record is not there yet, as on a new machine.
  const env = { PGFLEET_AUDIT_LOG: join(folder, 'new', 'audit.jsonl'), ...hooksTo(receiver) };
  await receiver.stop();
  const ends: (() => Promise<void>)[] = [];
  const end = (close: () => Promise<void>) => void ends.push(close);
  const { call, client } = await connect({ fleet, env, answer: 'yes', clock: systemClock, end });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  await call('nhn_restart_db_instance', { dbInstanceId });
  await client.close();
  for (const close of ends) await close();
  expect(filesOf(join(folder, 'new', 'hooks')).filter((name) => name.startsWith('hooks-waiting-ops/'))).toHaveLength(2);

  const said = await runInProcess({ args: ['hooks', 'list'], env: { ...env, ...fleet.environment } });
  expect(said.stdout()).toContain('ops (standard): 2 wait, 0 dead');
  expect(said.stdout()).not.toMatch(/127\.0\.0\.1|whsec/);

  await receiver.start();
  await connect({ fleet, env, clock: systemClock });
  const told = await receiver.heard('audit.written', 2);
  expect(told.map(({ data }) => data['event'])).toEqual(['attempt', 'outcome']);
  expect(told[1]?.data).toMatchObject({ instances: [`nhn:${dbInstanceId}`], job: expect.stringMatching(/^nhn:/) });
});

test('a test event tells who takes it, and a target that does not makes the command fail', async () => {
  const receiver = await startReceiver();
  const env = { PGFLEET_SANDBOX: 'nhn', ...hooksTo(receiver) };
  const said = await runInProcess({ args: ['hooks', 'test'], env });
  expect(said.stdout()).toBe('ops: sent (HTTP 204)\n');
  expect(receiver.received).toMatchObject([{ type: 'hooks.test' }]);
  receiver.answer = () => 302;
  await expect(runInProcess({ args: ['hooks', 'test', 'ops'], env })).rejects.toThrow('Not every target');
  expect(receiver.tries).toHaveLength(2);
  await expect(runInProcess({ args: ['hooks', 'test', 'other'], env })).rejects.toThrow('Targets are: ops');
  await expect(runInProcess({ args: ['hooks', 'list'], env: { PGFLEET_SANDBOX: 'nhn' } })).rejects.toThrow(
    'PGFLEET_HOOKS',
  );
});

test('a fleet that nobody asks about is watched, and each finding is told once', async () => {
  const [fleet, receiver] = [await startFleet({ providers: ['nhn'] }), await startReceiver()];
  const env = { PGFLEET_WATCH: '1', PGFLEET_POLL_SECONDS: '5', PGFLEET_FINDING_SECONDS: '5', ...hooksTo(receiver) };
  const { stderr } = await connect({ fleet, env, clock: systemClock });
  const opened = await receiver.heard('finding.opened');
  expect(opened[0]?.data).toMatchObject({ account: 'nhn', instance: expect.stringMatching(/^nhn:/) });
  const looked = fleet.sent.length;
  // Two more looks find nothing new.
  await expect.poll(() => fleet.sent.length, { timeout: 30_000 }).toBeGreaterThan(looked + 10);
  const keys = receiver.received.map(
    ({ type, data }) => `${type} ${String(data['instance'])} ${String(data['finding'])}`,
  );
  expect(new Set(keys).size).toBe(keys.length);
  expect(stderr()).not.toContain(hookKey);
}, 60_000);
