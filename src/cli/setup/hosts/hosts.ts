import type { Base, Host, HostFile, Program } from './host.js';

const everywhere = (base: Base): HostFile['base'] => ({ darwin: base, linux: base, win32: base });

const plain = ({ command, args }: Program) => ({ command, args });
const typed = (program: Program) => ({ type: 'stdio', ...plain(program) });
const words = ({ command, args }: Program) => [command, ...args];

const mcpServers = ['mcpServers'];

/** The hosts by the names of their pages. */
export const hosts: Readonly<Record<string, Host>> = {
  'claude-code': {
    title: 'Claude Code',
    // The servers at the top of the file hold in every folder.
    file: {
      base: everywhere('home'),
      folder: '',
      variable: 'CLAUDE_CONFIG_DIR',
      names: ['.claude.json'],
      form: 'json',
      at: mcpServers,
    },
    entry: typed,
    command: (program) => ['claude', 'mcp', 'add', '-s', 'user', 'pgfleet', '--', ...words(program)],
  },
  'claude-desktop': {
    title: 'Claude Desktop',
    file: {
      base: { darwin: 'programs', win32: 'programs' },
      folder: 'Claude',
      names: ['claude_desktop_config.json'],
      form: 'json',
      at: mcpServers,
    },
    entry: plain,
  },
  'vs-code': {
    title: 'VS Code',
    file: { base: everywhere('programs'), folder: 'Code/User', names: ['mcp.json'], form: 'json', at: ['servers'] },
    entry: typed,
    command: (program) => ['code', '--add-mcp', JSON.stringify({ name: 'pgfleet', ...plain(program) })],
  },
  cursor: {
    title: 'Cursor',
    file: { base: everywhere('home'), folder: '.cursor', names: ['mcp.json'], form: 'json', at: mcpServers },
    entry: plain,
  },
  codex: {
    title: 'Codex',
    file: {
      base: everywhere('home'),
      folder: '.codex',
      variable: 'CODEX_HOME',
      names: ['config.toml'],
      form: 'toml',
      at: ['mcp_servers'],
    },
    entry: plain,
    command: (program) => ['codex', 'mcp', 'add', 'pgfleet', '--', ...words(program)],
  },
  'gemini-cli': {
    title: 'Gemini CLI',
    file: { base: everywhere('home'), folder: '.gemini', names: ['settings.json'], form: 'json', at: mcpServers },
    entry: plain,
    command: (program) => ['gemini', 'mcp', 'add', '--scope', 'user', 'pgfleet', ...words(program)],
  },
  'qwen-code': {
    title: 'Qwen Code',
    file: { base: everywhere('home'), folder: '.qwen', names: ['settings.json'], form: 'json', at: mcpServers },
    entry: plain,
    command: (program) => ['qwen', 'mcp', 'add', '--scope', 'user', 'pgfleet', ...words(program)],
  },
  opencode: {
    title: 'opencode',
    file: {
      base: everywhere('xdg'),
      folder: 'opencode',
      names: ['opencode.jsonc', 'opencode.json'],
      form: 'json',
      at: ['mcp'],
    },
    entry: (program) => ({ type: 'local', command: words(program) }),
    command: (program) => ['opencode', 'mcp', 'add', 'pgfleet', '--', ...words(program)],
  },
  'copilot-cli': {
    title: 'Copilot CLI',
    file: {
      base: everywhere('home'),
      folder: '.copilot',
      variable: 'COPILOT_HOME',
      names: ['mcp-config.json'],
      form: 'json',
      at: mcpServers,
    },
    entry: (program) => ({ type: 'local', ...plain(program), tools: ['*'] }),
    command: (program) => ['copilot', 'mcp', 'add', 'pgfleet', '--', ...words(program)],
  },
  cline: {
    title: 'Cline',
    file: {
      base: everywhere('home'),
      folder: '.cline/data/settings',
      names: ['cline_mcp_settings.json'],
      form: 'json',
      at: mcpServers,
    },
    entry: (program) => ({ transport: typed(program) }),
    command: (program) => ['cline', 'mcp', 'add', 'pgfleet', '--yes', '--', ...words(program)],
  },
  continue: {
    title: 'Continue',
    file: {
      base: everywhere('home'),
      folder: '.continue',
      names: ['config.yaml'],
      form: 'yaml',
      at: mcpServers,
      beside: { name: 'Local Config', version: '1.0.0', schema: 'v1' },
    },
    entry: (program) => ({ name: 'pgfleet', ...plain(program) }),
  },
  inspector: {
    title: 'Inspector',
    entry: plain,
    command: (program) => ['npx', '@modelcontextprotocol/inspector', ...words(program)],
  },
};
