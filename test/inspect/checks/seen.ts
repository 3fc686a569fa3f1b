import { day } from '../../../src/define/finding.js';
import type { ServerFacts } from '../../../src/inspect/check.js';

export const now = Date.parse('2026-11-28T00:00:00Z');

/** A server that was started ten days ago and counts since then, seen by a role with pg_monitor. */
export const factsOf = (changes: Partial<ServerFacts> = {}): ServerFacts => ({
  major: 15,
  version: '15.18',
  isStandby: false,
  database: 'orders',
  role: { name: 'monitor', quoted: 'monitor', isMonitor: true, canSignal: false },
  now,
  startedAt: now - 10 * day,
  countedSince: now - 10 * day,
  hasMany: { tables: false, sequences: false },
  otherDatabases: 0,
  settings: new Map(),
  extensions: new Map(),
  ...changes,
});
