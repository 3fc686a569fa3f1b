import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pathOfHost } from '../../../src/cli/setup/hosts/files.js';
import { hosts } from '../../../src/cli/setup/hosts/hosts.js';
import { root } from '../../project/documents.js';
import { newHome, node, script, setUp } from './set-up.js';

const args = [script, '--sandbox'];

const parsers = {
  json: (text: string): unknown => JSON.parse(text),
  yaml: (text: string): unknown => parse(text),
  toml: (text: string): unknown => parseToml(text),
};

/** Each host: its file on each system, below the home, and what it reads there. */
const files: [string, Partial<Record<'linux' | 'darwin' | 'win32', string>>, unknown][] = [
  [
    'claude-code',
    { linux: '.claude.json', darwin: '.claude.json', win32: '.claude.json' },
    { mcpServers: { pgfleet: { type: 'stdio', command: node, args } } },
  ],
  [
    'claude-desktop',
    {
      darwin: 'Library/Application Support/Claude/claude_desktop_config.json',
      win32: 'AppData/Roaming/Claude/claude_desktop_config.json',
    },
    { mcpServers: { pgfleet: { command: node, args } } },
  ],
  [
    'vs-code',
    {
      linux: '.config/Code/User/mcp.json',
      darwin: 'Library/Application Support/Code/User/mcp.json',
      win32: 'AppData/Roaming/Code/User/mcp.json',
    },
    { servers: { pgfleet: { type: 'stdio', command: node, args } } },
  ],
  ['cursor', everywhere('.cursor/mcp.json'), { mcpServers: { pgfleet: { command: node, args } } }],
  ['codex', everywhere('.codex/config.toml'), { mcp_servers: { pgfleet: { command: node, args } } }],
  ['gemini-cli', everywhere('.gemini/settings.json'), { mcpServers: { pgfleet: { command: node, args } } }],
  ['qwen-code', everywhere('.qwen/settings.json'), { mcpServers: { pgfleet: { command: node, args } } }],
  [
    'opencode',
    everywhere('.config/opencode/opencode.jsonc'),
    { mcp: { pgfleet: { type: 'local', command: [node, ...args] } } },
  ],
  [
    'copilot-cli',
    everywhere('.copilot/mcp-config.json'),
    { mcpServers: { pgfleet: { type: 'local', command: node, args, tools: ['*'] } } },
  ],
  [
    'cline',
    everywhere('.cline/data/settings/cline_mcp_settings.json'),
    { mcpServers: { pgfleet: { transport: { type: 'stdio', command: node, args } } } },
  ],
  [
    'continue',
    everywhere('.continue/config.yaml'),
    { name: 'Local Config', version: '1.0.0', schema: 'v1', mcpServers: [{ name: 'pgfleet', command: node, args }] },
  ],
];

function everywhere(path: string) {
  return { linux: path, darwin: path, win32: path };
}

const written = files.flatMap(([client, places, read]) =>
  Object.entries(places).map(([platform, path]) => ({ client, platform, path, read })),
);

test('every host that has a page can be set up, and no other', () => {
  const pages = readdirSync(join(root, 'docs/hosts')).flatMap((name) =>
    name === 'README.md' ? [] : name.slice(0, -3),
  );
  expect(Object.keys(hosts).toSorted()).toEqual(pages.toSorted());
  expect([...files.map(([client]) => client), 'inspector'].toSorted()).toEqual(pages.toSorted());
});

test.each(Object.keys(hosts))('the page of %s shows the one command', (client) => {
  expect(readFileSync(join(root, `docs/hosts/${client}.md`), 'utf8')).toContain(` setup ${client} --sandbox\n`);
});

test.each(written)('$client on $platform reads the entry from $path', async ({ client, platform, path, read }) => {
  const { home, read: textOf } = newHome();
  const machine = { platform: platform as NodeJS.Platform };
  expect(await setUp(home, ['--sandbox', client], machine)).toMatchObject({ ok: true });
  const { form = 'json' } = hosts[client]?.file ?? {};
  expect(parsers[form](textOf(path))).toEqual(read);
  expect(statSync(join(home, path)).mode & 0o777).toBe(0o600);

  const before = textOf(path);
  expect(await setUp(home, [client, '--sandbox'], machine)).toMatchObject({ said: expect.stringContaining('already') });
  expect(textOf(path)).toBe(before);
});

/** Variables that name another folder. */
const moved: [string, Record<string, string>, string][] = [
  ['claude-code', { CLAUDE_CONFIG_DIR: '/elsewhere' }, '/elsewhere/.claude.json'],
  ['codex', { CODEX_HOME: '/elsewhere' }, '/elsewhere/config.toml'],
  ['copilot-cli', { COPILOT_HOME: '/elsewhere' }, '/elsewhere/mcp-config.json'],
  ['opencode', { XDG_CONFIG_HOME: '/elsewhere' }, '/elsewhere/opencode/opencode.jsonc'],
  ['vs-code', { XDG_CONFIG_HOME: '/elsewhere' }, '/elsewhere/Code/User/mcp.json'],
];
test.each(moved)('%s keeps its file where %j says', (client, env, path) => {
  const file = hosts[client]?.file;
  expect(file && pathOfHost(file, { platform: 'linux', home: '/home/kim', env })).toBe(path);
});

