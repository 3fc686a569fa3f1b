import type { OperationSearch } from '../../../define/search/index.js';

/** An operation as the catalogue lists it. */
export interface DescribedOperation {
  name: string;
  title: string;
  description: string;
  inputSchema: { properties?: Readonly<Record<string, unknown>>; required?: readonly string[] };
  provider: string;
  group: string;
  risk: string;
}

/** Everything that can be found: operations, and the runbooks for situations. */
export interface OperationCatalogue {
  operations: ReadonlyMap<string, DescribedOperation>;
  search: () => Promise<OperationSearch>;
  runbooks: () => Promise<readonly string[]>;
  /** The text of a runbook with these values in it. Undefined when there is none of the name. */
  runbook: (name: string, values: Readonly<Record<string, string>>) => Promise<string | undefined>;
}

/** Words each operation so that those that cannot be called are spoken of by their titles. */
export function offeredWords(isOffered: (name: string) => boolean, { operations }: OperationCatalogue) {
  const word = (name: string): string => {
    const other = operations.get(name);
    return other && !isOffered(name) ? `${other.title} (not offered here)` : name;
  };
  const worded = (text: string): string => text.replace(/(?<!\w)[a-z]+(?:_[a-z0-9]+)+(?!\w)/g, word);
  return (operation: DescribedOperation): DescribedOperation => ({
    ...operation,
    description: worded(operation.description),
    inputSchema: JSON.parse(worded(JSON.stringify(operation.inputSchema))) as DescribedOperation['inputSchema'],
  });
}
