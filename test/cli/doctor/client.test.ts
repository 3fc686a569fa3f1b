import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { DoctorLine } from '../../../src/cli/doctor/line.js';
import { pathOfHost } from '../../../src/cli/setup/hosts/files.js';
import { hosts } from '../../../src/cli/setup/hosts/hosts.js';
import type { Values } from '../../../src/values/values.js';
import { examined } from './run-doctor.js';

const script = join(import.meta.dirname, '../../../build.mjs');
const program = { command: process.execPath, args: [script, '--sandbox'] };

const withFile = Object.entries(hosts).flatMap(([name, { file }]) => (file ? [name] : []));

/** An empty place with what a host reads in it: an entry, or the whole file. */
function placeWith(client: string, entry: Values | string | undefined) {
  const home = mkdtempSync(join(tmpdir(), 'pgfleet-home-'));
  const place = { home, folder: join(home, 'project'), platform: 'darwin' as const, env: { PATH: '' } };
  const file = hosts[client]?.file;
  const path = file && pathOfHost(file, place);
  if (!file || !path || entry === undefined) return place;
  mkdirSync(dirname(path), { recursive: true });
  const holder = file.form === 'yaml' ? [entry] : { pgfleet: entry };
  writeFileSync(path, typeof entry === 'string' ? entry : forms[file.form]({ [file.at.join('.')]: holder }));
  return place;
}

const forms = {
  json: (file: Values) => `// The servers.\n${JSON.stringify(file, undefined, 2).replace(/}$/, '} /* end */')}`,
  yaml: (file: Values) => stringify(file),
  toml: (file: Values) =>
    Object.entries(Object(Object.values(file)[0])['pgfleet'])
      .map(([key, value]) =>
        key === 'env' ? `[mcp_servers.pgfleet.env]\n${pairs(Object(value))}` : pairs({ [key]: value }),
      )
      .reduce((text, lines) => `${text}\n${lines}`, '[mcp_servers.pgfleet]'),
};

const pairs = (values: Values) =>
  Object.entries(values)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
    .join('\n');

async function clientSide(client: string, entry: Values | string | undefined): Promise<DoctorLine[]> {
  const { lines } = await examined(['--sandbox', 'naver', '--client', client], {}, placeWith(client, entry));
  return lines.filter(({ check }) => check === 'client');
}

const entryOf = (client: string, more: Partial<typeof program> = {}): Values =>
  hosts[client]?.entry({ ...program, ...more }) ?? {};

describe.each(withFile)('the side of %s', (client) => {
  test('is well with what setup writes', async () =>
    expect(await clientSide(client, entryOf(client))).toMatchObject([{ status: 'ok' }]));

  test('lacks pgfleet where there is no file', async () =>
    expect(await clientSide(client, undefined)).toMatchObject([
      { status: 'fault', mend: expect.stringContaining('setup') },
    ]));

  test('has a program that is not there', async () => {
    const lines = await clientSide(client, entryOf(client, { command: 'no-such-node' }));
    expect(lines).toMatchObject([{ status: 'fault', says: expect.stringContaining('no-such-node') }]);
  });

  test('has a script that is not there', async () => {
    const lines = await clientSide(client, entryOf(client, { args: ['/nowhere/pgfleet.js'] }));
    expect(lines).toMatchObject([{ status: 'fault', says: expect.stringContaining('/nowhere/pgfleet.js') }]);
  });

  test('has a variable that nobody put a value in', async () => {
    const env = { NHN_APP_KEY: ['$', '{{ secrets.KEY }}'].join(''), NHN_ACCESS_KEY_ID: '' };
    const lines = await clientSide(client, { ...entryOf(client), env });
    expect(lines.map(({ status }) => status)).toEqual(['fault', 'warning']);
    expect(JSON.stringify(lines)).not.toContain('secrets.KEY');
  });

  test('has a file that cannot be read, or one without pgfleet', async () => {
    expect(await clientSide(client, '{ "mcpServers": { "other": { "command": "other" } } }')).toMatchObject([
      { status: 'fault' },
    ]);
  });
});

test('a reference that the host replaces is well', async () => {
  const env = { NHN_APP_KEY: ['$', '{NHN_APP_KEY}'].join('') };
  expect(await clientSide('claude-code', { ...entryOf('claude-code'), env })).toMatchObject([{ status: 'ok' }]);
});

test('an entry over HTTP, and one of a single folder, count', async () => {
  const folders = {
    projects: { '/somewhere': { mcpServers: { pgfleet: { type: 'http', url: 'http://127.0.0.1:8765/mcp' } } } },
  };
  expect(await clientSide('claude-code', JSON.stringify(folders))).toMatchObject([{ status: 'ok' }]);
});

test('a host without a page is refused with those that have one', async () => {
  await expect(examined(['--sandbox', 'naver', '--client', 'emacs'])).rejects.toThrow(/claude-code/);
});
