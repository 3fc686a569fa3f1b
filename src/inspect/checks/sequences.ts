import { gradeOf, rounded } from '../../define/finding.js';
import type { DatabaseCheck, Threshold } from '../check.js';
import { evidenceOf, limited, numberOf, objectOf, statementRemedy, textOf } from './reading.js';

const usedPercent: Threshold = {
  of: 'percent of its values that a sequence has given',
  warning: 85,
  critical: 95,
  source: 'check_postgres',
};

/** The greatest value of the integer types that can end. */
const greatest = `CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 END`;

const sequenceUsedUp: DatabaseCheck = {
  id: 'sequence-used-up',
  topic: 'storage',
  title: 'A sequence, or the column that it fills, comes to its end',
  meaning:
    'At the end each insert fails. A wider type rewrites the table under a lock that stops reads, so do it in a ' +
    'window, or through a new column.',
  thresholds: [usedPercent],
  isOfDatabase: true,
  // What a role may not read has no last value, as a sequence that was never used: so the right itself is asked.
  query: () => ({
    text: `SELECT c.oid::regclass::text AS object, s.last_value AS used, k.column,
        least(s.max_value, k.most) AS "limit", NOT has_sequence_privilege(c.oid, 'SELECT, USAGE') AS "isHidden",
        count(*) FILTER (WHERE NOT has_sequence_privilege(c.oid, 'SELECT, USAGE')) OVER () AS hidden,
        (SELECT string_agg(DISTINCT quote_ident(h.schemaname), ', ') FROM pg_sequences h
          WHERE NOT has_sequence_privilege(quote_ident(h.schemaname) || '.' || quote_ident(h.sequencename),
            'SELECT, USAGE')) AS schemas,
        coalesce(k.remedy, 'ALTER SEQUENCE ' || c.oid::regclass::text || ' AS bigint MAXVALUE 9223372036854775807;')
          AS remedy
      FROM pg_sequences s
        JOIN pg_namespace n ON n.nspname = s.schemaname
        JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.sequencename
        LEFT JOIN LATERAL (
          SELECT min(${greatest}) AS most, min(a.attrelid::regclass::text || '.' || quote_ident(a.attname)) AS column,
            min(CASE WHEN ${greatest} IS NOT NULL THEN 'ALTER TABLE ' || a.attrelid::regclass::text
              || ' ALTER COLUMN ' || quote_ident(a.attname) || ' TYPE bigint;' END) AS remedy
          FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass
            AND d.deptype IN ('a', 'i')) k ON true
      WHERE NOT s.cycle AND s.increment_by > 0
      ORDER BY s.last_value / least(s.max_value, k.most)::numeric DESC NULLS LAST ${limited}`,
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
    if (count === 0) return undefined;
    const one = rows.find((row) => row['isHidden'] === true);
    const which =
      count === 1 && one
        ? `SEQUENCE ${textOf(one, 'object')}`
        : `ALL SEQUENCES IN SCHEMA ${textOf(rows[0], 'schemas')}`;
    return { what: `How far ${count} sequences are is hidden.`, allow: `GRANT SELECT ON ${which} TO ${role.quoted};` };
  },
};

export const sequenceChecks: readonly DatabaseCheck[] = [sequenceUsedUp];
