import { gradeOf, rounded } from '../../define/finding.js';
import type { DatabaseCheck, Threshold } from '../check.js';
import { evidenceOf, limited, numberOf, objectOf, statementRemedy, textOf } from './reading.js';

const million = 1_000_000;

const unfrozen: Threshold = {
  of: 'transactions that are not frozen, of about 2.1 billion',
  warning: 500 * million,
  critical: 1_300 * million,
  source: 'guidance of Amazon RDS; critical is the warning of check_postgres',
};

const ageText = (age: number) => `${rounded(age / million, 'million')} (${rounded(age / 21_474_836, '%')})`;

const databaseWraparound: DatabaseCheck = {
  id: 'wraparound-of-database',
  topic: 'vacuum',
  title: 'A database comes near the wraparound of transaction ids',
  meaning:
    'At the end PostgreSQL takes no more changes until it is vacuumed. Find what holds back vacuum, and vacuum the ' +
    'oldest tables first.',
  thresholds: [unfrozen],
  query: () => ({
    text: `SELECT d.datname::text AS object, age(d.datfrozenxid) AS transactions, mxid_age(d.datminmxid) AS multixacts
      FROM pg_database d ORDER BY greatest(age(d.datfrozenxid), mxid_age(d.datminmxid)) DESC ${limited}`,
  }),
  judge: (rows) =>
    rows.flatMap((row) => {
      const transactions = numberOf(row, 'transactions') ?? 0;
      const multixacts = numberOf(row, 'multixacts') ?? 0;
      const xminAge = Math.max(transactions, multixacts);
      const severity = gradeOf(xminAge, unfrozen);
      if (!severity) return [];
      const evidence = evidenceOf({
        database: textOf(row, 'object'),
        'transactions not frozen': ageText(transactions),
        'multixacts not frozen': multixacts > transactions ? ageText(multixacts) : undefined,
      });
      return [{ severity, evidence, facts: { ...objectOf(row), xminAge } }];
    }),
};

const tableWraparound: DatabaseCheck = {
  id: 'wraparound-of-table',
  topic: 'vacuum',
  title: 'A table has transactions that were not frozen for long',
  meaning: 'The oldest table decides for its database. Autovacuum does not get to it, is off, or is held back.',
  thresholds: [unfrozen],
  isOfDatabase: true,
  query: () => ({
    text: `SELECT coalesce(o.oid, c.oid)::regclass::text AS object, age(c.relfrozenxid) AS transactions,
        'VACUUM (FREEZE) ' || coalesce(o.oid, c.oid)::regclass::text || ';' AS remedy
      FROM pg_class c LEFT JOIN pg_class o ON o.reltoastrelid = c.oid
      WHERE c.relkind IN ('r', 't', 'm') AND age(c.relfrozenxid) >= ${unfrozen.warning}
      ORDER BY 2 DESC ${limited}`,
  }),
  judge: (rows) =>
    rows.flatMap((row) => {
      const xminAge = numberOf(row, 'transactions');
      const severity = gradeOf(xminAge, unfrozen);
      if (xminAge === undefined || !severity) return [];
      const evidence = evidenceOf({ table: textOf(row, 'object'), 'transactions not frozen': ageText(xminAge) });
      return [{ severity, evidence, facts: { ...objectOf(row), xminAge }, ...statementRemedy(row) }];
    }),
};

const heldBack: Threshold = {
  of: 'transactions since the oldest one that is still needed',
  warning: 10 * million,
  critical: 500 * million,
  source: 'our own; critical is guidance of Amazon RDS',
};

const vacuumHeldBack: DatabaseCheck = {
  id: 'vacuum-held-back',
  topic: 'vacuum',
  title: 'Something holds back vacuum',
  meaning: 'No row that was deleted since can be removed, in any table of its database, until it ends or is dropped.',
  thresholds: [heldBack],
  query: () => ({
    text: `SELECT * FROM (
        SELECT 'session' AS kind, a.pid::text AS object, a.pid, age(a.backend_xmin) AS age
          FROM pg_stat_activity a WHERE a.backend_type = 'client backend'
        UNION ALL SELECT 'standby with hot_standby_feedback', r.application_name, r.pid, age(r.backend_xmin)
          FROM pg_stat_replication r
        UNION ALL SELECT 'replication slot', s.slot_name::text, NULL, greatest(age(s.xmin), age(s.catalog_xmin))
          FROM pg_replication_slots s
        UNION ALL SELECT 'prepared transaction', p.gid, NULL, age(p.transaction) FROM pg_prepared_xacts p) h
      WHERE h.age IS NOT NULL ORDER BY h.age DESC ${limited}`,
  }),
  judge: (rows) =>
    rows.flatMap((row) => {
      const xminAge = numberOf(row, 'age');
      const severity = gradeOf(xminAge, heldBack);
      if (xminAge === undefined || !severity) return [];
      const pid = numberOf(row, 'pid');
      const evidence = evidenceOf({
        'held back by': `${textOf(row, 'kind')} ${textOf(row, 'object')}`,
        'for transactions': ageText(xminAge),
      });
      return [{ severity, evidence, facts: { ...objectOf(row), xminAge, ...(pid !== undefined && { pid }) } }];
    }),
  hidden: (_, { role }) =>
    role.isMonitor
      ? undefined
      : {
          what: 'What sessions of others and standbys hold back is hidden.',
          allow: `GRANT pg_monitor TO ${role.quoted};`,
        },
};

export const transactionIdChecks: readonly DatabaseCheck[] = [databaseWraparound, tableWraparound, vacuumHeldBack];
