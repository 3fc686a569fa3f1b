import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../machine.js';
import type { Base, HostFile } from './host.js';

type Folders = Pick<Machine, 'platform' | 'home' | 'env'>;

const xdg = ({ env, home }: Folders): string => env['XDG_CONFIG_HOME'] || join(home, '.config');

/** Where programs of the desktop keep what belongs to a user. */
const ofPrograms: Partial<Record<NodeJS.Platform, (folders: Folders) => string>> = {
  darwin: ({ home }) => join(home, 'Library', 'Application Support'),
  win32: ({ env, home }) => env['APPDATA'] || join(home, 'AppData', 'Roaming'),
};

const folderOf: Readonly<Record<Base, (folders: Folders) => string>> = {
  home: ({ home }) => home,
  programs: (folders) => (ofPrograms[folders.platform] ?? xdg)(folders),
  xdg,
};

/** The path of a host's file on this machine. Undefined where the host has none on this system. */
export function pathOfHost(file: HostFile, machine: Folders): string | undefined {
  const { base, folder, variable, names } = file;
  const other = variable === undefined ? undefined : machine.env[variable];
  const begin = base[machine.platform];
  if (!other && begin === undefined) return undefined;
  const place = other || join(folderOf[begin ?? 'home'](machine), folder);
  const paths = names.map((name) => join(place, name));
  return paths.find((path) => existsSync(path)) ?? paths[0];
}
