import type { Overwrite } from '../change.js';
import { difference } from '../difference.js';
import type { Machine } from '../machine.js';
import { textOfFile } from '../write-file.js';
import type { Edit, EditText } from './edit.js';
import { pathOfHost } from './files.js';
import type { Host, HostFile, Program } from './host.js';
import { editJson } from './json.js';
import { editToml } from './toml.js';
import { editYaml } from './yaml.js';

const editors: Readonly<Record<HostFile['form'], EditText>> = { json: editJson, toml: editToml, yaml: editYaml };

const name = 'pgfleet';

export interface HostEdit {
  path: string;
  text: string;
  edit: Edit;
}

/** The change to the file of a host. Undefined for a host without a file on this system. */
export async function editHost(host: Host, program: Program, machine: Machine): Promise<HostEdit | undefined> {
  const { file, entry } = host;
  const path = file && pathOfHost(file, machine);
  if (!file || path === undefined) return undefined;
  const text = await textOfFile(path);
  const edit = editors[file.form](text, { at: file.at, name, entry: entry(program), beside: file.beside });
  return { path, text, edit };
}

export function overwriteOfHost({ title, entry }: Host, program: Program, { path, edit }: HostEdit): Overwrite[] {
  if (edit.kind !== 'changed' || edit.before === undefined) return [];
  const what = `${path} has another entry ${name} for ${title}.`;
  return [{ what, difference: difference(edit.before, entry(program)) }];
}

/** What a person needs to set a host up: its file with the entry, and the command that does the same. */
export function byHand({ file, entry, command }: Host, program: Program, machine: Machine): string {
  const parts: string[] = [];
  if (file) {
    const edit = editors[file.form]('', { at: file.at, name, entry: entry(program) });
    const path = pathOfHost(file, machine);
    const where = path === undefined ? 'Its configuration takes:' : `In ${path}:`;
    if (edit.kind === 'changed') parts.push(`${where}\n\n${edit.text}`);
  }
  if (command) {
    const line = command(program).map(quoted).join(' ');
    parts.push(`${file ? 'Or with a command of its own' : 'Its command'}:\n\n${line}\n`);
  }
  return parts.join('\n');
}

/** A word as a shell takes it. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
