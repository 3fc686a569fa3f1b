import { posix, win32 } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stateFolders } from '../../src/config/folders.js';
import { expandedPath } from '../../src/config/home.js';

const mac = { HOME: '/Users/mina' };
const windows = { USERPROFILE: 'C:\\Users\\mina' };

test.each([
  ['of macOS', '~/pgfleet.json', mac, posix, '/Users/mina/pgfleet.json'],
  ['of macOS with a space', '~/My Files/a.json', mac, posix, '/Users/mina/My Files/a.json'],
  ['of Windows', '~\\pgfleet.json', windows, win32, 'C:\\Users\\mina\\pgfleet.json'],
  ['of Windows as it is written elsewhere', '~/keys/nhn', windows, win32, 'C:\\Users\\mina\\keys\\nhn'],
  ['on another drive', 'D:\\keys\\~nhn', windows, win32, 'D:\\keys\\~nhn'],
  ['of another user', '~jun/keys', mac, posix, '~jun/keys'],
])('a path %s is found', (_, path, env, paths, found) => {
  expect(expandedPath(path, env, paths)).toBe(found);
});

/** Until the test ends, the process says that it runs there. */
function runOn(platform: NodeJS.Platform, env: Record<string, string>): void {
  const own = process.platform;
  const before = { ...process.env };
  Object.defineProperty(process, 'platform', { value: platform });
  Object.assign(process.env, env);
  onTestFinished(() => {
    Object.defineProperty(process, 'platform', { value: own });
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(process.env, before);
  });
}

test.each([
  ['linux', { XDG_STATE_HOME: '/home/mina/.local/state' }, '/home/mina/.local/state/pgfleet'],
  ['darwin', {}, /\/Library\/Logs\/pgfleet$/],
  ['win32', { LOCALAPPDATA: 'C:\\Users\\mina\\AppData\\Local' }, 'C:\\Users\\mina\\AppData\\Local\\pgfleet\\Log'],
] as const)('on %s the audit record and the secrets are in the user’s own folder', (platform, env, folder) => {
  runOn(platform, env);
  const paths = platform === 'win32' ? win32 : posix;
  const { auditLog, secrets, terminal } = stateFolders();
  for (const path of [auditLog, secrets, terminal]) expect(paths.dirname(paths.normalize(path))).toMatch(folder);
  expect([auditLog, secrets, terminal].map((path) => paths.basename(path))).toEqual([
    'audit.jsonl',
    'secrets',
    'terminal.json',
  ]);
});
