import type { Evidence, Severity } from '../define/finding.js';
import type { Remedy, Step } from './adapter.js';
import type { Fact, Observations } from './instance.js';

export const topics = ['backups', 'exposure', 'capacity', 'lifecycle', 'availability'] as const;
export type Topic = (typeof topics)[number];

/** One deterministic rule: a small declared fact with its threshold. */
export interface Rule {
  /** The id, such as `storage-nearly-full`. */
  id: string;
  topic: Topic;
  /** What it looks at, and its remedies need, beside what the list tells. */
  reads: readonly Fact[];
  title: string;
  /** What it means for the person on duty, in one or two sentences. */
  meaning: string;
  /** The possible remedies, the best first. The first one that the provider has is the next step. */
  remedies: readonly Remedy[];
  /** Rules that say less about the same problem. Their findings are left out when this rule finds something. */
  explains?: readonly string[];
  /** Undefined when all is well, or when the data for the check is absent. */
  check(seen: Observations): { severity: Severity; evidence: readonly Evidence[] } | undefined;
}

export interface Finding {
  rule: string;
  topic: Topic;
  severity: Severity;
  reference: string;
  name: string;
  title: string;
  evidence: readonly Evidence[];
  meaning: string;
  /** The call that helps. */
  next?: Step;
  /** What has to be done in the provider's console, because the provider has no operation for it. */
  notByApi?: string;
}
