import { isDeepStrictEqual } from 'node:util';
import { isMap, isNode, parseDocument, type YAMLMap } from 'yaml';
import { isRecord, type Values } from '../../../values/values.js';
import type { Edit, Wanted } from './edit.js';

/**
 * Puts an entry into the text of JSON, with comments or without, and changes nothing else of it. Afterwards the text is
 * read again, and is only good if it says what it said before and the entry.
 */
export function editJson(text: string, { at, name, entry, beside = {} }: Wanted): Edit {
  const fresh = JSON.stringify({ ...beside, ...nested([...at, name], entry) }, null, 2);
  if (text.trim() === '') return { kind: 'changed', text: `${fresh}\n` };
  const document = parseDocument(asYaml(text));
  const { contents: root } = document;
  if (document.errors.length > 0 || !isMap(root)) return { kind: 'closed', reason: 'it is not one object of JSON' };
  const whole: unknown = root.toJS(document);
  const before = valueAt(whole, [...at, name]);
  // Compared as JSON has them.
  const wanted: unknown = JSON.parse(JSON.stringify(entry));
  if (isDeepStrictEqual(before, wanted)) return { kind: 'same' };
  const next = withEntry(text, root, [...at, name], entry);
  const read = next === undefined ? undefined : parseDocument(asYaml(next)).toJS();
  if (next === undefined || !isDeepStrictEqual(read, merged(whole, [...at, name], wanted)))
    return { kind: 'closed', reason: `${at.join('.')} in it cannot take the entry` };
  return { kind: 'changed', text: next, before };
}

const commentOrText = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/|[\t\uFEFF]/g;

/** YAML is JSON and more. Comments and tabs, which it has in another way, become as many spaces. */
const asYaml = (text: string): string =>
  text.replace(commentOrText, (found) => (found.startsWith('"') ? found : found.replace(/[^\n\r]/g, ' ')));

/** The text with the entry in place of the present one, or at the beginning of the object that it belongs to. */
function withEntry(text: string, root: YAMLMap, path: readonly string[], entry: Values): string | undefined {
  const [key = '', ...below] = path;
  const value: unknown = root.get(key, true);
  if (isMap(value) && below.length > 0) return withEntry(text, value, below, entry);
  const { range } = root;
  if (!root.flow || !range) return undefined;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const base = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', range[0]) + 1))?.[0] ?? '';
  const line = `${lineBreak}${base}${unit}`;
  const written = (what: unknown) => JSON.stringify(what, null, unit).replaceAll('\n', line);
  if (value !== undefined) {
    const place = isNode(value) && below.length === 0 ? value.range : undefined;
    return place ? text.slice(0, place[0]) + written(entry) + text.slice(place[1]) : undefined;
  }
  const pair = `${line}${JSON.stringify(key)}: ${written(below.length === 0 ? entry : nested(below, entry))}`;
  const begin = text.slice(0, range[0] + 1) + pair;
  const rest = text.slice(range[0] + 1);
  const trimmed = rest.trimStart();
  // A comment behind the brace stays where it is.
  if (root.items.length === 0) return begin + (trimmed.startsWith('}') ? `${lineBreak}${base}${trimmed}` : rest);
  return `${begin},${/^[ \t]*(?:\r?\n|\/)/.test(rest) ? rest : line + trimmed}`;
}

/** An object with one value in it, at this path. */
const nested = (path: readonly string[], value: unknown): Values => {
  const [key = '', ...below] = path;
  return { [key]: below.length === 0 ? value : nested(below, value) };
};

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((each: unknown, key) => (isRecord(each) ? each[key] : undefined), value);

/** A copy with this value at the path. */
function merged(whole: unknown, [key = '', ...below]: readonly string[], value: unknown): Values {
  const present = isRecord(whole) ? whole : {};
  return { ...present, [key]: below.length === 0 ? value : merged(present[key], below, value) };
}
