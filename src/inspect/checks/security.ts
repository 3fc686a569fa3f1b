import type { DatabaseCheck } from '../check.js';
import { isOfExtension, ownSchemas } from './objects.js';
import { evidenceOf, limited, numberOf, textOf } from './reading.js';
import { hiddenSessions } from './sessions.js';

const powerfulLogins: DatabaseCheck = {
  id: 'powerful-login',
  topic: 'security',
  title: 'A login stands above the rights that are granted',
  meaning:
    'A superuser may do anything, on the server as well; BYPASSRLS reads past the policies of rows. Whoever learns ' +
    'its password may too. Applications need neither.',
  thresholds: [{ of: 'superusers that can log in, but the first one, and logins with BYPASSRLS', source: 'our own' }],
  query: () => ({
    text: `SELECT r.rolname::text AS login, r.rolsuper AS "isSuperuser",
        format('ALTER ROLE %I %s;', r.rolname, CASE WHEN r.rolsuper THEN 'NOSUPERUSER' ELSE 'NOBYPASSRLS' END) AS remedy
      FROM pg_roles r
      WHERE r.rolcanlogin AND (r.rolsuper OR r.rolbypassrls) AND r.oid <> 10
      ORDER BY r.rolsuper DESC, r.rolname ${limited}`,
  }),
  judge: (rows) =>
    rows.map((row) => ({
      severity: row['isSuperuser'] === true ? 'warning' : 'notice',
      evidence: evidenceOf({ login: textOf(row, 'login'), is: row['isSuperuser'] ? 'superuser' : 'BYPASSRLS' }),
      facts: { login: textOf(row, 'login') },
      remedy: { statement: textOf(row, 'remedy') ?? '' },
    })),
};

const publicCreate: DatabaseCheck = {
  id: 'everybody-may-create',
  topic: 'security',
  title: 'Every role may create objects in a schema',
  meaning:
    'A function or table there can stand in for the one that a statement of somebody else means, and then runs with ' +
    'their rights (CVE-2018-1058). Before version 15 this was so from the beginning.',
  thresholds: [{ of: 'schemas where PUBLIC may create', source: 'splinter' }],
  isOfDatabase: true,
  query: () => ({
    text: `SELECT n.nspname::text AS schema, format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC;', n.nspname) AS remedy
      FROM pg_namespace n
      WHERE has_schema_privilege('public', n.oid, 'create') AND ${ownSchemas}
      ORDER BY 1 ${limited}`,
  }),
  judge: (rows) =>
    rows.map((row) => ({
      severity: 'warning',
      evidence: evidenceOf({ schema: textOf(row, 'schema') }),
      facts: { object: textOf(row, 'schema') },
      remedy: { statement: textOf(row, 'remedy') ?? '' },
    })),
};

const definerWithoutPath: DatabaseCheck = {
  id: 'definer-without-path',
  topic: 'security',
  title: 'A function runs as its owner, but looks up names as its caller wants',
  meaning:
    'Its caller chooses with search_path which tables and functions the names in it mean, and so what is done with ' +
    'the rights of its owner.',
  thresholds: [{ of: 'SECURITY DEFINER routines without a search_path of their own', source: 'splinter 0011' }],
  isOfDatabase: true,
  query: () => ({
    text: `SELECT p.oid::regprocedure::text AS routine,
        has_function_privilege('public', p.oid, 'execute') AS "isPublic",
        format('ALTER ROUTINE %s SET search_path = pg_catalog, %I, pg_temp;', p.oid::regprocedure, n.nspname) AS remedy
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.prosecdef AND ${ownSchemas} AND NOT ${isOfExtension('pg_proc', 'p.oid')}
        AND NOT EXISTS (SELECT 1 FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%')
      ORDER BY 2 DESC, 1 ${limited}`,
  }),
  judge: (rows) =>
    rows.map((row) => {
      const isPublic = row['isPublic'] === true;
      return {
        severity: isPublic ? 'warning' : 'notice',
        evidence: evidenceOf({
          routine: textOf(row, 'routine'),
          'may be called by': isPublic ? 'every role' : 'those it was granted to',
        }),
        facts: { object: textOf(row, 'routine') },
        remedy: { statement: textOf(row, 'remedy') ?? '' },
      };
    }),
};

const plainSessions: DatabaseCheck = {
  id: 'unencrypted-sessions',
  topic: 'security',
  title: 'Sessions from other machines are not encrypted',
  meaning: 'Statements, rows and, with some ways to log in, the password can be read on the network between.',
  thresholds: [{ of: 'client sessions without TLS that come from another machine', source: 'our own' }],
  query: () => ({
    text: `SELECT a.usename::text AS login, count(*) AS sessions, min(host(a.client_addr)) AS address,
        (SELECT count(*) FROM pg_stat_activity h
          WHERE h.datid IS NOT NULL AND h.backend_type IS NULL AND h.pid <> pg_backend_pid()) AS hidden
      FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)
      WHERE NOT s.ssl AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
        AND NOT a.client_addr <<= '127.0.0.0/8' AND a.client_addr <> '::1'
      GROUP BY a.usename ORDER BY 2 DESC ${limited}`,
  }),
  judge: (rows, { settings }) =>
    rows.map((row) => ({
      severity: 'warning',
      evidence: evidenceOf({
        login: textOf(row, 'login'),
        sessions: textOf(row, 'sessions'),
        'one is from': textOf(row, 'address'),
      }),
      facts: { login: textOf(row, 'login'), used: numberOf(row, 'sessions') },
      ...(settings.get('ssl') === 'off' && { remedy: { parameter: 'ssl', value: 'on', restart: false } }),
    })),
  hidden: hiddenSessions,
};

const weakPasswords: DatabaseCheck = {
  id: 'weak-password-hashes',
  topic: 'security',
  title: 'New passwords are kept as MD5',
  meaning:
    'Such a hash is enough to log in, and is guessed quickly. After the change each password has to be set anew, and ' +
    'old drivers may not know SCRAM.',
  thresholds: [{ of: 'password_encryption other than scram-sha-256', source: 'our own' }],
  query: () => ({ text: `SELECT current_setting('password_encryption') AS kept` }),
  judge: ([row]) => {
    const kept = textOf(row, 'kept');
    if (kept === undefined || kept === 'scram-sha-256') return [];
    const remedy = { parameter: 'password_encryption', value: 'scram-sha-256', restart: false };
    const facts = { object: 'password_encryption' };
    return [{ severity: 'notice', evidence: evidenceOf({ password_encryption: kept }), facts, remedy }];
  },
};

export const securityChecks: readonly DatabaseCheck[] = [
  powerfulLogins,
  publicCreate,
  definerWithoutPath,
  plainSessions,
  weakPasswords,
];
