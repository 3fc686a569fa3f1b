import { type Values } from '../../../values/values.js';
import { howManyFit, restOf } from '../answer/answer.js';

/** One item of a list, in the two forms of an answer. */
export interface ListedRow {
  line: string;
  fields: Values;
}

/** What of a list is on the page that was asked for. */
export interface ListedPage {
  rows: readonly ListedRow[];
  /** How many there are in all. */
  count: number;
}

export interface PageAsked {
  offset: number;
  limit: number;
}

/**
 * How many rows of each list an answer has space for, which is the same for all, so that one offset leads on to what
 * is not shown; and how to get that.
 */
export function pageOf(lists: readonly ListedPage[], { offset, limit }: PageAsked): { shown: number; more?: string } {
  const longest = Math.max(0, ...lists.map(({ rows }) => rows.length));
  const rounds = Array.from({ length: longest }, (_, index) => lists.flatMap(({ rows }) => rows[index] ?? []));
  const fitting = [
    rounds.map((round) => round.map(({ line }) => line)),
    rounds.map((round) => round.map(({ fields }) => fields)),
  ].map(howManyFit);
  const shown = Math.min(limit, longest, Math.max(1, Math.min(...fitting)));
  return { shown, more: restOf({ offset, shown, count: Math.max(0, ...lists.map((list) => list.count)) }) };
}
