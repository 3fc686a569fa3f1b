import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hooksStore } from '../../../src/app/hooks/hooks-store.js';
import { eventIdOf, type HookEvent } from '../../../src/observe/hooks/event.js';
import { createOutbox } from '../../../src/observe/hooks/outbox.js';
import { inMemory } from '../../../src/store/memory.js';
import { hookKey, startReceiver } from '../../observe/hooks/receiver.js';
import { fileWith } from '../../support/accounts.js';
import { type Examined, examined, troubles } from './run-doctor.js';
import { startUnknownPlace } from './unknown-place.js';

const lookAt = (targets: Record<string, object>, env: Record<string, string> = {}): Promise<Examined> =>
  examined(['--sandbox', 'naver'], { PGFLEET_HOOKS: fileWith('hooks.json', { targets }), ...env });

const hooksIn = ({ lines }: Examined) => lines.filter(({ check }) => check === 'hooks');

test('a target that is reached is well, and is sent nothing', async () => {
  const receiver = await startReceiver();
  const found = await lookAt({ ops: { url: receiver.url, key: hookKey, allow: '127.0.0.1' } });
  expect(troubles(found)).toEqual([]);
  expect(hooksIn(found)).toMatchObject([{ status: 'ok', says: expect.stringContaining('ops') }]);
  expect(receiver.tries).toEqual([]);
});

test('without hooks that is said', async () => {
  const found = await examined(['--sandbox', 'naver']);
  expect(hooksIn(found)).toMatchObject([{ status: 'ok', says: 'No hooks are configured.' }]);
});

const path = 'services/T000/very-secret-path';
const out: [what: string, target: { url: string; allow?: string }, why: string][] = [
  ['at which nobody listens', { url: `http://127.0.0.1:9/${path}`, allow: '127.0.0.1' }, 'cannot be reached'],
  ['whose name is not known', { url: `https://receiver.invalid/${path}` }, 'cannot be resolved'],
  ['in a network that is not allowed', { url: `https://10.0.0.5/${path}` }, 'not public, and that is not allowed'],
];
test.each(out)('a target %s is a fault that does not tell its address', async (_, target, why) => {
  const found = await lookAt({ chat: { ...target, shape: 'slack' } });
  expect(troubles(found)).toEqual(['fault hooks']);
  expect(hooksIn(found)[0]?.says).toContain(why);
  expect(hooksIn(found)[0]?.says).toContain('chat');
  expect(JSON.stringify(found)).not.toContain(path);
});

test('a target with a certificate that is not known here is told as such', async () => {
  const url = await startUnknownPlace();
  const found = await lookAt({ ops: { url, key: hookKey, allow: '127.0.0.1' } });
  expect(troubles(found)).toEqual(['fault hooks']);
  expect(JSON.stringify(hooksIn(found))).toContain('NODE_EXTRA_CA_CERTS');
});

test('events that could not be sent are told with their number', async () => {
  const receiver = await startReceiver();
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-doctor-'));
  const record = join(folder, 'audit.jsonl');
  const target = { url: receiver.url, key: hookKey, allow: ['127.0.0.1'] };
  const { now } = Date;
  const outbox = createOutbox({
    targets: [{ name: 'ops', events: ['job.ended'], shape: 'standard', language: 'en', ...target }],
    store: hooksStore(inMemory(now), record, now),
    now,
  });
  const event = { id: eventIdOf('job.ended', '1'), type: 'job.ended', time: '2026-11-28T08:00:00Z', instances: [] };
  await outbox.put({ ...event, data: {} } as HookEvent);
  for (const queued of await outbox.waiting('ops')) await outbox.bury('ops', queued);
  const found = await lookAt({ ops: target }, { PGFLEET_AUDIT_LOG: record });
  expect(troubles(found)).toEqual(['warning hooks']);
  expect(hooksIn(found)[1]).toMatchObject({ says: expect.stringMatching(/^1 event /) });
});

test('a place for events that cannot be a folder is a fault', async () => {
  const receiver = await startReceiver();
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-doctor-'));
  writeFileSync(join(folder, 'hooks'), 'a file');
  mkdirSync(join(folder, 'secrets'), { mode: 0o700 });
  const env = { PGFLEET_AUDIT_LOG: join(folder, 'audit.jsonl') };
  const found = await lookAt({ ops: { url: receiver.url, key: hookKey, allow: '127.0.0.1' } }, env);
  expect(troubles(found)).toEqual(['fault hooks']);
});
