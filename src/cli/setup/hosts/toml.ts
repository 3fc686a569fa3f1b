import type { Values } from '../../../values/values.js';
import type { Edit, Wanted } from './edit.js';

/**
 * A table is added at the end of a file of TOML, where it is good whatever stands before it, and is found again in
 * exactly the form that it is written in here. What is written in any other form is left to a person.
 */
export function editToml(text: string, { at, name, entry }: Wanted): Edit {
  const holder = at.join('.');
  const table = tableOf(`${holder}.${name}`, entry);
  const lines = text.replaceAll('\r\n', '\n');
  const own = ownTable(lines, `${holder}.${name}`);
  // What was written by somebody else may be in a form that only looks the same.
  if (mentions(lines.replace(own ?? '', ''), holder, name))
    return {
      kind: 'closed',
      reason: `${holder} or ${name} stands there in a form that was not written by this command`,
    };
  if (own === table) return { kind: 'same' };
  const before = own === undefined ? undefined : entryOf(own);
  const next =
    own === undefined
      ? `${lines}${lines === '' || lines.endsWith('\n') ? '' : '\n'}${lines.trim() === '' ? '' : '\n'}${table}`
      : lines.replace(own, () => table);
  return { kind: 'changed', text: text.includes('\r\n') ? next.replaceAll('\n', '\r\n') : next, before };
}

/** The entry as a table of its own, which `ownTable` finds again. */
const tableOf = (path: string, entry: Values): string =>
  [`[${path}]`, ...Object.entries(entry).map(([key, value]) => `${key} = ${valueOf(value)}`), ''].join('\n');

/** Texts of JSON are texts of TOML too. */
const valueOf = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(valueOf).join(', ')}]` : JSON.stringify(value).replaceAll('\u007F', '\\u007F');

/** The table as `tableOf` writes it, up to an empty line, another table or the end. */
function ownTable(text: string, path: string): string | undefined {
  const string = '"(?:[^"\\\\\\n]|\\\\.)*"';
  const list = `\\[(?:${string}(?:, )?)*\\]`;
  const lines = `(?:[a-z_]+ = (?:${string}|${list})\\n)+`;
  const form = `^\\[${path.replaceAll('.', '\\.')}\\]\\n${lines}(?=\\n|\\[|$(?![\\s\\S]))`;
  return new RegExp(form, 'm').exec(text)?.[0];
}

/** The entry that such a table is for. */
const entryOf = (table: string): Values =>
  Object.fromEntries(
    [...table.matchAll(/^([a-z_]+) = (.+)$/gm)].map(([, key, value = '']) => [key, JSON.parse(value)]),
  );

/** Whether the servers, or the one of this name, stand in the text in another way than as tables of other names. */
function mentions(text: string, holder: string, name: string): boolean {
  const quoted = (word: string) => `(?:${word}|"${word}"|'${word}')`;
  const server = new RegExp(`^\\s*\\[\\s*${quoted(holder)}\\s*\\.\\s*(?!${quoted(name)}\\s*[.\\]])[^\\]]+\\]`);
  const isNamed = new RegExp(`^\\s*\\[?\\s*${quoted(holder)}\\s*(?:\\.|=|\\])`);
  const isName = new RegExp(`^\\s*\\[?\\s*${quoted(name)}\\s*(?:\\.|=|\\])`);
  return text.split('\n').some((line) => isName.test(line) || (isNamed.test(line) && !server.test(line)));
}
