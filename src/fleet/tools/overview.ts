import * as z from 'zod';
import { InputError } from '../../call/errors.js';
import { severities } from '../../define/finding.js';
import { shownOnBoard } from '../../define/presentation.js';
import { accountNameOf, stateCounts } from '../account.js';
import type { Finding } from '../finding.js';
import { type FleetInstance, states } from '../instance.js';
import { ageOf, ageOutput, freshArgument } from './age.js';
import { accountsMeant, groupBy, pagedAnswer } from './answer/answer.js';
import { deniedNote, gapsOutput, instanceWords, tellGaps } from './answer/gaps.js';
import { instanceLine, instanceRow, rowOutput } from './answer/rows.js';
import type { FleetTool } from './fleet-tool.js';

const usualLimit = 25;

/** What exists, by account and state, with what needs attention first. */
export const fleetOverview: FleetTool = {
  name: 'fleet_overview',
  title: 'Fleet overview',
  description:
    'Lists the PostgreSQL instances of every cloud: counts by provider and state, then instances, those with ' +
    'something wrong first. Their references (nhn:…) are what other fleet tools take. fleet_check examines more.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  ui: shownOnBoard,
  input: z.object({
    provider: z.string().min(1).optional(),
    state: z.enum(states).optional(),
    name: z.string().min(1).describe('part of a name').optional(),
    limit: z.int().min(1).max(100).describe(`${usualLimit} when left out`).optional(),
    cursor: z.string().min(1).describe('from the answer before').optional(),
    fresh: freshArgument,
  }),
  output: z
    .object({
      total: z.number(),
      counts: z.object({}).loose().describe('such as { "nhn available": 5 }').optional(),
      instances: z.array(rowOutput).optional(),
      findings: z
        .array(z.object({ severity: z.string(), title: z.string(), instances: z.array(z.string()) }).loose())
        .optional(),
      cursor: z.string().optional(),
      ...gapsOutput,
      ...ageOutput,
    })
    .loose(),
  async run(input, _caller, { clock, fleet }) {
    const { provider, state, name, limit = usualLimit, cursor, fresh } = input as Question;
    const meant = accountsMeant(provider, fleet.accounts);
    const begun = clock.now();
    if (fresh) await fleet.renew(meant);
    const [inventory, findings] = await Promise.all([fleet.inventory('minute', meant), fleet.attention(meant)]);
    const { instances: all, failures, denied = [] } = inventory;
    const age = ageOf(meant, begun, { fleet, clock });
    const wanted = name?.toLowerCase();
    const instances = all.filter(
      (instance) =>
        (state === undefined || instance.state === state) &&
        (wanted === undefined || instance.name.toLowerCase().includes(wanted)),
    );
    const reasons = groupBy(findings, ({ reference }) => reference);
    const sorted = instances.toSorted((a, b) => urgency(a, reasons) - urgency(b, reasons) || order(a, b));
    const start = startOf(cursor);
    const entries = sorted.slice(start, start + limit).map((instance) => {
      const found = reasons.get(instance.reference) ?? [];
      return { found, line: lineOf(instance, found), row: instanceRow(instance) };
    });
    const counts = stateCounts(instances);
    const counted = Object.entries(counts).map(([key, count]) => `${count} ${key}`);
    const gaps = tellGaps({ failures, denied }, ({ reference }) => reference);
    return pagedAnswer(limit, (most) => {
      const page = entries.slice(0, most);
      const end = start + page.length;
      const next = end < sorted.length && page.length > 0 ? String(end) : undefined;
      const found = page.flatMap((entry) => entry.found);
      return {
        headline: `${instances.length} instances: ${counted.join(', ') || 'none'}.`,
        lines: [...gaps.lines, ...page.map(({ line }) => line)],
        data: {
          total: instances.length,
          counts,
          instances: page.map(({ row }) => row),
          findings: kindsOf(found),
          ...gaps.fields,
          ...age.field,
          cursor: next,
        },
        notes: [age.note, ...meanings(found), ...gaps.notes, deniedNote(denied, instanceWords), furtherNote],
        more: next && `${sorted.length - end} more: ask again with cursor ${next}.`,
      };
    });
  },
};

interface Question {
  provider?: string;
  state?: string;
  name?: string;
  limit?: number;
  cursor?: string;
  fresh?: boolean;
}

/** Writes a line such as `nhn staging [nhn:f01e2746…]: stopped (SHUTDOWN). warning: The instance is stopped`. */
function lineOf(instance: FleetInstance, found: readonly Finding[]): string {
  const wrong = found.map(({ severity, title }) => `${severity}: ${title}`).join('; ');
  return `${instanceLine(instance)}${wrong && `. ${wrong}`}`;
}

/** What each kind of finding means, once for any number of them. */
const meanings = (findings: readonly Finding[]): string[] =>
  [...new Map(findings.map(({ title, meaning }) => [title, meaning]))].map(
    ([title, meaning]) => `${title}: ${meaning}`,
  );

const furtherNote = 'fleet_check examines all of them, and fleet_diagnose_instance one with its group.';

/** What is wrong, each kind once with the instances that have it. */
const kindsOf = (findings: readonly Finding[]) =>
  [...groupBy(findings, ({ severity, title }) => `${severity} ${title}`).values()].map((kind) => ({
    severity: kind[0]?.severity,
    title: kind[0]?.title,
    instances: kind.map(({ reference }) => reference),
  }));

/** The worst comes first, and healthy instances last. */
const urgency = ({ reference }: FleetInstance, reasons: ReadonlyMap<string, Finding[]>): number =>
  Math.min(severities.length, ...(reasons.get(reference) ?? []).map(({ severity }) => severities.indexOf(severity)));

const order = (a: FleetInstance, b: FleetInstance): number =>
  accountNameOf(a).localeCompare(accountNameOf(b)) ||
  a.name.localeCompare(b.name) ||
  a.reference.localeCompare(b.reference);

function startOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^[1-9]\d{0,5}$/.test(cursor)) return Number(cursor);
  throw new InputError(['cursor: take it from the answer before, or leave it out.']);
}
