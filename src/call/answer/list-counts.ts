import type { Tool } from '../../define/index.js';
import { isRecord, type Values } from '../../values/values.js';
import { plainName } from './plain-name.js';

/** The fields in which answers of one page tell how many there are on all pages. */
const totals = ['totalCounts', 'totalRows', 'totalElements', 'count'];

/** The arguments that lead to another page. */
const pagers = ['offset', 'page', 'pageNo'];

export interface ListCounts {
  /** Such as `20 of 69 events`, for each list. */
  counts: readonly string[];
  /** How to get the rest, where there is more than came. */
  more: readonly string[];
}

/** What came of the lists of an answer. A page is never counted as if it were all. */
export function listCounts({ input }: Tool, answer: Values, leftOut: Readonly<Record<string, number>>): ListCounts {
  const lists = Object.entries(answer).flatMap(([key, value]) =>
    Array.isArray(value) ? [{ name: plainName(key), shown: value.length, isOfRecords: value.every(isRecord) }] : [],
  );
  const told = totals.map((field) => Number(answer[field] ?? Number.NaN)).find(Number.isFinite) ?? 0;
  // Beside the only list of records there may be one of words, such as by what it is sorted.
  const isOnly = lists.filter(({ isOfRecords }) => isOfRecords).length === 1;
  const counted = lists.map(({ name, shown, isOfRecords }) => {
    const onAllPages = isOnly && isOfRecords ? told : 0;
    const all = Math.max(shown + (leftOut[name] ?? 0), onAllPages);
    return { text: all > shown ? `${shown} of ${all} ${name}` : `${shown} ${name}`, isPart: onAllPages > shown };
  });
  const pager = pagers.find((argument) => argument in input.shape);
  const isPart = counted.some((each) => each.isPart);
  return {
    counts: counted.map(({ text }) => text),
    more: isPart && pager !== undefined ? [`The rest is on other pages: ${pager} chooses one.`] : [],
  };
}
