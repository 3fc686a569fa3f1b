export type { FoundKind } from './by-kind.js';
export * from './operation-search.js';
export * from './search-index.js';
