import * as z from 'zod';
import { jsonText } from '../../../call/answer/json-text.js';
import {
  type DatabaseFinding,
  type DatabaseRemedy,
  type InspectTopic,
  inspectTopics,
  type LookReport,
  type NotSeen,
  type ServerFacts,
  type ShownFault,
} from '../../../inspect/check.js';
import type { DatabaseLook, Query } from '../../../inspect/open-look.js';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import { type Values } from '../../../values/values.js';
import type { Step } from '../../adapter.js';
import type { FleetInstance } from '../../instance.js';
import { fleetAnswer, groupBy } from '../answer/answer.js';
import { withoutEmpty } from '../answer/rows.js';
import type { FleetTool, FleetToolContext } from '../fleet-tool.js';
import { instanceArgument } from '../instance.js';
import { type ToldInside, tellInside } from './answer.js';
import { inspectScope, lookInside } from './look-inside.js';

/** Checks what PostgreSQL itself says, with its own connection. */
export const inspectDatabase: FleetTool = {
  name: 'inspect_database',
  title: 'Inspect database',
  description:
    'Looks inside PostgreSQL and checks what the cloud cannot see: sessions, locks, replication, vacuum, storage, ' +
    'indexes, statements, settings, security. Findings with evidence and what helps, the worst first, and what could ' +
    'not be seen. For why it is slow, what blocks, what fills the disk.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  group: 'inspect',
  scope: inspectScope,
  input: z.object({
    instance: instanceArgument,
    topics: z.array(z.enum(inspectTopics)).min(1).describe('all when left out').optional(),
  }),
  output: z.object({ inside: z.array(z.object({ instance: z.string() }).loose()) }).loose(),
  async run(input, caller, context) {
    const { instance: text, topics } = input as unknown as { instance: string; topics?: InspectTopic[] };
    const { instances } = await context.fleet.find(text);
    const results = await lookInside(
      instances,
      {
        tool: inspectDatabase.name,
        caller,
        what: { checks: topics ?? 'all' },
        work: inspectedWith(context, topics),
      },
      context,
    );
    const told = tellInside(results, (seen, { instance }) => tellInspected(seen, instance));
    return fleetAnswer({
      headline: headlineOf(results.flatMap((result) => ('seen' in result ? [result.seen.report] : []))),
      lines: told.lines,
      data: { inside: told.data },
      notes: told.notes,
    });
  },
};

interface InspectOptions {
  topics?: readonly InspectTopic[];
  until: number;
  now: () => number;
  /** Whether texts of statements are shown, without their constants. */
  isShown: boolean;
}

/** What the checks found in one database. */
export interface Inspected {
  facts: Pick<ServerFacts, 'version' | 'isStandby' | 'database' | 'role' | 'startedAt'>;
  report: LookReport;
}

/** Makes the checks in a look. */
export const inspectedWith =
  ({ clock, databases }: Pick<FleetToolContext, 'clock' | 'databases'>, topics?: readonly InspectTopic[]) =>
  ({ query }: Pick<DatabaseLook, 'query'>, _: unknown, until: number): Promise<Inspected> =>
    inspected(query, { topics, until, now: clock.now, isShown: databases.showsStatements });

/** Makes the checks. They, and the parser of statements, are loaded with the first look. */
async function inspected(query: Query, { isShown, ...options }: InspectOptions): Promise<Inspected> {
  const [{ runChecks }, { readServerFacts }, { statementText }] = await Promise.all([
    import('../../../inspect/run-checks.js'),
    import('../../../inspect/server-facts.js'),
    import('../../../inspect/statement-text.js'),
  ]);
  const facts = await readServerFacts(query);
  const showStatement = (text: string) => statementText(text, { isShown });
  const { version, isStandby, database, role, startedAt } = facts;
  const report = await runChecks(query, facts, { ...options, showStatement });
  return { facts: { version, isStandby, database, role, startedAt }, report };
}

