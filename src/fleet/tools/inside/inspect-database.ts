import * as z from 'zod';
import {
  type DatabaseFinding,
  type Hidden,
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
import type { FleetInstance } from '../../instance.js';
import { fleetAnswer, groupBy } from '../answer/answer.js';
import { withoutEmpty } from '../answer/rows.js';
import type { FleetTool, FleetToolContext } from '../fleet-tool.js';
import { instanceArgument } from '../instance.js';
import { lookTool, type ToldInside, tellInside } from './answer.js';
import { type HelpByRemedy, helpFields, helpIn, helpText } from './help.js';
import { type LookQuestion, type LookResult, type LookTools, lookInside } from './look-inside.js';

/** Checks what PostgreSQL itself says, with its own connection. */
export const inspectDatabase: FleetTool = {
  name: 'inspect_database',
  title: 'Inspect database',
  description:
    'Looks inside PostgreSQL and checks what the cloud cannot see: sessions, locks, replication, vacuum, storage, ' +
    'indexes, statements, settings, security. Findings with evidence and what helps, the worst first, and what could ' +
    'not be seen. For why it is slow, what blocks, what fills the disk.',
  ...lookTool,
  input: z.object({
    instance: instanceArgument,
    topics: z.array(z.enum(inspectTopics)).min(1).describe('all when left out').optional(),
  }),
  async run(input, caller, context) {
    const { instance: text, topics } = input as unknown as { instance: string; topics?: InspectTopic[] };
    const { instances } = await context.fleet.find(text);
    const question = { tool: inspectDatabase.name, caller, what: { checks: topics ?? 'all' } };
    const results = await inspectInside(instances, { ...question, topics }, context);
    const told = await tellInside(results, tellInspected);
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
interface Checked {
  facts: Pick<ServerFacts, 'version' | 'isStandby' | 'database' | 'role' | 'startedAt'>;
  report: LookReport;
  /** What the server runs with, of the settings that a remedy is about. */
  running: Readonly<Record<string, string>>;
}

/** The same with what helps. */
export interface Inspected extends Checked {
  help: HelpByRemedy;
}

export interface InspectQuestion extends Omit<LookQuestion<Checked>, 'work'> {
  /** All when left out. */
  topics?: readonly InspectTopic[];
}

/** Makes the checks inside each instance, and prepares the calls that help. Throws as `lookInside` does. */
export async function inspectInside(
  instances: readonly FleetInstance[],
  { topics, ...question }: InspectQuestion,
  context: FleetToolContext,
): Promise<readonly LookResult<Inspected>[]> {
  const { fleet } = context;
  const results = await lookInside(instances, { ...question, work: checksIn(context, topics) }, context);
  return Promise.all(
    results.map(async (result) => {
      if ('why' in result) return result;
      const { report, facts, running } = result.seen;
      const help = await helpIn(report, { instance: result.instance, database: facts.database, running }, fleet);
      return { ...result, seen: { ...result.seen, help } };
    }),
  );
}

/** The work of a look that makes the checks, all when no topics are named. */
export const checksIn =
  ({ clock, databases }: Pick<LookTools, 'clock' | 'databases'>, topics?: readonly InspectTopic[]) =>
  ({ query }: Pick<DatabaseLook, 'query'>, _: unknown, until: number): Promise<Checked> =>
    checked(query, { topics, now: clock.now, isShown: databases.showsStatements, until });

/** Makes the checks. They, and the parser of statements, are loaded with the first look. */
async function checked(query: Query, { isShown, ...options }: InspectOptions): Promise<Checked> {
  const [{ runChecks }, { readServerFacts }, { statementText }] = await Promise.all([
    import('../../../inspect/run-checks.js'),
    import('../../../inspect/server-facts.js'),
    import('../../../inspect/statement-text.js'),
  ]);
  const facts = await readServerFacts(query);
  const showStatement = (text: string) => statementText(text, { isShown });
  const { version, isStandby, database, role, startedAt } = facts;
  const report = await runChecks(query, facts, { ...options, showStatement });
  const remedies = report.findings.flatMap(({ faults }) => faults.flatMap(({ remedy }) => remedy ?? []));
  const parameters = remedies.flatMap((remedy) => ('parameter' in remedy ? remedy.parameter : []));
  const running = Object.fromEntries(parameters.map((name) => [name, facts.settings.get(name) ?? '']));
  return { facts: { version, isStandby, database, role, startedAt }, report, running };
}

function headlineOf(reports: readonly LookReport[]): string {
  if (reports.length === 0) return 'Nothing could be seen inside.';
  const findings = reports.flatMap((report) => report.findings);
  const isWhole = reports.every(isWholeReport);
  if (findings.length === 0) return `Nothing found to be wrong inside${isWhole ? '' : ' in what could be seen'}.`;
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings, the worst first`;
  return `${count}${isWhole ? '.' : '; not all could be seen.'}`;
}

/** Whether all was seen that there are checks for. */
export const isWholeReport = ({ notSeen, elsewhere, cut }: LookReport): boolean =>
  notSeen.length === 0 && !elsewhere && !cut;

export function tellInspected({ facts, report, help }: Inspected): ToldInside {
  const { version, isStandby, database, role } = facts;
  const { findings, notSeen, elsewhere, checked, cut } = report;
  return {
    headline:
      `PostgreSQL ${sanitizeWords(version)}, ${isStandby ? 'a standby' : 'no standby'}, database ` +
      `${sanitizeWords(database)}, seen as ${sanitizeWords(role.name)}: ${checked.length} checks.`,
    lines: [
      ...findings.flatMap((finding) => findingLines(finding, help)),
      ...notSeenLines(notSeen, help),
      ...(elsewhere ? [`not seen: ${hiddenText(elsewhere)}`] : []),
      ...(cut ? [`not checked: ${cut.checks.join(', ')}. ${sanitizeWords(cut.why, 300)}`] : []),
    ],
    fields: withoutEmpty({
      version,
      isStandby,
      database,
      role: role.name,
      checked: checked.length,
      findings: findings.map((finding) => findingFields(finding, help)),
      notSeen: notSeenFields(notSeen, help),
      elsewhere,
      notChecked: cut && { checks: cut.checks, why: cut.why },
    }),
  };
}

const evidenceOf = ({ evidence, statement }: ShownFault): string =>
  [
    ...evidence.map(({ field, value }) => `${sanitizeWords(field)} ${sanitizeWords(value, 300)}`),
    ...(statement === undefined ? [] : [`statement ${sanitizeWords(statement, 400)}`]),
  ].join(', ');

/** What helps, where anything is known to. */
const helpOf = ({ remedy }: Pick<ShownFault, 'remedy'>, help: HelpByRemedy) => (remedy && help.get(remedy)) ?? {};

function findingLines({ severity, topic, title, meaning, faults, more }: DatabaseFinding, help: HelpByRemedy) {
  return [
    `${severity} (${topic}): ${title}. ${meaning}`,
    ...faults.map((fault) => `- ${evidenceOf(fault)}.${helpText(helpOf(fault, help))}`),
    ...(more > 0 ? [`- and ${more} more like these.`] : []),
  ];
}

function findingFields({ severity, check, topic, title, faults, more }: DatabaseFinding, help: HelpByRemedy): Values {
  return withoutEmpty({
    severity,
    topic,
    check,
    title,
    faults: faults.map((fault) => withoutEmpty({ evidence: evidenceOf(fault), ...helpFields(helpOf(fault, help)) })),
    more: more > 0 ? more : undefined,
  });
}

/** Checks that lack the same are told together. */
const alike = (notSeen: readonly NotSeen[]): NotSeen[][] => [
  ...groupBy(notSeen, ({ what, allow, remedy }) => JSON.stringify([what, allow, remedy])).values(),
];

const nothing: Hidden = { what: '' };

function hiddenText({ what, allow }: Hidden): string {
  const by = allow === undefined ? '' : ` It can be seen with: ${sanitizeWords(allow, 300)}`;
  return `${sanitizeWords(what, 300)}${by}`;
}

const notSeenLines = (notSeen: readonly NotSeen[], help: HelpByRemedy): string[] =>
  alike(notSeen).map((each) => {
    const [first = nothing] = each;
    const checks = each.map(({ check }) => check).join(', ');
    return `not seen (${checks}): ${hiddenText(first)}${helpText(helpOf(first, help))}`;
  });

const notSeenFields = (notSeen: readonly NotSeen[], help: HelpByRemedy): Values[] =>
  alike(notSeen).map((each) => ({
    checks: each.map(({ check }) => check),
    what: each[0]?.what,
    ...(each[0]?.allow !== undefined && { allow: each[0].allow }),
    ...helpFields(helpOf(each[0] ?? {}, help)),
  }));
