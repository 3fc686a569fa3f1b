import * as z from 'zod';
import { InputError } from '../../call/errors.js';
import { accountNameOf, stateCounts } from '../account.js';
import { type Finding, severities } from '../finding.js';
import { type FleetInstance, states } from '../instance.js';
import {
  accountsMeant,
  deniedField,
  deniedNote,
  failureLines,
  failureNotes,
  findingLine,
  fleetAnswer,
  howManyFit,
  instanceLine,
  instanceWords,
  inventoryOf,
} from './answer.js';
import type { FleetTool } from './fleet-tool.js';

const usualLimit = 15;

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
  input: z.object({
    provider: z.string().min(1).optional(),
    state: z.enum(states).optional(),
    name: z.string().min(1).describe('part of a name').optional(),
    limit: z.int().min(1).max(100).describe('15 when left out').optional(),
    cursor: z.string().min(1).describe('from the answer before').optional(),
  }),
  output: z.object({ total: z.number(), counts: z.unknown(), instances: z.array(z.unknown()) }).loose(),
  async run(input, _caller, { fleet }) {
    const { provider, state, name, limit = usualLimit, cursor } = input as Question;
    const meant = accountsMeant(provider, fleet.accounts);
    const [inventory, findings] = await Promise.all([fleet.inventory(), fleet.attention()]);
    const { instances: all, failures, denied } = inventoryOf(meant, inventory);
    const wanted = name?.toLowerCase();
    const instances = all.filter(
      (instance) =>
        (state === undefined || instance.state === state) &&
        (wanted === undefined || instance.name.toLowerCase().includes(wanted)),
    );
    const reasons = reasonsOf(findings);
    const sorted = instances.toSorted((a, b) => urgency(a, reasons) - urgency(b, reasons) || order(a, b));
    const start = startOf(cursor);
    const entries = sorted.slice(start, start + limit).map((instance) => {
      const found = reasons.get(instance.reference);
      const lines = [instanceLine(instance), ...(found ?? []).map((finding) => `  ${findingLine(finding)}`)];
      return { lines, fields: { ...instance, ...(found && { findings: found }) } };
    });
    // A page ends where the answer is full, so that the next page begins with what was not shown.
    const room = [entries.map(({ fields }) => fields), entries.map(({ lines }) => lines)].map(howManyFit);
    const page = entries.slice(0, Math.min(...room));
    const end = start + page.length;
    const next = end < sorted.length && page.length > 0 ? String(end) : undefined;
    const counts = stateCounts(instances);
    return fleetAnswer({
      headline: `${instances.length} instances: ${words(counts)}.`,
      lines: [...failureLines(failures), ...page.flatMap(({ lines }) => lines)],
      data: {
        total: instances.length,
        counts,
        instances: page.map(({ fields }) => fields),
        ...(failures.length > 0 && { failures }),
        ...deniedField(denied),
        ...(next && { cursor: next }),
      },
      notes: [
        ...failureNotes(failures),
        deniedNote(denied, instanceWords),
        next ? `${sorted.length - end} more: ask again with cursor ${next}.` : undefined,
      ],
    });
  },
};

interface Question {
  provider?: string;
  state?: string;
  name?: string;
  limit?: number;
  cursor?: string;
}

function reasonsOf(findings: readonly Finding[]): Map<string, Finding[]> {
  const reasons = new Map<string, Finding[]>();
  for (const finding of findings) reasons.set(finding.reference, [...(reasons.get(finding.reference) ?? []), finding]);
  return reasons;
}

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

const words = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([key, count]) => `${count} ${key}`)
    .join(', ') || 'none';
