import { parse } from 'yaml';
import { withoutByteOrderMark } from '../../../values/file-text.js';
import { isRecord, type Values } from '../../../values/values.js';
import type { HostFile } from '../../setup/hosts/host.js';

/** A server in the configuration of a host. */
export interface NamedServer {
  name: string;
  entry: Values;
}

/** The servers in a host's file, those of single folders among them. Throws for a file that cannot be read. */
export function serversIn(text: string, { form, at }: Pick<HostFile, 'form' | 'at'>): NamedServer[] {
  return holdersIn(readers[form](withoutByteOrderMark(text)), at.at(-1) ?? '').flatMap((holder) =>
    (Array.isArray(holder)
      ? holder.map((entry) => [String(Object(entry)['name']), entry])
      : Object.entries(Object(holder))
    )
      .map(([name, entry]) => ({ name: String(name), entry }))
      .filter((each): each is NamedServer => isRecord(each.entry)),
  );
}

/** Everything that stands under this key, at any depth. */
function holdersIn(value: unknown, key: string): unknown[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, below]) => (name === key ? [below] : holdersIn(below, key)));
}

const readers: Readonly<Record<HostFile['form'], (text: string) => unknown>> = {
  // YAML is JSON and more, commas at the end among it. Hosts allow comments, which YAML writes in another way.
  json: (text) => parse(text.replace(commentOrText, (found) => (found.startsWith('"') ? found : ' '))),
  yaml: (text) => parse(text),
  toml: tablesOf,
};

const commentOrText = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The tables of a file of TOML with their texts and lists, which is all that an entry for a server has. */
function tablesOf(text: string): Values {
  const root: Values = {};
  let table = root;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line)?.[1];
    if (header !== undefined) table = tableAt(root, keysOf(header));
    const [, key, value] = /^\s*("[^"]*"|[\w-]+)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) table[unquoted(key)] = valueOf(value);
  }
  return root;
}

const keysOf = (header: string): string[] => (header.match(/"[^"]*"|'[^']*'|[\w-]+/g) ?? []).map(unquoted);
const unquoted = (key: string): string => key.replace(/^["']|["']$/g, '');

function tableAt(root: Values, keys: readonly string[]): Values {
  let table = root;
  for (const key of keys) {
    const next = isRecord(table[key]) ? table[key] : {};
    table[key] = next;
    table = next;
  }
  return table;
}

/** Texts and lists are written as in YAML, and the pairs of an inline table with another sign. */
function valueOf(text: string): unknown {
  try {
    return parse(text.startsWith('{') ? text.replace(/([\w-]+|"[^"]*")\s*=\s*(?=["'])/g, '$1: ') : text);
  } catch {
    return text;
  }
}
