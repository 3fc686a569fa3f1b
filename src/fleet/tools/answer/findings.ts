import * as z from 'zod';
import { jsonText } from '../../../call/answer/json-text.js';
import { type Evidence, severities } from '../../../define/finding.js';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import { type Values } from '../../../values/values.js';
import { type Finding, topics } from '../../finding.js';
import { groupBy } from './answer.js';

/** How findings are told: with evidence alone, or each with the call that helps as well. */
export type Telling = 'briefly' | 'in detail';

export interface FindingsOptions {
  /** The short name of the instance at a reference. */
  labelAt: (reference: string) => string;
  telling: Telling;
}

/** A finding of the fleet, or of inside a database, whose topics are others. */
export interface FoundAnywhere extends Omit<Finding, 'topic'> {
  /** How many there are of its kind, where one stands for several. */
  count?: number;
}

/** Findings in two forms: as fields, and as the lines that say the same. */
export interface ToldFindings {
  lines: readonly string[];
  fields: readonly Values[];
}

export const findingsOutput = z.array(
  z
    .object({
      severity: z.string(),
      rule: z.string(),
      title: z.string(),
      instances: z.array(
        z
          .object({
            instance: z.string(),
            evidence: z.string(),
            notByApi: z.string().optional(),
            next: z.object({ tool: z.string() }).loose().optional(),
          })
          .loose(),
      ),
    })
    .loose(),
);

/** The worst come first. */
export const bySeverity = (a: FoundAnywhere, b: FoundAnywhere): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) || a.rule.localeCompare(b.rule);

/** The worst come first, and those of one kind stand together. */
export const worstFirst = (a: Finding, b: Finding): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  topics.indexOf(a.topic) - topics.indexOf(b.topic) ||
  a.rule.localeCompare(b.rule) ||
  a.name.localeCompare(b.name) ||
  a.reference.localeCompare(b.reference);

/** Findings by kind, each kind once with the instances that it was found in. */
export function tellFindings(findings: readonly FoundAnywhere[], options: FindingsOptions): ToldFindings {
  const kinds = groupBy(findings, ({ severity, rule }) => `${severity} ${rule}`);
  return {
    lines: [...kinds.values()].flatMap((kind) => linesOf(kind, options)),
    fields: [...kinds.values()].map((kind) => fieldsOf(kind, options)),
  };
}

function linesOf(kind: readonly FoundAnywhere[], { labelAt, telling }: FindingsOptions): string[] {
  const heading = kind.slice(0, 1).map(({ severity, title, meaning }) => `${severity}: ${title}. ${meaning}`);
  const members = kind.map(({ reference, evidence, next, notByApi }) => {
    const seen = `- ${sanitizeWords(labelAt(reference))}: ${evidenceText(evidence).replace(/\.?$/, '.')}`;
    if (telling === 'briefly') return seen;
    const byHand = notByApi ? ` Not by API: ${notByApi} in the provider's console.` : '';
    return `${seen}${byHand}${next ? ` Next: ${next.tool} ${jsonText(next.arguments)}` : ''}`;
  });
  return [...heading, ...members];
}

function fieldsOf(kind: readonly FoundAnywhere[], { labelAt, telling }: FindingsOptions): Values {
  const [first] = kind;
  const inDetail = telling === 'in detail';
  const members = kind.map(({ reference, evidence, count, next, notByApi }) => ({
    instance: labelAt(reference),
    evidence: evidenceText(evidence),
    ...(count !== undefined && { count }),
    ...(inDetail && notByApi && { notByApi }),
    ...(inDetail && next && { next }),
  }));
  return {
    severity: first?.severity,
    rule: first?.rule,
    title: first?.title,
    instances: members,
  };
}

/** Writes evidence such as `STORAGE_USAGE 92.9 %, full by the trend 2026-12-03`. */
const evidenceText = (evidence: readonly Evidence[]): string =>
  evidence.map(({ field, value }) => `${sanitizeWords(field)} ${sanitizeWords(value, 200)}`).join(', ');
