import type { ReadFacts } from '../../../src/define/index.js';

export const reads: ReadFacts = { given: {}, found: {} };
