import { duration, gradeOf, minute, rounded } from '../../define/finding.js';
import type { DatabaseCheck, Threshold } from '../check.js';
import { statementsExtension, statementsViewOf } from '../statements-view.js';
import { evidenceOf, numberOf, textOf, timeOf } from './reading.js';

const shareOfTime: Threshold = {
  of: 'percent of the time of all statements, where these take a twentieth of a processor at least',
  warning: 33,
  source: 'pg-extras; the twentieth is our own',
};

const leastLoad = 0.05;

const topStatement: DatabaseCheck = {
  id: 'top-statement',
  topic: 'statements',
  title: 'One statement takes much of the time of all',
  meaning: 'To make this one faster, or rarer, helps more than anything else that is done for speed.',
  thresholds: [shareOfTime],
  extension: statementsExtension,
  query: (facts) => {
    const view = statementsViewOf(facts);
    if (!view) throw new Error('It is asked only where the extension is.');
    const { name, total, mean, info } = view;
    const reset = `(SELECT i.stats_reset FROM ${info} i)`;
    const dropped = `(SELECT i.dealloc FROM ${info} i)`;
    return {
      text: `SELECT s.queryid::text AS "queryId", pg_get_userbyid(s.userid)::text AS login, d.datname::text AS database,
          s.calls, s.${mean} AS mean, s.${total} AS total, sum(s.${total}) OVER () AS "ofAll",
          left(s.query, 10000) AS query,
          s.queryid IS NULL AS "isHidden", ${info ? reset : 'NULL::timestamptz'} AS since,
          ${info ? dropped : 'NULL::bigint'} AS dropped
        FROM ${name} s LEFT JOIN pg_database d ON d.oid = s.dbid
        ORDER BY s.${total} DESC LIMIT 3`,
    };
  },
  judge: (rows, { now, countedSince }) =>
    rows.flatMap((row) => {
      const [total = 0, ofAll = 0, mean = 0] = [numberOf(row, 'total'), numberOf(row, 'ofAll'), numberOf(row, 'mean')];
      const percent = (100 * total) / ofAll;
      const since = timeOf(row, 'since') ?? countedSince;
      const severity = gradeOf(percent, shareOfTime);
      if (!severity || ofAll < leastLoad * Math.max(now - since, minute)) return [];
      const evidence = evidenceOf({
        'of all time': rounded(percent, '%'),
        calls: textOf(row, 'calls'),
        mean: rounded(mean, 'ms'),
        'counted for': duration(now - since),
        'query id': textOf(row, 'queryId'),
        login: textOf(row, 'login'),
        database: textOf(row, 'database'),
      });
      const facts = { percent, since, seconds: total / 1_000, object: textOf(row, 'queryId') };
      const rawStatement = row['isHidden'] === true ? undefined : textOf(row, 'query');
      return [{ severity, evidence, facts, ...(rawStatement !== undefined && { rawStatement }) }];
    }),
  hidden(rows, { role }) {
    if (!role.isMonitor)
      return { what: 'The statements of other roles are hidden.', allow: `GRANT pg_monitor TO ${role.quoted};` };
    const dropped = numberOf(rows[0], 'dropped') ?? 0;
    if (dropped === 0) return undefined;
    return { what: `The rarest statements were dropped ${dropped} times, since there are more than are counted.` };
  },
};

export const statementChecks: readonly DatabaseCheck[] = [topStatement];
