import { constants, existsSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { ConfigError } from '../../../define/config-error.js';
import { pathOfHost } from '../../setup/hosts/files.js';
import type { Host } from '../../setup/hosts/host.js';
import { hosts } from '../../setup/hosts/hosts.js';
import type { Machine } from '../../setup/machine.js';
import { type DoctorLine, faultLine, okLine, warningLine } from '../line.js';
import { type NamedServer, serversIn } from './servers.js';

export interface ClientContext extends Pick<Machine, 'platform' | 'home' | 'env'> {
  /** The folder that the command was started in, where some hosts have a file too. */
  folder: string;
}

/** The file that a host reads in a folder that it is started in. */
const filesOfFolders: Readonly<Record<string, string>> = {
  'claude-code': '.mcp.json',
  'vs-code': '.vscode/mcp.json',
  cursor: '.cursor/mcp.json',
  'gemini-cli': '.gemini/settings.json',
  'qwen-code': '.qwen/settings.json',
  opencode: 'opencode.json',
};

/** What a host replaces in the values of variables. All others hand on what is written. */
const replaced: Readonly<Record<string, RegExp>> = {
  'claude-code': /\$\{\w+(?::-[^}]*)?\}/g,
  'vs-code': /\$\{(?:env|input):[^}]+\}/g,
  cursor: /\$\{env:\w+\}/g,
  'gemini-cli': /\$\{\w+\}/g,
  'qwen-code': /\$\{\w+\}/g,
};

/** Looks at the side of a host: whether pgfleet is in its configuration, and can be started as it stands there. */
export async function clientLines(client: string, context: ClientContext): Promise<DoctorLine[]> {
  const host = hosts[client];
  if (!host) throw new ConfigError([`There is no page about ${client}. Hosts are: ${Object.keys(hosts).join(', ')}.`]);
  const { file, title } = host;
  if (!file) return [okLine('client', `${title} keeps no configuration; it is started with a command.`)];
  const inFolder = filesOfFolders[client];
  const places = [pathOfHost(file, context), inFolder && join(context.folder, inFolder)];
  const found = await Promise.all(places.flatMap((path) => (path ? linesOfFile(path, client, host, context) : [])));
  const lines = found.flat();
  return lines.length > 0 ? lines : [missing(client, title, places[0])];
}

const missing = (client: string, title: string, path: string | undefined): DoctorLine =>
  faultLine(
    'client',
    path
      ? `pgfleet is not in the configuration of ${title} (${path}).`
      : `${title} has no configuration on this system.`,
    `pgfleet setup ${client} puts it there, and docs/hosts/${client}.md shows what it writes.`,
  );

async function linesOfFile(path: string, client: string, { file, title }: Host, context: ClientContext) {
  const text = existsSync(path) && file ? await readFile(path, 'utf8') : undefined;
  if (text === undefined || !file) return [];
  try {
    const own = serversIn(text, file).filter(isOurs);
    return (await Promise.all(own.map((server) => serverLines(server, client, path, context)))).flat();
  } catch {
    const mend = `Correct its form; ${title} cannot read it either.`;
    return [faultLine('client', `The configuration ${path} of ${title} cannot be read.`, mend)];
  }
}

const isOurs = ({ name, entry }: NamedServer): boolean =>
  /pgfleet/i.test(name) || /\bpgfleet\b/.test(JSON.stringify(entry));

/** What an entry says of the program, however its host writes it. */
function programOf({ entry }: NamedServer) {
  const inner = Object(entry['transport'] ?? entry);
  const [command, ...args] = [inner['command'], inner['args']].flat(2).filter((word) => typeof word === 'string');
  const variables: [string, unknown][] = Object.entries(Object(inner['env'] ?? inner['environment'] ?? entry['env']));
  const address = inner['url'] ?? inner['httpUrl'];
  return { command, args, variables, address: typeof address === 'string' ? address : undefined };
}

async function serverLines(server: NamedServer, client: string, path: string, context: ClientContext) {
  const { command, args, variables, address } = programOf(server);
  const place = `${server.name} in ${path}`;
  if (address !== undefined) return [okLine('client', `${place} is reached over HTTP.`)];
  if (command === undefined)
    return [
      faultLine('client', `${place} has neither a command nor an address.`, `docs/hosts/${client}.md shows both.`),
    ];
  const lines = [
    ...((await isProgram(command, context))
      ? []
      : [
          faultLine(
            'client',
            `${place} starts ${command}, which cannot be found or run.`,
            'Write the whole path of the program; hosts often have another search path than a terminal.',
          ),
        ]),
    ...args
      .filter((word) => isAbsolute(word) && /\.[cm]?js$/.test(word) && !existsSync(word))
      .map((word) =>
        faultLine('client', `${place} starts ${word}, which is not there.`, `pgfleet setup ${client} writes it anew.`),
      ),
    ...variables.flatMap(([name, value]) => variableLines(name, String(value), place, client)),
  ];
  return lines.length > 0 ? lines : [okLine('client', `${place} starts a program that is there.`)];
}

function variableLines(name: string, value: string, place: string, client: string): DoctorLine[] {
  const known = replaced[client];
  if (value.trim() === '')
    return [warningLine('client', `${place} has ${name} without a value.`, 'Give it a value, or leave it out.')];
  if (!/\$\{/.test(known ? value.replace(known, '') : value)) return [];
  const says = `${place} has ${name} as a reference that this host does not replace.`;
  return [
    faultLine('client', says, `Write the value, or take it from a file with --config; see docs/hosts/${client}.md.`),
  ];
}

/** Whether a program is there as a path, or in the search path of this process. */
async function isProgram(command: string, { env, platform }: ClientContext): Promise<boolean> {
  const folders = isAbsolute(command) ? [''] : (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const endings = platform === 'win32' ? ['', ...(env['PATHEXT'] ?? '.EXE;.CMD').split(';')] : [''];
  const candidates = folders.flatMap((folder) => endings.map((ending) => join(folder, command + ending)));
  const found = await Promise.all(candidates.map(canRun));
  return found.includes(true);
}

const canRun = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
