import * as z from 'zod';
import type { ExplainedStatement, ExplainQuestion } from '../../../../inspect/contents/explain/explain.js';
import type { DatabaseConnection } from '../../../../inspect/database-connection.js';
import type { Query } from '../../../../inspect/open-look.js';
import { sanitizeWords } from '../../../../values/sanitize-text.js';
import { fleetAnswer } from '../../answer/answer.js';
import { withoutEmpty } from '../../answer/rows.js';
import type { FleetTool } from '../../fleet-tool.js';
import { instanceArgument } from '../../instance.js';
import { lookTool, type ToldInside, tellInside } from '../answer.js';
import { lookInside } from '../look-inside.js';
import { tellMissing } from './list-statements.js';

/** How the server would run a statement that it has counted, and what is wrong with that. */
export const explainStatementTool: FleetTool = {
  name: 'explain_statement',
  title: 'Explain statement',
  description:
    'Looks inside PostgreSQL: the plan of a statement by the queryId that list_statements tells, and what is wrong ' +
    'with it: a whole table read for few rows, estimates that are off, sorts on disk. The statement is never run. ' +
    'Only where the connection allows it.',
  ...lookTool,
  isRare: true,
  input: z.object({
    instance: instanceArgument,
    queryId: z.string().regex(/^-?\d{1,19}$/),
    values: z
      .array(z.string().max(1_000))
      .max(200)
      .describe('for $1, $2 and so on; left out, the plan is that for any')
      .optional(),
  }),
  async run(input, caller, context) {
    const { instance: text, queryId, values } = input as unknown as Question;
    const { instances } = await context.fleet.find(text);
    const isShown = context.databases.showsStatements;
    const results = await lookInside(
      instances,
      {
        tool: explainStatementTool.name,
        caller,
        what: { explained: queryId },
        work: ({ query }, connection) => shown(query, connection, { question: { queryId, values }, isShown }),
      },
      context,
    );
    const told = await tellInside(results, ({ facts, seen }, { instance }) => {
      if ('extension' in seen) return tellMissing(facts, instance, context.fleet);
      return 'why' in seen ? notExplained(seen.why) : tell(seen);
    });
    return fleetAnswer({
      headline: `The plan of the statement ${queryId}, which was not run.`,
      lines: told.lines,
      data: { inside: told.data },
      notes: told.notes,
    });
  },
};

interface Question extends ExplainQuestion {
  instance: string;
}

/** A plan whose texts may be shown. */
interface ShownPlan extends Omit<ExplainedStatement, 'rawStatement' | 'steps'> {
  text: string;
  steps: readonly string[];
}

/** Reads the plan. What reads it, and the parser of its texts, is loaded with the first look. */
async function shown(
  query: Query,
  { explain, where }: DatabaseConnection,
  { question, isShown }: { question: ExplainQuestion; isShown: boolean },
) {
  const [{ readServerFacts }, { statementText }, { explainStatement }] = await Promise.all([
    import('../../../../inspect/server-facts.js'),
    import('../../../../inspect/statement-text.js'),
    import('../../../../inspect/contents/explain/explain.js'),
  ]);
  const facts = await readServerFacts(query);
  const off = `plans are shown only where the connection says explain: true, which ${where} does not`;
  if (!explain) return { facts, seen: { why: off } };
  const seen = await explainStatement(query, facts, question);
  if ('why' in seen || 'extension' in seen) return { facts, seen };
  const { rawStatement, steps, ...plan } = seen;
  // A condition holds constants as a statement does, and is made safe as the one expression of one.
  const conditionText = async ({ kind, text }: { kind: string; text: string }) => {
    const whole = await statementText(`SELECT ${text}`, { isShown });
    return `${kind}: ${whole.replace(/^SELECT /, '')}`;
  };
  const told: ShownPlan = {
    ...plan,
    text: await statementText(rawStatement, { isShown }),
    steps: await Promise.all(
      steps.map(async (step) => lineOf(step, await Promise.all(step.conditions.map(conditionText)))),
    ),
  };
  return { facts, seen: told };
}

const notExplained = (why: string): ToldInside => ({
  headline: `not explained: ${sanitizeWords(why, 400)}.`,
  lines: [],
  fields: { notSeen: why },
});

const rows = (count: number) => Math.round(count).toLocaleString('en');

function lineOf(step: ExplainedStatement['steps'][number], conditions: readonly string[]): string {
  const { depth, type, schema, relation, index, cost, runs } = step;
  const on = relation === undefined ? '' : ` on ${[schema, relation].filter(Boolean).join('.')}`;
  const by = index === undefined ? '' : ` by ${index}`;
  const times = runs > 1 ? `, about ${rows(runs)} times` : '';
  const facts = [`cost ${rows(cost)}`, `${rows(step.rows)} rows${times}`, ...conditions].join(', ');
  return `${'  '.repeat(depth)}${type}${on}${by}: ${facts}`;
}

function tell({ login, calls, mean, text, isGeneric, steps, findings, trial }: ShownPlan): ToldInside {
  const generic = isGeneric ? 'for any values' : 'for the values given';
  const found = findings.length === 0 ? 'nothing is wrong with it by the rules' : `findings: ${findings.length}`;
  const tried = trial && {
    statement: trial.statement,
    costBefore: Math.round(trial.before),
    costAfter: Math.round(trial.after),
  };
  return {
    headline: `planned ${generic}; ${found}.`,
    lines: [
      `${sanitizeWords(login, 100)} ran it ${calls} times, mean ${Number(mean.toPrecision(3))} ms: ` +
        sanitizeWords(text, 400),
      ...steps.map((step) => `${/^ */.exec(step)?.[0] ?? ''}- ${sanitizeWords(step, 400)}`),
      ...findings.flatMap(({ severity, title, evidence, statement }) => [
        `${severity}: ${title} (${evidence.map(({ field, value }) => `${field}: ${plain(value)}`).join(', ')})`,
        ...(statement === undefined ? [] : [`An owner may run: ${plain(statement)}`]),
      ]),
      ...(tried
        ? [
            `With an index its cost would be ${rows(tried.costAfter)} in place of ${rows(tried.costBefore)}. ` +
              `An owner may run: ${plain(tried.statement)}`,
          ]
        : []),
    ],
    fields: withoutEmpty({
      login,
      calls,
      text,
      isGeneric,
      plan: steps,
      findings: findings.map(({ rule, severity, title, evidence, statement }) =>
        withoutEmpty({ rule, severity, title, evidence, run: statement }),
      ),
      hypotheticalIndex: tried,
    }),
  };
}

const plain = (text: string) => sanitizeWords(text, 300);
