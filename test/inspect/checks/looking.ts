import type pg from 'pg';
import type { InspectTopic, LookReport, ServerFacts } from '../../../src/inspect/check.js';
import { openLook } from '../../../src/inspect/open-look.js';
import { runChecks } from '../../../src/inspect/run-checks.js';
import { readServerFacts } from '../../../src/inspect/server-facts.js';
import { statementText } from '../../../src/inspect/statement-text.js';
import type { TestRole, TestServer } from '../../support/services/postgres.js';

export interface LookingOptions {
  role?: TestRole;
  database?: string;
  topics?: readonly InspectTopic[];
  /** What the checks are told of the server in place of what it says. */
  facts?: Partial<ServerFacts>;
}

/** One look at a real server, as a tool makes it. */
export async function lookInto(server: TestServer, options: LookingOptions = {}): Promise<LookReport> {
  const { role = 'monitor', database = 'postgres', topics, facts } = options;
  const { port, password } = server;
  const target = {
    host: '127.0.0.1',
    port,
    user: role,
    password,
    database,
    tls: 'off',
    allowPowerfulRole: false,
  } as const;
  const until = Date.now() + 60_000;
  const look = await openLook(target, { until, clock: { now: Date.now } });
  try {
    const known = { ...(await readServerFacts(look.query)), ...facts };
    return await runChecks(look.query, known, {
      topics,
      until,
      now: Date.now,
      showStatement: (text) => statementText(text, { isShown: true }),
    });
  } finally {
    look.close();
  }
}

/** The faults of one check, as `field: value` of each, or nothing. */
export function faultsOf({ findings }: LookReport, check: string): string[] {
  const finding = findings.find((each) => each.check === check);
  return (finding?.faults ?? []).map(({ severity, evidence }) =>
    [severity, ...evidence.map(({ field, value }) => `${field}: ${value}`)].join(', '),
  );
}

export const remediesOf = ({ findings }: LookReport, check: string) =>
  findings.find((each) => each.check === check)?.faults.map(({ remedy }) => remedy) ?? [];

/** What was not seen, as a sentence with what would let it. */
export const notSeenOf = ({ notSeen }: LookReport, check: string): string[] =>
  notSeen.filter((each) => each.check === check).map(({ what, allow }) => [what, allow].filter(Boolean).join(' '));

export async function pidOf(session: pg.Client): Promise<number> {
  const { rows } = await session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}
