import { isDeepStrictEqual } from 'node:util';
import { withoutByteOrderMark } from '../../../values/file-text.js';
import { isRecord, type Values } from '../../../values/values.js';
import type { Edit, Wanted } from './edit.js';

/** A file of JSON is read and written anew, in its own indentation. One with comments is not, as they would be lost. */
export function editJson(text: string, { at, name, entry, beside = {} }: Wanted): Edit {
  const root = text.trim() === '' ? { ...beside } : parsed(text);
  if (!isRecord(root)) return { kind: 'closed', reason: 'it has comments, or is not one object of JSON' };
  if (hasLongNumber(text)) return { kind: 'closed', reason: 'it has numbers that are too long to be written anew' };
  const holder = holderIn(root, at);
  if (!holder) return { kind: 'closed', reason: `${at.join('.')} in it is not an object` };
  const before = holder[name];
  // Compared as JSON has them.
  if (isDeepStrictEqual(before, JSON.parse(JSON.stringify(entry)))) return { kind: 'same' };
  holder[name] = entry;
  return { kind: 'changed', text: written(root, text), before };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(withoutByteOrderMark(text));
  } catch {
    return undefined;
  }
}

/** The object at these keys, made where it is missing. Undefined where something else stands there. */
function holderIn(root: Values, at: readonly string[]): Values | undefined {
  let holder = root;
  for (const key of at) {
    const next = holder[key] ?? {};
    if (!isRecord(next)) return undefined;
    holder[key] = next;
    holder = next;
  }
  return holder;
}

const hasLongNumber = (text: string): boolean => /[\s:[,]-?\d{16}/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'));

/** As the file was written: indentation, line breaks, byte order mark, and the end of its last line. */
function written(root: Values, text: string): string {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const end = text === '' || text.endsWith('\n') ? '\n' : '';
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const lines = `${JSON.stringify(root, null, indent)}${end}`;
  return mark + (text.includes('\r\n') ? lines.replaceAll('\n', '\r\n') : lines);
}
