import MiniSearch, { type AsPlainObject, type Options } from 'minisearch';
import { termsOf } from './terms.js';

/** What can be found, and the words that it is found by. */
export interface SearchDocument {
  name: string;
  /** The provider of an operation; empty for what belongs to none. */
  provider: string;
  /** Whether it answers a question and changes nothing. */
  tells: boolean;
  title: string;
  description: string;
  /** The names and descriptions of its arguments. */
  argumentTexts: readonly string[];
  /** What people say when they want it. */
  asks: readonly string[];
}

/** Facts that are kept with what is found. */
export type Kept = Pick<SearchDocument, 'name' | 'provider' | 'tells'>;

interface Ask extends Kept {
  id: string;
  ask: string;
}

/** Documents by all that is known of each, and by each single thing that people say. */
export interface Shelf {
  documents: AsPlainObject;
  asks: AsPlainObject;
}

/** The file that the build makes. */
export interface SearchIndex {
  operations: Shelf;
  runbooks: Shelf;
}

const analysed = { tokenize: termsOf, processTerm: (term: string) => term };
const storeFields = ['name', 'provider', 'tells'];

/** How the two indexes of a shelf are made and read. */
export const documentOptions: Options<SearchDocument> = {
  ...analysed,
  idField: 'name',
  fields: ['name', 'title', 'description', 'argumentTexts', 'asks'],
  storeFields,
  stringifyField: (value: unknown) => (Array.isArray(value) ? value.join('\n') : String(value)),
};
export const askOptions: Options<Ask> = { ...analysed, fields: ['ask'], storeFields };

function shelfOf(documents: readonly SearchDocument[]): Shelf {
  const byDocument = new MiniSearch(documentOptions);
  byDocument.addAll(documents);
  const byAsk = new MiniSearch(askOptions);
  for (const { name, provider, tells, asks } of documents)
    byAsk.addAll(asks.map((ask, at) => ({ id: `${name} ${at}`, name, provider, tells, ask })));
  return { documents: byDocument.toJSON(), asks: byAsk.toJSON() };
}

/** Makes the index of what can be found. This is a part of the build. */
export const createSearchIndex = (
  operations: readonly SearchDocument[],
  runbooks: readonly SearchDocument[],
): SearchIndex => ({ operations: shelfOf(operations), runbooks: shelfOf(runbooks) });
