import MiniSearch, { type SearchOptions } from 'minisearch';
import { indexOptions, type SearchIndex } from './search-index.js';
import { longestQuestion } from './terms.js';

/** An operation that fits what somebody wants. */
export interface FoundOperation {
  name: string;
  score: number;
}

export interface SearchScope {
  /** The providers whose operations are looked at. Those of the server itself belong to `pgfleet`. */
  providers: ReadonlySet<string>;
  /** How many are given at most. */
  limit: number;
}

/** Finds what somebody needs for what they want to do, said in English or Korean. */
export interface OperationSearch {
  /** The operations that fit, the best first. None where nothing fits. */
  search: (text: string, scope: SearchScope) => readonly FoundOperation[];
  /** The name of the runbook that fits. */
  runbookFor: (text: string) => string | undefined;
}

const weights: SearchOptions = { boost: { name: 1, title: 1, description: 1, argumentTexts: 0.3, asks: 3 } };

/** Below this score it is chance that a word is in common. */
const leastScore = 5;

/** Opens the index that the build made. */
export function openSearch({ operations, runbooks }: SearchIndex): OperationSearch {
  const operationIndex = MiniSearch.loadJS(operations, indexOptions);
  const runbookIndex = MiniSearch.loadJS(runbooks, indexOptions);
  const best = (index: MiniSearch, text: string, filter?: SearchOptions['filter']): FoundOperation[] =>
    index
      .search(text.slice(0, longestQuestion), { ...weights, ...(filter && { filter }) })
      .filter(({ score }) => score >= leastScore)
      .map(({ id, score }) => ({ name: String(id), score }));
  return {
    search: (text, { providers, limit }) =>
      best(operationIndex, text, ({ provider }) => providers.has(provider)).slice(0, limit),
    runbookFor: (text) => best(runbookIndex, text)[0]?.name,
  };
}
