import { quoteText } from '../../values/sanitize-text.js';

/** What a name, or a reference, in the arguments of a call turned out to mean. */
export interface ResolvedName {
  /** The argument, as a path with the place in each list: `dbSecurityGroupIds[1]`. */
  at: string;
  /** As the caller gave it. */
  given: string;
  /** The id, as the provider's own lists have it. */
  id: string | number;
  /** What else bears the same as a name, where something does. */
  besides?: string;
}

/** A line of an answer that says what the names in a call turned out to mean. None where there were none. */
export const namedLine = (names: readonly ResolvedName[]): string[] =>
  names.length > 0 ? [`Named: ${names.map(resolvedText).join(', ')}.`] : [];

/** `orders-primary → 71384a6d-…`, for people, plans and the audit record. */
export const resolvedText = ({ given, id, besides }: ResolvedName): string =>
  `${quoteText(given)} → ${quoteText(String(id))}${besides === undefined ? '' : ` (${besides})`}`;
