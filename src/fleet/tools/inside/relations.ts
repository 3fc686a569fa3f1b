import * as z from 'zod';
import { day, duration, rounded } from '../../../define/finding.js';
import type { ServerFacts } from '../../../inspect/check.js';
import { bytesText } from '../../../inspect/checks/reading.js';
import {
  type Relation,
  type RelationIndex,
  type RelationsPage,
  readRelations,
  relationOrders,
  type SeenRelations,
} from '../../../inspect/contents/relations.js';
import type { Query } from '../../../inspect/open-look.js';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import { type Values } from '../../../values/values.js';
import { fleetAnswer } from '../answer/answer.js';
import { withoutEmpty } from '../answer/rows.js';
import type { FleetTool } from '../fleet-tool.js';
import { instanceArgument } from '../instance.js';
import { lookTool, type ToldInside, tellInside } from './answer.js';
import { lookInside } from './look-inside.js';
import { type ListedRow, pageOf } from './page.js';

const usualLimit = 20;
/** On a line. The fields have all. */
const indexesShown = 6;

/** How large the tables are, what is dead in them, and whether their indexes are used. */
export const listRelations: FleetTool = {
  name: 'list_relations',
  title: 'List relations',
  description:
    'Looks inside PostgreSQL: the tables of one database with size, estimated bloat, dead rows, last vacuum and ' +
    'analyse, sequential scans, and each index with its size and use. By schema and part of a name.',
  ...lookTool,
  isRare: true,
  input: z.object({
    instance: instanceArgument,
    schema: z.string().min(1).max(63).describe('its whole name').optional(),
    name: z.string().min(1).max(63).describe('part of the name of a table').optional(),
    by: z.enum(relationOrders).describe('size, dead rows, or rows scanned; size when left out').optional(),
    offset: z.int().min(0).max(1_000_000).describe('tables to pass over').optional(),
    limit: z.int().min(1).max(100).optional(),
  }),
  async run(input, caller, context) {
    const { instance: text, ...asked } = input as unknown as Question;
    const { instances } = await context.fleet.find(text);
    const page = { by: 'size', offset: 0, limit: usualLimit, ...asked } as const;
    const results = await lookInside(
      instances,
      { tool: listRelations.name, caller, what: { relations: page.by }, work: ({ query }) => seenIn(query, page) },
      context,
    );
    const lists = results.flatMap((result) =>
      'seen' in result ? [{ rows: rowsOf(result.seen.seen, result.seen.facts), count: result.seen.seen.count }] : [],
    );
    const { shown, more } = pageOf(lists, page);
    const told = await tellInside(results, ({ facts, seen }) => tell(seen, rowsOf(seen, facts).slice(0, shown), facts));
    return fleetAnswer({
      headline: `Tables, ${orderWords[page.by]} first.`,
      lines: told.lines,
      data: { inside: told.data },
      notes: told.notes,
      more,
    });
  },
};

interface Question extends Partial<RelationsPage> {
  instance: string;
}

async function seenIn(query: Query, page: RelationsPage) {
  const { readServerFacts } = await import('../../../inspect/server-facts.js');
  const facts = await readServerFacts(query);
  return { facts, seen: await readRelations(query, facts, page) };
}

const orderWords: Readonly<Record<RelationsPage['by'], string>> = {
  size: 'the largest',
  dead: 'those with the most dead rows',
  scanned: 'those of which the most rows were scanned without an index',
};

const rowsOf = ({ relations }: SeenRelations, facts: ServerFacts): ListedRow[] =>
  relations.map((relation) => ({ line: lineOf(relation, facts), fields: fieldsOf(relation, facts) }));

function tell(seen: SeenRelations, rows: readonly ListedRow[], facts: ServerFacts): ToldInside {
  const notSeen = notSeenIn(seen, facts);
  return {
    headline: `${seen.count} tables in the database ${sanitizeWords(facts.database)}.`,
    lines: [...notSeen.map((line) => `not seen: ${sanitizeWords(line, 400)}`), ...rows.map(({ line }) => line)],
    fields: withoutEmpty({
      database: facts.database,
      total: seen.count,
      relations: rows.map(({ fields }) => fields),
      notSeen: notSeen.join(' '),
    }),
  };
}

