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
