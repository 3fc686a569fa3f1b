import { expect, test } from 'vitest';
import { createLogger } from '../../src/observe/create-logger.js';
import type { Facts, LogOptions } from '../../src/observe/logger.js';

const secrets = ['Tr0ub4dor&3', 'line one\nline two'];
const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const formats = ['text', 'json'] as const;

/** What a logger writes. */
async function logged(format: 'text' | 'json', message: string, facts?: Facts, more: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = await createLogger({ format, secrets, write: (line) => void lines.push(line), ...more });
  log(message, facts);
  return lines.join('');
}

const jwt = `eyJhbGciOiJSUzI1NiJ9.${'a'.repeat(40)}.${'b-_'.repeat(20)}`;
const masked: [string, string, string][] = [
  ['a known secret', 'said Tr0ub4dor&3.', 'said ***.'],
  ['a known secret in a URL', 'x?p=Tr0ub4dor%263&q=1', 'x?p=***&q=1'],
  ['a known secret of several lines', 'key line one\nline two end', 'key *** end'],
  ['a bearer token', 'authorization: Bearer abc.DEF-123_~+/==, refused', 'authorization: Bearer ***, refused'],
  ['a bearer token said twice', 'Bearer Bearer abcDEF123 refused', 'Bearer *** refused'],
  ['a bearer token in a URL', 'x?h=Bearer%20abcDEF123&y', 'x?h=Bearer ***&y'],
  ['basic credentials', 'basic dXNlcjpwYXNz= refused', 'basic *** refused'],
  ['a token of ours', 'token pgf_Zm9vYmFyYmF6cXV4 is unknown', 'token *** is unknown'],
  ['a signed token', `got ${jwt}, expired`, 'got ***, expired'],
  ['a signed token in a URL', `/x?t%3D${jwt}&y`, '/x?t%3D***&y'],
  ['an encrypted token', 'consent eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn was burnt', 'consent *** was burnt'],
  ['a password in an address', 'redis://user:hunter2@host:6379/0 is away', 'redis://***@host:6379/0 is away'],
  ['a password without a user', 'redis://:hunter2@host is away', 'redis://***@host is away'],
];
test.each(formats.flatMap((format) => masked.map((row) => [format, ...row] as const)))(
  'in %s logs %s is masked, in messages and in facts',
  async (format, _, said, left) => {
    const message = await logged(format, said);
    const fact = await logged(format, 'x', { reason: said });
    const expected = format === 'json' ? JSON.stringify(left).slice(1, -1) : left;
    expect(message).toContain(expected);
    expect(fact).toContain(expected);
  },
);

const harmless = [
  'nhn_list_db_instances: 200 in 12 ms',
  'listening on http://127.0.0.1:8765/mcp',
  'file /var/lib/pgfleet/audit.jsonl.head',
  'instance 0ddb042c-5af6-43fb-a914-f4dd0540eb7c at 2026-07-28T00:00:00.000Z',
];
test.each(harmless)('%j is left as it is', async (message) => {
  expect(await logged('text', message)).toBe(`pgfleet: ${message}\n`);
});

test('lines for people hold message, facts and trace', async () => {
  const facts = { tool: 'nhn_get_job', status: 200, ok: true, reason: 'it was "late"', nothing: undefined };
  expect(await logged('text', 'call ended', facts, { trace: () => trace })).toBe(
    `pgfleet: call ended tool=nhn_get_job status=200 ok=true reason="it was \\"late\\"" trace=${trace}\n`,
  );
  expect(await logged('text', 'ready')).toBe('pgfleet: ready\n');
});

test('lines for programs are one JSON object each', async () => {
  const facts = { tool: 'nhn_get_job', status: 200, ok: true, nothing: undefined };
  const line = await logged('json', 'call ended: %s %d', facts, { trace: () => trace });
  expect(line.endsWith('}\n')).toBe(true);
  expect(JSON.parse(line)).toEqual({
    service: 'pgfleet',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    message: 'call ended: %s %d',
    tool: 'nhn_get_job',
    status: 200,
    ok: true,
    trace,
  });
});

test('the trace is that of the moment of the line', async () => {
  const lines: string[] = [];
  let now: string | undefined;
  const log = await createLogger({ format: 'text', secrets, write: (line) => void lines.push(line), trace: () => now });
  log('before');
  now = trace;
  log('within');
  expect(lines).toEqual(['pgfleet: before\n', `pgfleet: within trace=${trace}\n`]);
});

const forged = 'not found\npgfleet: approved by=admin\r\npgfleet: done\u2028pgfleet: more';
test('no text from outside looks like a line of ours', async () => {
  for (const text of [await logged('text', forged), await logged('text', 'x', { reason: forged })])
    expect(text.split(/[\n\r\u2028]/).filter((line) => line.startsWith('pgfleet: '))).toHaveLength(1);
  for (const text of [await logged('json', forged), await logged('json', 'x', { reason: forged })])
    expect(text.trimEnd().split(/[\n\r]/)).toHaveLength(1);
});

test('no text from outside steers a terminal', async () => {
  const steering = 'a\u001b[2Jb\u009b31mc\u202ed\u0007e';
  const line = await logged('text', steering, { reason: steering });
  expect(line).toBe('pgfleet: a [2Jb 31mc d e reason="a [2Jb 31mc d e"\n');
});

test.each(formats)('in %s logs a text is cut, and no secret with it', async (format) => {
  const before = 'x'.repeat(7_995);
  const line = await logged(format, `${before}${secrets[0]}${'y'.repeat(100_000)}`, { reason: 'z'.repeat(10_000) });
  expect(line.length).toBeLessThan(9_000);
  expect(line).toContain(`${before}***yy…`);
  expect(line).toContain(`${'z'.repeat(500)}…`);
});
