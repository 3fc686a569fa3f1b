import MiniSearch, { type AsPlainObject, type SearchOptions, type SearchResult } from 'minisearch';
import { asksToKnow } from './mood.js';
import { indexOptions, type SearchIndex } from './search-index.js';
import { elsewhere, isCouple, isDeed, isNotion, termsOf } from './terms.js';

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

/** A question is cut here: nobody says what they want in more. */
const longestQuestion = 500;

const boost = { name: 1, title: 1, description: 0.7, argumentTexts: 0.2, asks: 3 };

/** How much two notions count that come together, beside each of them. */
const weightOfCouple = 0.7;
/** What is left of the score of a change where somebody asks, and of a read where something is to be done. */
const weightOfOther = 0.6;

/**
 * Where so much of a question is known to nothing here, and so little of it to the best that is found, it is chance
 * that a word is in common.
 */
const mostUnknown = 0.7;
const leastCovered = 0.25;

/** How much more a word counts that tells that it is about something else. */
const weightOfElsewhere = 8;

/** Opens the index that the build made. */
export function openSearch({ operations, runbooks }: SearchIndex): OperationSearch {
  const findOperation = finder(operations);
  const findRunbook = finder(runbooks);
  return {
    search: (text, { providers, limit }) => findOperation(text, (provider) => providers.has(provider)).slice(0, limit),
    runbookFor: (text) => findRunbook(text, () => true)[0]?.name,
  };
}

function finder(plain: AsPlainObject): (text: string, among: (provider: string) => boolean) => FoundOperation[] {
  const index = MiniSearch.loadJS(plain, indexOptions);
  return (text, among) => {
    const question = text.slice(0, longestQuestion);
    const everything = index.search(question, { ...searchOptions(question), boost });
    // The library multiplies by the number of terms in common, so that many weak ones would outweigh a strong one.
    const found = everything
      .filter(({ provider }) => among(String(provider)))
      .map(({ id, score, queryTerms }) => ({ name: String(id), score: score / queryTerms.length, queryTerms }))
      .toSorted((a, b) => b.score - a.score);
    const [best] = found;
    if (!best || isChance(question, best, everything, index.documentCount)) return [];
    return found.map(({ name, score }) => ({ name, score }));
  };
}

function searchOptions(question: string): SearchOptions {
  const isAsked = asksToKnow(question);
  const isOpen = !isAsked && !termsOf(question).some(isDeed);
  return {
    boostDocument: (_, __, kept) => (isOpen || kept?.['tells'] === isAsked ? 1 : weightOfOther),
    boostTerm: (term) => (isCouple(term) ? weightOfCouple : 1),
    fuzzy: (term) => (!isNotion(term) && /^[a-z]{5,}$/.test(term) ? 0.2 : false),
  };
}

type Matched = Pick<SearchResult, 'queryTerms'>;

/** Whether what is in common with the best is not what the question is about: rare terms count most. */
function isChance(question: string, best: Matched, found: readonly Matched[], documents: number): boolean {
  const weights = new Map<string, number>();
  const unknown: string[] = [];
  for (const term of new Set(termsOf(question))) {
    const count = found.filter(({ queryTerms }) => queryTerms.includes(term)).length;
    const rarity = Math.log(1 + (documents - count + 0.5) / (count + 0.5));
    weights.set(term, term === elsewhere ? weightOfElsewhere * rarity : rarity);
    if (count === 0) unknown.push(term);
  }
  const sum = (terms: Iterable<string>) => [...terms].reduce((total, term) => total + (weights.get(term) ?? 0), 0);
  const total = sum(weights.keys());
  return sum(unknown) >= mostUnknown * total && sum(best.queryTerms) < leastCovered * total;
}
