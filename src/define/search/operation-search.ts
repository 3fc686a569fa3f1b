import MiniSearch, { type AsPlainObject, type SearchOptions, type SearchResult } from 'minisearch';
import { type FoundKind, type FoundOperation, foundByKind } from './by-kind.js';
import type { OperationKind } from './kinds.js';
import { asksToKnow } from './mood.js';
import { indexOptions, type SearchIndex } from './search-index.js';
import { elsewhere, isCouple, isDeed, isNotion, termsOf } from './terms.js';

export interface SearchScope {
  /** The providers whose operations are looked at. Those of the server itself belong to `pgfleet`. */
  providers: ReadonlySet<string>;
  /** Whether an operation may be given. Without it, every one may. */
  isOffered?: (name: string) => boolean;
  /** How many kinds are given at most. */
  limit: number;
}

/** Finds what somebody needs for what they want to do, said in English or Korean. */
export interface OperationSearch {
  /** The kinds of operations that fit, the best first. None where nothing fits. */
  search: (text: string, scope: SearchScope) => readonly FoundKind[];
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
/** A runbook is about what somebody says, and does not only share a word with it. */
const leastOfSituation = 0.15;

/** How much more a word counts that tells that it is about something else. */
const weightOfElsewhere = 8;

/** Opens the index that the build made. */
export function openSearch({ operations, kinds, runbooks }: SearchIndex): OperationSearch {
  const findOperation = finder(operations);
  const findRunbook = finder(runbooks);
  return {
    search(text, { providers, isOffered = () => true, limit }) {
      const among = (provider: string) => providers.has(provider);
      const namesOf = (kind: OperationKind) =>
        (kinds[kind] ?? []).flatMap(({ name, provider }) => (among(provider) ? [name] : []));
      return foundByKind(findOperation(text, among), namesOf, isOffered).slice(0, limit);
    },
    runbookFor(text) {
      const [best] = findRunbook(text, () => true);
      return best && best.covered >= leastOfSituation ? best.name : undefined;
    },
  };
}

function finder(plain: AsPlainObject): (text: string, among: (provider: string) => boolean) => Covered[] {
  const index = MiniSearch.loadJS(plain, indexOptions);
  return (text, among) => {
    const question = text.slice(0, longestQuestion);
    const everything = index.search(question, { ...searchOptions(question), boost });
    // The library multiplies by the number of terms in common, so that many weak ones would outweigh a strong one.
    const found = everything
      .filter(({ provider }) => among(String(provider)))
      .map(({ id, score, queryTerms, kinds }) => ({
        name: String(id),
        score: score / queryTerms.length,
        kinds: kinds as readonly OperationKind[],
        queryTerms,
      }))
      .toSorted((a, b) => b.score - a.score);
    const { shareOf, unknown } = weighed(question, everything, index.documentCount);
    const [best] = found;
    if (!best || (unknown >= mostUnknown && shareOf(best.queryTerms) < leastCovered)) return [];
    return found.map(({ queryTerms, ...each }) => ({ ...each, covered: shareOf(queryTerms) }));
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

/** What was found, and how much of the question is in common with it. */
type Covered = FoundOperation & { covered: number };

type Matched = Pick<SearchResult, 'queryTerms'>;

/** What parts of a question are in common with what is found, and what part with nothing: rare terms count most. */
function weighed(question: string, found: readonly Matched[], documents: number) {
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
  const shareOf = (terms: readonly string[]) => sum(terms) / total;
  return { shareOf, unknown: shareOf(unknown) };
}
