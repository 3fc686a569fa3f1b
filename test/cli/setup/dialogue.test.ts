import { readdirSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { newHome, node, script, setUp } from './set-up.js';

const enter = '\r';
const down = '\u001B[B';
const interrupt = '\u0003';

/** A question, and what the person types once it is shown. */
type Answer = [question: string, typed: string];

/** Somebody at a terminal who answers in this order. */
function person(answers: readonly Answer[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  const left = [...answers];
  let shown = '';
  let unread = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    unread += chunk.toString();
    const [next] = left;
    if (next === undefined || !unread.includes(next[0])) return;
    left.shift();
    unread = '';
    // The terminal is read once the question is drawn.
    setImmediate(() => input.write(next[1]));
  });
  return { terminal: { input, output, isTerminal: true }, shown: () => shown, left };
}

/** The settings that lead to the emulator, which nobody is asked for. */
const addresses = (fleet: Fleet): string[] => {
  const settings = new Map(Object.entries<string>(fleet.served.get('nhn')?.settings ?? {}));
  return ['baseUrl', 'tokenUrl'].flatMap((key) => ['--setting', `${key}=${settings.get(key)}`]);
};

const keysOf = (fleet: Fleet): Answer[] => {
  const settings = new Map(Object.entries<string>(fleet.served.get('nhn')?.settings ?? {}));
  return ['appKey', 'accessKeyId', 'secretAccessKey'].map((key) => [key, `${settings.get(key)}${enter}`]);
};

test('a newcomer is asked for everything, and no key is shown', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { home, config, read, write } = newHome();
  write('.codex/config.toml', '');
  const keys = keysOf(fleet);
  const { terminal, shown, left } = person([
    ['What shall pgfleet operate?', enter],
    ['Whose databases?', enter],
    ...keys,
    ['region', enter],
    ['Which host shall start pgfleet?', enter],
  ]);
  const { said, ok } = await setUp(home, ['--config', config, ...addresses(fleet)], terminal);
  expect(left).toEqual([]);
  expect(ok).toBe(true);
  expect(said).toMatch(/nhn was read: \d+ instances\./);
  for (const [, typed] of keys) expect(said + shown()).not.toContain(typed.trim());
  expect(shown()).toContain('found on this machine');
  expect(read('.codex/config.toml')).toContain(`args = ["${script}", "--config", "${config}"]`);
});

test('the sandbox is two answers away', async () => {
  const { home, read } = newHome();
  const { terminal } = person([
    ['What shall pgfleet operate?', `${down}${enter}`],
    ['Which host shall start pgfleet?', enter],
  ]);
  expect(await setUp(home, [], terminal)).toMatchObject({ ok: true });
  expect(JSON.parse(read('.claude.json'))).toEqual({
    mcpServers: { pgfleet: { type: 'stdio', command: node, args: [script, '--sandbox'] } },
  });
});

test('keys that are refused are asked for again, or kept all the same', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { home, config, read } = newHome();
  const wrong = keysOf(fleet).map(([question]): Answer => [question, `wrong${enter}`]);
  const first: Answer[] = [...wrong, ['region', enter], ['What now?', enter]];
  const { terminal, left } = person([...first, ...keysOf(fleet), ['region', enter]]);
  const args = ['cursor', '--provider', 'nhn', '--config', config, ...addresses(fleet)];
  const { said, ok } = await setUp(home, args, terminal);
  expect(said).toMatch(/nhn could not be read: .+\nnhn was read: /s);
  expect(ok).toBe(true);
  expect(left).toEqual([]);

  const { terminal: stubborn } = person([...wrong, ['region', enter], ['What now?', `${down}${enter}`]]);
  await setUp(home, [...args, '--account', 'prod'], stubborn);
  expect(read('own/keys/prod/appKey')).toBe('wrong');
});

test('a file that changes while its reader thinks is not written over', async () => {
  const { home, read, write } = newHome();
  write('.cursor/mcp.json', JSON.stringify({ mcpServers: { pgfleet: { command: 'other' } } }));
  const { terminal } = person([['Write over it?', 'y']]);
  terminal.output.on('data', () => write('.cursor/mcp.json', '{}'));
  const { said, ok } = await setUp(home, ['cursor', '--sandbox'], terminal);
  expect(said).toContain('was changed by another program meanwhile');
  expect(ok).toBe(false);
  expect(read('.cursor/mcp.json')).toBe('{}');
});

test.each([
  ['yes', 'y', true],
  ['no', enter, false],
])('another entry is shown, and written over on a %s alone', async (_word, typed, isWritten) => {
  const { home, read, write } = newHome();
  const text = JSON.stringify({ mcpServers: { pgfleet: { command: 'other' } } });
  write('.cursor/mcp.json', text);
  const { terminal } = person([['Write over it?', typed]]);
  const { said, ok } = await setUp(home, ['cursor', '--sandbox'], terminal);
  expect(said).toContain('now:  {"command":"other"}');
  expect(ok).toBe(isWritten);
  expect(read('.cursor/mcp.json') === text).toBe(!isWritten);
});

test('who ends the dialogue leaves everything as it was', async () => {
  const { home, config } = newHome();
  const { terminal } = person([
    ['What shall pgfleet operate?', enter],
    ['Whose databases?', enter],
    ['appKey', interrupt],
  ]);
  const { said, ok } = await setUp(home, ['--config', config], terminal);
  expect(ok).toBe(false);
  expect(said).toBe('Ended. Nothing was changed.');
  expect(readdirSync(home)).toEqual([]);
});

test('--yes asks nothing on a terminal either', async () => {
  const { home } = newHome();
  const { terminal, shown } = person([]);
  const { said, ok } = await setUp(home, ['--yes', '--provider', 'nhn'], terminal);
  expect(ok).toBe(false);
  expect(said).toContain('needs appKey');
  expect(shown()).toBe('');
});
