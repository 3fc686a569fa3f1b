import type { Values } from '../../../values/values.js';

/** Where in a file an entry belongs, and the entry. */
export interface Wanted {
  /** The keys of the object, or of the list, that holds the entry. */
  at: readonly string[];
  name: string;
  entry: Values;
  /** What a new file has to hold beside it. */
  beside?: Values;
}

/** What a file would be with an entry in it. */
export type Edit =
  /** The entry is there already. */
  | { kind: 'same' }
  /** The file with the entry in it. `before` is what stands there now under the same name. */
  | { kind: 'changed'; text: string; before?: unknown }
  /** The file cannot be changed without a risk to what else stands in it. */
  | { kind: 'closed'; reason: string };

/** Puts an entry into the text of a file, and leaves all else in it as it is. A file that is not there is empty. */
export type EditText = (text: string, wanted: Wanted) => Edit;
