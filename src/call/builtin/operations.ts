import type { Risk } from '../../define/index.js';

/** What is known of an operation of a provider before its declaration is loaded. */
export interface OperationFacts {
  provider: string;
  title: string;
  risk: Risk;
}

/** The operations of the configured accounts by name. */
export type Operations = ReadonlyMap<string, OperationFacts>;
