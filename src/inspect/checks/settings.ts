import { duration, minute } from '../../define/finding.js';
import type { DatabaseCheck, Hidden, ServerFacts } from '../check.js';
import type { Row } from '../open-look.js';
import { evidenceOf, limited, objectOf, statementRemedy, textOf } from './reading.js';

/** Settings that have to be on, and what is lost without. */
const vital: Readonly<Record<string, string>> = {
  fsync: 'a crash of the machine can destroy all data',
  full_page_writes: 'a crash of the machine can destroy pages',
  autovacuum: 'tables grow, and in the end the server takes no more writes',
  track_counts: 'autovacuum does not know what to do',
};

const vitalOff: DatabaseCheck = {
  id: 'vital-setting-off',
  topic: 'settings',
  title: 'A setting that keeps the data whole is off',
  meaning: 'Nobody runs a server like this for long. It may have been switched off for an import, and stayed so.',
  thresholds: [{ of: `${Object.keys(vital).join(', ')} off`, source: 'our own' }],
  query: () => ({
    text: `SELECT s.name, s.setting, s.source FROM pg_settings s WHERE s.name = ANY ($1) AND s.setting = 'off'`,
    values: [Object.keys(vital)],
  }),
  judge: (rows) =>
    rows.map((row) => {
      const name = textOf(row, 'name') ?? '';
      return {
        severity: 'critical',
        evidence: evidenceOf({ [name]: 'off', 'set by': textOf(row, 'source'), so: vital[name] }),
        facts: { object: name },
        remedy: { parameter: name, value: 'on', restart: false },
      };
    }),
};

/** What only members of `pg_read_all_settings` are shown. */
function hiddenSettings(_rows: readonly Row[], { role }: ServerFacts): Hidden | undefined {
  if (role.isMonitor) return undefined;
  return { what: 'Some settings are kept from this role.', allow: `GRANT pg_monitor TO ${role.quoted};` };
}

const pendingRestart: DatabaseCheck = {
  id: 'setting-awaits-restart',
  topic: 'settings',
  title: 'A setting was changed and takes effect with the next restart only',
  meaning: 'The server does not run as it is configured: whoever changed it may believe that it does.',
  thresholds: [{ of: 'settings that wait for a restart', source: 'our own' }],
  query: () => ({
    text: `SELECT s.name, s.setting, s.unit FROM pg_settings s WHERE s.pending_restart ORDER BY 1 ${limited}`,
  }),
  judge: (rows) =>
    rows.map((row) => {
      const name = textOf(row, 'name') ?? '';
      return {
        severity: 'warning',
        evidence: evidenceOf({ setting: name, 'runs with': [row['setting'], row['unit']].filter(Boolean).join(' ') }),
        facts: { object: name },
        remedy: { restart: true },
      };
    }),
  hidden: hiddenSettings,
};

const idleTimeout = 10 * minute;

const noIdleTimeout: DatabaseCheck = {
  id: 'no-idle-transaction-timeout',
  topic: 'settings',
  title: 'A session may be idle in its transaction for ever',
  meaning: 'One forgotten transaction keeps its locks, and vacuum from its work, until somebody sees it.',
  thresholds: [{ of: 'idle_in_transaction_session_timeout = 0', source: 'our own' }],
  query: () => ({
    text: `SELECT s.reset_val AS setting FROM pg_settings s WHERE s.name = 'idle_in_transaction_session_timeout'`,
  }),
  judge: ([row]) => {
    const name = 'idle_in_transaction_session_timeout';
    if (textOf(row, 'setting') !== '0') return [];
    const evidence = evidenceOf({ [name]: '0', proposed: duration(idleTimeout) });
    const remedy = { parameter: name, value: String(idleTimeout), unit: 'ms', restart: false };
    return [{ severity: 'notice', evidence, facts: { object: name }, remedy }];
  },
};

const randomPageCost: DatabaseCheck = {
  id: 'random-page-cost',
  topic: 'settings',
  title: 'Plans are made as for a spinning disk',
  meaning: 'Where the storage is of flash, an index is used less often than it should be.',
  thresholds: [{ of: 'random_page_cost of 4, as it is delivered', source: 'pg-extras' }],
  query: () => ({ text: `SELECT s.reset_val AS setting FROM pg_settings s WHERE s.name = 'random_page_cost'` }),
  judge: ([row]) => {
    if (textOf(row, 'setting') !== '4') return [];
    const remedy = { parameter: 'random_page_cost', value: '1.1', restart: false };
    const facts = { object: 'random_page_cost' };
    return [{ severity: 'notice', evidence: evidenceOf({ random_page_cost: '4' }), facts, remedy }];
  },
};

const outdatedExtension: DatabaseCheck = {
  id: 'outdated-extension',
  topic: 'settings',
  title: 'An extension is older in the database than on the server',
  meaning:
    'Its library was exchanged, as by an upgrade of the server, and its functions and views in this database were ' +
    'not. What is new is missing, and faults that were mended may still be there.',
  thresholds: [{ of: 'extensions in another version than the one that the server would install', source: 'our own' }],
  isOfDatabase: true,
  query: () => ({
    text: `SELECT e.name::text AS object, e.installed_version AS installed, e.default_version AS delivered,
        format('ALTER EXTENSION %I UPDATE;', e.name) AS remedy
      FROM pg_available_extensions e
      WHERE e.installed_version <> e.default_version ORDER BY 1 ${limited}`,
  }),
  judge: (rows) =>
    rows.map((row) => ({
      severity: 'notice',
      evidence: evidenceOf({
        extension: textOf(row, 'object'),
        installed: textOf(row, 'installed'),
        'on the server': textOf(row, 'delivered'),
      }),
      facts: objectOf(row),
      ...statementRemedy(row),
    })),
};

export const settingChecks: readonly DatabaseCheck[] = [
  vitalOff,
  pendingRestart,
  noIdleTimeout,
  randomPageCost,
  outdatedExtension,
];
