import { gradeOf, rounded } from '../../define/finding.js';
import { type DatabaseCheck, mostLookedAt, type Threshold } from '../check.js';
import { lockedRelations } from './objects.js';
import { evidenceOf, limited, numberOf, objectOf, statementRemedy, textOf } from './reading.js';

const usedPercent: Threshold = {
  of: 'percent of its values that a sequence has given',
  warning: 85,
  critical: 95,
  source: 'check_postgres',
};

const smallest = 32_767;

/** The greatest value of the integer types that can end. */
const greatest = `CASE a.atttypid WHEN 'int2'::regtype THEN ${smallest} WHEN 'int4'::regtype THEN 2147483647 END`;

const sequenceUsedUp: DatabaseCheck = {
  id: 'sequence-used-up',
  topic: 'storage',
  title: 'A sequence, or the column that it fills, comes to its end',
  meaning:
    'At the end each insert fails. A wider type rewrites the table under a lock that stops reads, so do it in a ' +
    'window, or through a new column.',
  thresholds: [usedPercent],
  isOfDatabase: true,
  bounded: 'sequences',
  // What a role may not read has no last value, as a sequence that was never used: so the right itself is asked. The
  // columns are looked for only of those that could be at the end of the smallest type.
  query: () => ({
    text: `WITH ${lockedRelations},
      asked AS (
        SELECT s.seqrelid AS oid, s.seqmax, has_sequence_privilege(s.seqrelid, 'SELECT, USAGE') AS "isReadable"
        FROM (SELECT q.* FROM pg_sequence q ORDER BY q.seqrelid LIMIT ${mostLookedAt.sequences}) s
          CROSS JOIN LATERAL (SELECT c.relpersistence FROM pg_class c WHERE c.oid = s.seqrelid OFFSET 0) c
        WHERE NOT s.seqcycle AND s.seqincrement > 0
          AND (c.relpersistence = 'p' OR c.relpersistence = 'u' AND NOT pg_is_in_recovery())),
      read AS (
        SELECT a.oid, a.seqmax, a."isReadable",
          CASE WHEN a."isReadable" AND a.oid NOT IN (SELECT k.oid FROM locked k)
            THEN pg_sequence_last_value(a.oid) END AS used
        FROM asked a),
      hidden AS (
        SELECT count(*) AS count, string_agg(DISTINCT quote_ident(n.nspname), ', ') AS schemas
        FROM asked a JOIN pg_class c ON c.oid = a.oid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT a."isReadable")
      SELECT r.oid::regclass::text AS object, r.used, k.column, least(r.seqmax, k.most) AS "limit",
        NOT r."isReadable" AS "isHidden", h.count AS hidden, h.schemas,
        (SELECT count(*) FROM asked a WHERE a."isReadable" AND a.oid IN (SELECT l.oid FROM locked l)) AS locked,
        coalesce(k.remedy, 'ALTER SEQUENCE ' || r.oid::regclass::text || ' AS bigint MAXVALUE 9223372036854775807;')
          AS remedy
      FROM hidden h LEFT JOIN read r ON NOT r."isReadable" AND h.count = 1
          OR r.used >= ${(usedPercent.warning ?? 100) / 100} * least(r.seqmax, ${smallest})
        LEFT JOIN LATERAL (
          SELECT min(${greatest}) AS most, min(a.attrelid::regclass::text || '.' || quote_ident(a.attname)) AS column,
            min(CASE WHEN ${greatest} IS NOT NULL THEN 'ALTER TABLE ' || a.attrelid::regclass::text
              || ' ALTER COLUMN ' || quote_ident(a.attname) || ' TYPE bigint;' END) AS remedy
          FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
          WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
            AND d.deptype IN ('a', 'i')) k ON true
      ORDER BY r.used / least(r.seqmax, k.most)::numeric DESC NULLS LAST ${limited}`,
  }),
  judge: (rows) =>
    rows.flatMap((row) => {
      const used = numberOf(row, 'used');
      const limit = numberOf(row, 'limit');
      if (used === undefined || limit === undefined) return [];
      const percent = (100 * used) / limit;
      const severity = gradeOf(percent, usedPercent);
      if (!severity) return [];
      const evidence = evidenceOf({
        sequence: textOf(row, 'object'),
        column: textOf(row, 'column'),
        given: `${used} of ${limit} (${rounded(percent, '%')})`,
      });
      return [{ severity, evidence, facts: { ...objectOf(row), used, limit, percent }, ...statementRemedy(row) }];
    }),
  hidden(rows, { role }) {
    const count = numberOf(rows[0], 'hidden') ?? 0;
    const locked = numberOf(rows[0], 'locked') ?? 0;
    if (count === 0) return locked === 0 ? undefined : { what: `What ${lockedWords(locked)} locked was not asked.` };
    const one = rows.find((row) => row['isHidden'] === true);
    const which =
      count === 1 && one
        ? `SEQUENCE ${textOf(one, 'object')}`
        : `ALL SEQUENCES IN SCHEMA ${textOf(rows[0], 'schemas')}`;
    return { what: `How far ${count} sequences are is hidden.`, allow: `GRANT SELECT ON ${which} TO ${role.quoted};` };
  },
};

const lockedWords = (count: number) =>
  count === 1 ? 'a sequence has given that is' : `${count} sequences have given that are`;

export const sequenceChecks: readonly DatabaseCheck[] = [sequenceUsedUp];
