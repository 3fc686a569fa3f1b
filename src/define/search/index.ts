export * from './operation-search.js';
export * from './search-index.js';