/** What the numbers do not say. Nothing of it may look like health. */
function notSeenIn({ relations, isOfCatalogue }: SeenRelations, { role, isStandby, ...facts }: ServerFacts): string[] {
  const without = (why: string) =>
    relations.filter(({ bloat }) => bloat && 'unknown' in bloat && bloat.unknown === why);
  const [hidden, unanalysed] = [without('hidden'), without('never analysed')];
  const [first] = hidden;
  const locked = relations.filter(({ isLocked }) => isLocked);
  return [
    isStandby && 'dead rows, vacuum and analyse, which are counted on the primary alone.',
    first &&
      `bloat of ${hidden.length} tables, which takes the right to read them. An owner may allow it for each: ` +
        `GRANT SELECT ON ${first.name} TO ${role.quoted};`,
    unanalysed.length > 0 && `bloat of ${unanalysed.length} tables that were never analysed.`,
    relations.some(({ bloat }) => bloat && 'bytes' in bloat) &&
      'bloat of indexes and of long values; that of tables is estimated from their statistics.',
    isOfCatalogue && 'sizes of now: to measure them took too long, so they are those of the last vacuum or analysis.',
    locked.length > 0 && `sizes of now of ${locked.length} tables that are locked: theirs are of the last vacuum.`,
    facts.otherDatabases > 0 && `tables of ${facts.otherDatabases} other databases of this server.`,
  ].filter((line) => typeof line === 'string');
}

const ago = (time: number | undefined, { now }: ServerFacts): string | undefined =>
  time === undefined ? undefined : `${duration(Math.max(0, now - time))} ago`;

function fieldsOf(relation: Relation, facts: ServerFacts): Values {
  const { name, isMaterializedView, isLocked, bytes, bloat, liveRows, deadRows, indexes } = relation;
  return withoutEmpty({
    name,
    isMaterializedView: isMaterializedView || undefined,
    isLocked: isLocked || undefined,
    bytes,
    bloatBytes: bloat && 'bytes' in bloat ? bloat.bytes : undefined,
    bloat: bloat && 'unknown' in bloat ? `not seen: ${bloat.unknown}` : undefined,
    liveRows,
    deadRows,
    vacuumed: ago(relation.vacuumed, facts),
    analysed: ago(relation.analysed, facts),
    sequentialScans: relation.sequentialScans,
    scannedRows: relation.scannedRows,
    indexes: indexes.map(({ isUnique, isValid, isPartial, lastScan, ...index }) =>
      withoutEmpty({
        ...index,
        lastScan: ago(lastScan, facts),
        isUnique: isUnique || undefined,
        isPartial: isPartial || undefined,
        isInvalid: !isValid || undefined,
      }),
    ),
  });
}

function lineOf(relation: Relation, facts: ServerFacts): string {
  const { name, isMaterializedView, isLocked, bytes, bloat, liveRows, deadRows, indexes } = relation;
  const parts = [
    `${bytesText(bytes)}${isLocked ? ' at its last vacuum (locked now)' : ''}`,
    isMaterializedView && 'materialized view',
    `${liveRows} rows, ${deadRows} dead`,
    bloat && 'bytes' in bloat && `about ${bytesText(bloat.bytes)} (${rounded(bloat.percent, '%')}) empty`,
    `vacuumed ${ago(relation.vacuumed, facts) ?? 'never as far as counted'}`,
    `analysed ${ago(relation.analysed, facts) ?? 'never as far as counted'}`,
    relation.sequentialScans > 0 && `${relation.sequentialScans} sequential scans of ${relation.scannedRows} rows`,
  ].filter((part) => typeof part === 'string');
  const shown = indexes.slice(0, indexesShown).map((index) => indexText(index, facts));
  const rest = indexes.length > shown.length ? [`${indexes.length - shown.length} more`] : [];
  const used = indexes.length === 0 ? 'no index' : `indexes: ${[...shown, ...rest].join('; ')}`;
  return `- ${sanitizeWords(name, 140)}: ${parts.join(', ')}. ${used}.`;
}

function indexText({ name, columns, bytes, scans, lastScan, ...index }: RelationIndex, facts: ServerFacts): string {
  const kinds = [index.isUnique && 'unique', index.isPartial && 'partial', !index.isValid && 'NOT VALID'];
  const isOld = lastScan !== undefined && facts.now - lastScan > day;
  return [
    sanitizeWords(`${name} (${columns.join(', ')})`, 160),
    ...kinds.filter((kind) => kind !== false),
    bytesText(bytes),
    `${scans} scans${isOld ? `, the last ${ago(lastScan, facts)}` : ''}`,
  ].join(' ');
}
