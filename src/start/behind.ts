import { randomBytes } from 'node:crypto';
import { observer } from '../observe/observer.js';
import { startTracing } from '../observe/tracing.js';
import type { ToolEntry } from '../server/catalog.js';
import { inMemory } from '../store/memory.js';
import type { Behind } from './prepare.js';

/** What one process needs that serves one person. */
export function behindAlone(catalog: readonly ToolEntry[]): Behind {
  return {
    store: inMemory(Date.now),
    key: randomBytes(32),
    observer: observer({ tracing: startTracing(), providerOf: providersOf(catalog), now: Date.now }),
  };
}

export const providersOf = (catalog: readonly ToolEntry[]): ReadonlyMap<string, string> =>
  new Map(catalog.map(({ name, provider }) => [name, provider]));
