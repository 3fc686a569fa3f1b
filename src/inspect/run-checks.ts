import { severities } from '../define/finding.js';
import {
  type DatabaseCheck,
  type DatabaseFinding,
  type Fault,
  type Hidden,
  type InspectTopic,
  type LookReport,
  mostLookedAt,
  type NotSeen,
  rowsAsked,
  type ServerFacts,
  type ShownFault,
} from './check.js';
import { checks } from './checks/index.js';
import { LookError } from './look-error.js';
import type { Query, Row } from './open-look.js';

export interface CheckOptions {
  /** Left out, all. */
  topics?: readonly InspectTopic[];
  /** Until when to begin another check, as epoch milliseconds of `now`. */
  until: number;
  now: () => number;
  /** Makes the text of a statement safe to show. */
  showStatement: (text: string) => Promise<string>;
}

/** Faults of one check that a report holds. */
const faultsShown = 10;

/** Makes the checks one after the other. None ends the look, but for the end of the connection or of the time. */
export async function runChecks(query: Query, facts: ServerFacts, options: CheckOptions): Promise<LookReport> {
  const { topics, until, now, showStatement } = options;
  const wanted = checks.filter((check) => topics?.includes(check.topic) ?? true).filter(concerns(facts));
  const findings: DatabaseFinding[] = [];
  const notSeen: NotSeen[] = [];
  const checked: string[] = [];
  const others = wanted.some(({ isOfDatabase }) => isOfDatabase) ? otherDatabases(facts) : undefined;
  const report = (cut?: LookReport['cut']) => ({
    findings: sorted(findings),
    notSeen,
    ...(others && { elsewhere: others }),
    checked,
    ...(cut && { cut }),
  });
  for (const [index, check] of wanted.entries()) {
    const left = () => wanted.slice(index).map(({ id }) => id);
    if (now() >= until) return report({ checks: left(), why: 'The time of this look was over.' });
    const seen = await outcomeOf(check, query, facts);
    if ('ended' in seen) return report({ checks: left(), why: seen.ended });
    notSeen.push(...seen.notSeen.map((hidden) => ({ check: check.id, topic: check.topic, ...hidden })));
    if (!seen.faults) continue;
    checked.push(check.id);
    if (seen.faults.length > 0) findings.push(await findingOf(check, seen.faults, showStatement));
  }
  return report();
}

const concerns =
  ({ isStandby, major }: ServerFacts) =>
  ({ only, from = 0 }: DatabaseCheck) =>
    major >= from && (only === undefined || (only === 'standby') === isStandby);

type Outcome = { ended: string } | { faults?: readonly Fault[]; notSeen: readonly Hidden[] };

async function outcomeOf(check: DatabaseCheck, query: Query, facts: ServerFacts): Promise<Outcome> {
  const { extension } = check;
  if (extension !== undefined && !facts.extensions.has(extension))
    return { notSeen: [{ what: `The extension ${extension} is not in this database.`, remedy: { extension } }] };
  let rows: readonly Row[];
  try {
    rows = await query(check.query(facts));
  } catch (error) {
    if (!(error instanceof LookError)) throw error;
    return error.isFinal
      ? { ended: error.message }
      : { notSeen: [{ what: error.message, ...grantFor(error, check, facts) }] };
  }
  const seen = rows.slice(0, rowsAsked);
  const notSeen = [check.hidden?.(seen, facts), furtherThan(rows), someOf(check, facts)];
  return { faults: check.judge(seen, facts), notSeen: notSeen.filter((hidden) => hidden !== undefined) };
}

function otherDatabases({ otherDatabases: count, database }: ServerFacts): Hidden | undefined {
  if (count === 0) return undefined;
  const others = count === 1 ? 'another database' : `${count} other databases`;
  return { what: `What is in ${others} is not seen from ${database}.`, allow: 'a connection to that database' };
}

function someOf({ bounded }: DatabaseCheck, { hasMany }: ServerFacts): Hidden | undefined {
  if (bounded === undefined || !hasMany[bounded]) return undefined;
  const which = { tables: 'largest tables', sequences: 'oldest sequences' }[bounded];
  const most = mostLookedAt[bounded].toLocaleString('en');
  return { what: `There are very many, so that only the ${most} ${which} were looked at.` };
}

const furtherThan = (rows: readonly Row[]): Hidden | undefined =>
  rows.length > rowsAsked ? { what: `There is more than the ${rowsAsked} rows that were looked at.` } : undefined;

/** SQLSTATE of a right that is missing. */
const insufficientPrivilege = '42501';

function grantFor({ code }: LookError, { extension = '' }: DatabaseCheck, { role, extensions }: ServerFacts) {
  if (code !== insufficientPrivilege) return {};
  if (!role.isMonitor) return { allow: `GRANT pg_monitor TO ${role.quoted};` };
  const home = extensions.get(extension);
  return home ? { allow: `GRANT USAGE ON SCHEMA ${home.schema} TO ${role.quoted};` } : {};
}

async function findingOf(
  { id, topic, title, meaning, thresholds }: DatabaseCheck,
  faults: readonly Fault[],
  showStatement: CheckOptions['showStatement'],
): Promise<DatabaseFinding> {
  const worst = faults.toSorted(bySeverity);
  const shown: ShownFault[] = [];
  for (const { rawStatement, ...fault } of worst.slice(0, faultsShown))
    shown.push(rawStatement === undefined ? fault : { ...fault, statement: await showStatement(rawStatement) });
  const severity = worst[0]?.severity ?? 'notice';
  return { check: id, topic, severity, title, meaning, thresholds, faults: shown, more: worst.length - shown.length };
}

const bySeverity = (one: { severity: Fault['severity'] }, other: { severity: Fault['severity'] }) =>
  severities.indexOf(one.severity) - severities.indexOf(other.severity);

const sorted = (findings: readonly DatabaseFinding[]) => findings.toSorted(bySeverity);