test('on Windows the folder of the programs is the one that the system names', () => {
  const file = hosts['claude-desktop']?.file;
  const machine = { platform: 'win32' as const, home: 'C:\\Users\\kim', env: { APPDATA: 'D:\\Data' } };
  expect(file && pathOfHost(file, machine)?.replaceAll('/', '\\')).toBe('D:\\Data\\Claude\\claude_desktop_config.json');
});

describe('a file that is there', () => {
  test('keeps what else is in it, its indentation and its line breaks', async () => {
    const { home, read, write } = newHome();
    const other = { theme: 'dark', mcpServers: { other: { command: 'other', env: { KEY: 'a-secret' } } } };
    write('.cursor/mcp.json', `${JSON.stringify(other, null, 4)}\n`.replaceAll('\n', '\r\n'));
    const { said } = await setUp(home, ['cursor', '--sandbox']);
    const text = read('.cursor/mcp.json');
    const { other: kept } = other.mcpServers;
    expect(JSON.parse(text)).toEqual({ ...other, mcpServers: { other: kept, pgfleet: { command: node, args } } });
    expect(text).toContain('{\r\n    "theme": "dark",\r\n');
    expect(text.endsWith('}\r\n')).toBe(true);
    expect(said).not.toContain('a-secret');
    const copy = readdirSync(join(home, '.cursor')).find((name) => name.endsWith('.bak')) ?? '';
    expect(said).toContain(copy);
    expect(JSON.parse(read(`.cursor/${copy}`))).toEqual(other);
  });

  test('keeps its comments as YAML', async () => {
    const { home, read, write } = newHome();
    write('.continue/config.yaml', '# mine\nname: Kim\nmcpServers:\n  - name: other # theirs\n    command: other\n');
    await setUp(home, ['continue', '--sandbox']);
    expect(read('.continue/config.yaml')).toMatch(/^# mine\nname: Kim\nmcpServers:\n {2}- name: other # theirs\n/);
    expect(parse(read('.continue/config.yaml'))).toEqual({
      name: 'Kim',
      mcpServers: [
        { name: 'other', command: 'other' },
        { name: 'pgfleet', command: node, args },
      ],
    });
  });

  test('is only added to as TOML', async () => {
    const { home, read, write } = newHome();
    const other =
      '# mine\nmodel = "gpt"\n\n[mcp_servers.other]\ncommand = "other" # theirs\n\n[projects."/a/pgfleet"]\n';
    write('.codex/config.toml', other);
    await setUp(home, ['codex', '--sandbox']);
    const table = (more = '') =>
      `[mcp_servers.pgfleet]\ncommand = "${node}"\nargs = ["${script}", "--sandbox"${more}]\n`;
    expect(read('.codex/config.toml')).toBe(`${other}\n${table()}`);
    await setUp(home, ['codex', '--sandbox', '--read-only', '--force']);
    expect(read('.codex/config.toml')).toBe(`${other}\n${table(', "--read-only"')}`);
  });

  /** What cannot be changed without a risk to the rest. */
  const closed: [string, string, string, string][] = [
    ['of no object', 'cursor', '.cursor/mcp.json', '[]'],
    ['with a list in place of servers', 'cursor', '.cursor/mcp.json', '{ "mcpServers": [] }'],
    ['that is a map of YAML', 'cursor', '.cursor/mcp.json', 'mcpServers:\n  a: b\n'],
    ['with a name twice', 'cursor', '.cursor/mcp.json', '{ "a": 1, "a": 2 }'],
    ['that ends early', 'cursor', '.cursor/mcp.json', '{ "mcpServers": {'],
    ['with an inline table', 'codex', '.codex/config.toml', 'mcp_servers = { pgfleet = { command = "x" } }\n'],
    ['with a dotted key', 'codex', '.codex/config.toml', 'mcp_servers.pgfleet.command = "x"\n'],
    ['with a table in another form', 'codex', '.codex/config.toml', "[mcp_servers.pgfleet]\ncommand = 'x'\n"],
    ['with a table of a table', 'codex', '.codex/config.toml', '[mcp_servers]\npgfleet = { command = "x" }\n'],
    ['with a table below', 'codex', '.codex/config.toml', '[mcp_servers."pgfleet".env]\nA = "x"\n'],
    ['that is not YAML', 'continue', '.continue/config.yaml', 'a: [\n'],
    ['with an object for a list', 'continue', '.continue/config.yaml', 'mcpServers:\n  a: b\n'],
  ];
  test.each(closed)('%s is left as it is, and told how to change by hand: %s', async (_what, client, path, text) => {
    const { home, read, write } = newHome();
    write(path, text);
    const { said, ok } = await setUp(home, [client, '--sandbox', '--force']);
    expect(ok).toBe(false);
    expect(said).toContain(`${join(home, path)} was not changed`);
    expect(said).toContain(script);
    expect(read(path)).toBe(text);
    expect(readdirSync(join(home, path, '..'))).toHaveLength(1);
  });

  test('with another entry of the name is not written over unasked, and a secret in it is not shown', async () => {
    const { home, read, write } = newHome();
    const entry = { command: 'npx', args: ['-y', 'pgfleet', 's3cret'], env: { NHN_APP_KEY: 'k3y' }, disabled: true };
    const text = JSON.stringify({ mcpServers: { pgfleet: entry } });
    write('.cursor/mcp.json', text);
    const { said, ok } = await setUp(home, ['cursor', '--sandbox']);
    expect(ok).toBe(false);
    expect(said).toContain('"command":"npx"');
    expect(said).toContain('"disabled":true');
    expect(said).toContain('"env":{"NHN_APP_KEY":"…"}');
    expect(said).toContain(JSON.stringify({ command: node, args }));
    expect(said).toContain('--force');
    expect(said).not.toMatch(/s3cret|k3y/);
    expect(read('.cursor/mcp.json')).toBe(text);

    expect(await setUp(home, ['cursor', '--sandbox', '--force'])).toMatchObject({ ok: true });
    expect(JSON.parse(read('.cursor/mcp.json'))).toEqual({ mcpServers: { pgfleet: { command: node, args } } });
  });
});

test('a file that cannot be read is said', async () => {
  const { home, write } = newHome();
  write('.cursor/mcp.json/folder', '');
  const { said, ok } = await setUp(home, ['cursor', '--sandbox']);
  expect(ok).toBe(false);
  expect(said).toBe(`${join(home, '.cursor/mcp.json')} cannot be read (EISDIR).`);
});

test('a file behind a link is written where it lies, with the rights that it has', async () => {
  const { home, read, write } = newHome();
  write('dotfiles/mcp.json', '{}');
  chmodSync(join(home, 'dotfiles/mcp.json'), 0o640);
  mkdirSync(join(home, '.cursor'));
  symlinkSync('../dotfiles/mcp.json', join(home, '.cursor/mcp.json'));
  await setUp(home, ['cursor', '--sandbox']);
  expect(JSON.parse(read('dotfiles/mcp.json')).mcpServers.pgfleet.args).toEqual(args);
  expect(statSync(join(home, 'dotfiles/mcp.json')).mode & 0o777).toBe(0o640);
});

test('`--sandbox` before the host takes it for no provider', async () => {
  const { home, read } = newHome();
  await setUp(home, ['--sandbox', 'cursor']);
  expect(JSON.parse(read('.cursor/mcp.json')).mcpServers.pgfleet.args).toEqual(args);
});

describe('without a file', () => {
  test.each([
    ['inspector', `npx @modelcontextprotocol/inspector ${node} ${script} --sandbox`],
    ['claude-desktop', '"mcpServers": {'],
  ])('%s is told what it needs', async (client, words) => {
    const { home } = newHome();
    expect(await setUp(home, [client, '--sandbox'])).toMatchObject({ ok: true, said: expect.stringContaining(words) });
    expect(readdirSync(home)).toEqual([]);
  });

  test('--print writes nothing', async () => {
    const { home } = newHome();
    const { said } = await setUp(home, ['codex', '--sandbox', '--print']);
    expect(said).toContain('[mcp_servers.pgfleet]');
    expect(said).toContain(`codex mcp add pgfleet -- ${node} ${script} --sandbox`);
    expect(readdirSync(home)).toEqual([]);
  });
});

test('options of serving go into the entry, and are checked', async () => {
  const { home, read } = newHome();
  await setUp(home, ['cursor', '--sandbox', 'nhn', '--confirm', 'token', '--profile', 'core,backups', '--read-only']);
  expect(JSON.parse(read('.cursor/mcp.json'))).toMatchObject({
    mcpServers: {
      pgfleet: {
        args: [script, '--sandbox', 'nhn', '--read-only', '--profile', 'core,backups', '--confirm', 'token'],
      },
    },
  });
  expect((await setUp(home, ['cursor', '--sandbox', '--confirm', 'never'])).said).toContain('auto, token, human');
  expect((await setUp(home, ['cursor', '--sandbox', 'aws'])).said).toContain('--sandbox has no aws');
  expect((await setUp(home, ['cursor', '--sandbox', '--provider', 'nhn'])).said).toContain('either --sandbox or');
  expect((await setUp(home, ['emacs', '--sandbox'])).said).toContain('There is no host emacs');
});
