import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, parseDocument } from 'yaml';
import type { Edit, Wanted } from './edit.js';

/** A file of YAML is changed as a document, so that comments and order stay. The servers are a list there. */
export function editYaml(text: string, { at, name, entry, beside = {} }: Wanted): Edit {
  const document = parseDocument(text);
  if (document.errors.length > 0) return { kind: 'closed', reason: 'it is not YAML' };
  if (document.contents === null) for (const [key, value] of Object.entries(beside)) document.set(key, value);
  if (document.contents !== null && !isMap(document.contents))
    return { kind: 'closed', reason: 'it is not one object' };
  const list = document.getIn(at) ?? undefined;
  if (list !== undefined && !isSeq(list)) return { kind: 'closed', reason: `${at.join('.')} in it is not a list` };
  const index = list?.items.findIndex((item) => isMap(item) && item.get('name') === name) ?? -1;
  const before: unknown = index < 0 ? undefined : list?.toJS(document)[index];
  if (isDeepStrictEqual(before, JSON.parse(JSON.stringify(entry)))) return { kind: 'same' };
  const node = document.createNode(entry);
  if (!list || list.items.length === 0) document.setIn(at, document.createNode([entry]));
  else if (index < 0) list.add(node);
  else list.set(index, node);
  return { kind: 'changed', text: document.toString({ lineWidth: 0 }), before };
}
