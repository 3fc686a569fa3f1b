import MiniSearch, { type SearchOptions, type SearchResult } from 'minisearch';
import { asksToKnow } from './mood.js';
import { askOptions, documentOptions, type Kept, type SearchIndex, type Shelf } from './search-index.js';
import { elsewhere, isNotion, termsOf } from './terms.js';

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

/** How much a thing counts that people say, beside all that is known of what they want by it. */
const weightOfAsk = 2;
/** How much the next two of these count beside the best. */
const weightOfMore = 0.3;
/** What is left of the score of a change where somebody asks, and of a read where something is to be done. */
const weightOfOther = 0.6;

/**
 * Where so much of a question is known to nothing here, and so little of it to the best that is found, it is chance
 * that a word is in common.
 */
const mostUnknown = 0.6;
const leastCovered = 0.25;

/** How much more a word counts that tells that it is about something else. */
const weightOfElsewhere = 5;

/** Opens the index that the build made. */
export function openSearch({ operations, runbooks }: SearchIndex): OperationSearch {
  const findOperation = finder(operations);
  const findRunbook = finder(runbooks);
  return {
    search: (text, { providers, limit }) => findOperation(text, (provider) => providers.has(provider)).slice(0, limit),
    runbookFor: (text) => findRunbook(text, () => true)[0]?.name,
  };
}

type Among = (provider: string) => boolean;

function finder(shelf: Shelf): (text: string, among: Among) => FoundOperation[] {
  const documents = MiniSearch.loadJS(shelf.documents, documentOptions);
  const asks = MiniSearch.loadJS(shelf.asks, askOptions);
  return (text, among) => {
    const question = text.slice(0, longestQuestion);
    const options = searchOptions(question);
    const everything = documents.search(question, { ...options, boost });
    const known = everything.filter((found) => among(keptOf(found).provider));
    const said = asks.search(question, { ...options, filter: (found) => among(keptOf(found).provider) });
    const [best, ...others] = ranked(known, said);
    if (!best) return [];
    const weightOf = weightsOf(question, everything, documents.documentCount);
    const covering = known.find((found) => keptOf(found).name === best.name)?.queryTerms ?? [];
    const isChance = weightOf.unknown >= mostUnknown && weightOf.share(covering) < leastCovered;
    return isChance ? [] : [best, ...others];
  };
}

function searchOptions(question: string): SearchOptions {
  const toKnow = asksToKnow(question);
  return {
    boostDocument: (_, __, kept) => (kept?.['tells'] === toKnow ? 1 : weightOfOther),
    fuzzy: (term) => (!isNotion(term) && /^[a-z]{5,}$/.test(term) ? 0.2 : false),
  };
}

const keptOf = (found: SearchResult): Kept => found as SearchResult & Kept;

/** What was found in both ways, the best first. */
function ranked(known: readonly SearchResult[], said: readonly SearchResult[]): FoundOperation[] {
  const scores = new Map(known.map((found) => [keptOf(found).name, found.score]));
  for (const [name, [best = 0, ...more]] of scoresByName(said)) {
    const score = best + weightOfMore * sum(more.slice(0, 2));
    scores.set(name, (scores.get(name) ?? 0) + weightOfAsk * score);
  }
  return [...scores].map(([name, score]) => ({ name, score })).toSorted((a, b) => b.score - a.score);
}

function scoresByName(found: readonly SearchResult[]): Map<string, number[]> {
  const scores = new Map<string, number[]>();
  for (const each of found) {
    const { name } = keptOf(each);
    scores.set(name, [...(scores.get(name) ?? []), each.score]);
  }
  return scores;
}

/** How much the terms of a question say: the fewer documents have a term, the more. */
function weightsOf(question: string, found: readonly SearchResult[], documents: number) {
  const terms = [...new Set(termsOf(question))];
  const weightOf = (term: string) => {
    const count = found.filter(({ queryTerms }) => queryTerms.includes(term)).length;
    const rarity = Math.log(1 + (documents - count + 0.5) / (count + 0.5));
    return { count, weight: term === elsewhere ? weightOfElsewhere * rarity : rarity };
  };
  const weights = new Map(terms.map((term) => [term, weightOf(term)]));
  const total = sum([...weights.values()].map(({ weight }) => weight));
  const share = (some: readonly string[]) => sum(some.map((term) => weights.get(term)?.weight ?? 0)) / total;
  return { unknown: share(terms.filter((term) => weights.get(term)?.count === 0)), share };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
