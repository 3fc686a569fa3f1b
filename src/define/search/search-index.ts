import MiniSearch, { type AsPlainObject, type Options } from 'minisearch';
import type { KindMember, KindMembers } from './by-kind.js';
import type { OperationKind } from './kinds.js';
import { termsOf } from './terms.js';

/** What can be found, and the words that it is found by. */
export interface SearchDocument {
  name: string;
  /** The provider of an operation; empty for what belongs to none. */
  provider: string;
  /** What it does as others do. None for what stands alone. */
  kinds: readonly OperationKind[];
  /** Whether it answers a question and changes nothing. */
  tells: boolean;
  title: string;
  description: string;
  /** The names and descriptions of its arguments. */
  argumentTexts: readonly string[];
  /** What people say when they want it. */
  asks: readonly string[];
}

/** The file that the build makes. */
export interface SearchIndex {
  operations: AsPlainObject;
  /** The operations of each kind. */
  kinds: KindMembers;
  runbooks: AsPlainObject;
}

/** How an index is made and read. */
export const indexOptions: Options<SearchDocument> = {
  idField: 'name',
  fields: ['name', 'title', 'description', 'argumentTexts', 'asks'],
  storeFields: ['provider', 'tells', 'kinds'],
  stringifyField: (value: unknown) => (Array.isArray(value) ? value.join('\n') : String(value)),
  tokenize: termsOf,
  processTerm: (term) => term,
};

function indexOf(documents: readonly SearchDocument[]): AsPlainObject {
  const index = new MiniSearch(indexOptions);
  index.addAll(documents);
  return index.toJSON();
}

/** Makes the index of what can be found. This is a part of the build. */
export const createSearchIndex = (
  operations: readonly SearchDocument[],
  runbooks: readonly SearchDocument[],
): SearchIndex => ({ operations: indexOf(operations), kinds: membersOf(operations), runbooks: indexOf(runbooks) });

function membersOf(operations: readonly SearchDocument[]): KindMembers {
  const members: Partial<Record<OperationKind, KindMember[]>> = {};
  for (const { name, provider, kinds } of operations)
    for (const kind of kinds) members[kind] = [...(members[kind] ?? []), { name, provider }];
  return members;
}