function headlineOf(reports: readonly LookReport[]): string {
  if (reports.length === 0) return 'Nothing could be seen inside.';
  const findings = reports.flatMap((report) => report.findings);
  const isWhole = reports.every(({ notSeen, cut }) => notSeen.length === 0 && !cut);
  if (findings.length === 0) return `Nothing found to be wrong inside${isWhole ? '' : ' in what could be seen'}.`;
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings, the worst first`;
  return `${count}${isWhole ? '.' : '; not all could be seen.'}`;
}

export function tellInspected({ facts, report }: Inspected, instance: FleetInstance): ToldInside {
  const { version, isStandby, database, role } = facts;
  const { findings, notSeen, checked, cut } = report;
  return {
    headline:
      `PostgreSQL ${sanitizeWords(version)}, ${isStandby ? 'a standby' : 'no standby'}, database ` +
      `${sanitizeWords(database)}, seen as ${sanitizeWords(role.name)}: ${checked.length} checks.`,
    lines: [
      ...findings.flatMap((finding) => findingLines(finding, instance)),
      ...notSeenLines(notSeen),
      ...(cut ? [`not checked: ${cut.checks.join(', ')}. ${sanitizeWords(cut.why, 300)}`] : []),
    ],
    fields: withoutEmpty({
      version,
      isStandby,
      database,
      role: role.name,
      checked: checked.length,
      findings: findings.map((finding) => findingFields(finding, instance)),
      notSeen: notSeenFields(notSeen),
      notChecked: cut && { checks: cut.checks, why: cut.why },
    }),
  };
}

const evidenceOf = ({ evidence, statement }: ShownFault): string =>
  [
    ...evidence.map(({ field, value }) => `${sanitizeWords(field)} ${sanitizeWords(value, 300)}`),
    ...(statement === undefined ? [] : [`statement ${sanitizeWords(statement, 400)}`]),
  ].join(', ');

function findingLines({ severity, topic, title, meaning, faults, more }: DatabaseFinding, instance: FleetInstance) {
  return [
    `${severity} (${topic}): ${title}. ${meaning}`,
    ...faults.map((fault) => `- ${evidenceOf(fault)}.${helpText(fault.remedy, instance)}`),
    ...(more > 0 ? [`- and ${more} more like these.`] : []),
  ];
}

function helpText(remedy: DatabaseRemedy | undefined, instance: FleetInstance): string {
  const { next, run } = helpOf(remedy, instance);
  if (next) return ` Next: ${next.tool} ${jsonText(next.arguments)}`;
  return run === undefined ? '' : ` An owner may run: ${sanitizeWords(run, 500)}`;
}

function findingFields(
  { severity, check, topic, title, faults, more }: DatabaseFinding,
  instance: FleetInstance,
): Values {
  return withoutEmpty({
    severity,
    topic,
    check,
    title,
    faults: faults.map((fault) => withoutEmpty({ evidence: evidenceOf(fault), ...helpOf(fault.remedy, instance) })),
    more: more > 0 ? more : undefined,
  });
}

/** What helps: a call, or a text for an owner. Parameters and extensions are changed through the provider. */
export function helpOf(
  remedy: DatabaseRemedy | undefined,
  { reference }: FleetInstance,
): { next?: Step; run?: string } {
  if (!remedy) return {};
  if ('statement' in remedy) return { run: remedy.statement };
  if ('endSession' in remedy)
    return { next: { tool: 'end_session', arguments: { instance: reference, ...remedy.endSession } } };
  const want =
    'parameter' in remedy
      ? `change the parameter ${remedy.parameter}${remedy.value === undefined ? '' : ` to ${remedy.value}`}`
      : `install the extension ${remedy.extension}`;
  return { next: { tool: 'find_operation', arguments: { want, instance: reference } } };
}

/** Checks that lack the same right are told on one line. */
const notSeenLines = (notSeen: readonly NotSeen[]): string[] =>
  [...groupBy(notSeen, ({ what, allow }) => JSON.stringify([what, allow])).values()].map((alike) => {
    const [first] = alike;
    const by = first?.allow === undefined ? '' : ` It can be seen with: ${sanitizeWords(first.allow, 300)}`;
    return `not seen (${alike.map(({ check }) => check).join(', ')}): ${sanitizeWords(first?.what ?? '', 300)}${by}`;
  });

const notSeenFields = (notSeen: readonly NotSeen[]): Values[] =>
  [...groupBy(notSeen, ({ what, allow }) => JSON.stringify([what, allow])).values()].map((alike) => ({
    checks: alike.map(({ check }) => check),
    what: alike[0]?.what,
    ...(alike[0]?.allow !== undefined && { allow: alike[0].allow }),
  }));
