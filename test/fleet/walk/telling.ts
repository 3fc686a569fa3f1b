import { accountOf, idOf } from '../../../src/fleet/reference.js';
import { rules } from '../../../src/fleet/rules/index.js';
import type { Connection, Result } from '../../support/connect.js';

export interface Instance {
  reference: string;
  provider: string;
  name: string;
  state: string;
  findings?: { severity: string; title: string }[];
}

export interface Found {
  rule: string;
  severity: string;
  topic: string | undefined;
  /** What tools take for the instance: `nhn:orders-primary`, or its reference. */
  instance: string;
  name: string;
  evidence: string;
  next?: { tool: string; arguments: Record<string, unknown> };
  notByApi?: string;
}

export interface Happened {
  time: string;
  provider: string;
  kind: string;
  category: string;
  instance?: string;
  name?: string;
  text: string;
  by?: string;
}

type Rows = Record<string, unknown>[];
const rowsAt = ({ data }: Pick<Result, 'data'>, list: string): Rows => (data[list] ?? []) as Rows;

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** Rows of instances, with what goes without saying in them. */
export const instancesOf = (answer: Pick<Result, 'data'>, list = 'instances'): Instance[] =>
  rowsAt(answer, list).map((row) => ({
    ...row,
    reference: String(row['reference']),
    provider: textOr(row['provider'], accountOf(String(row['reference']))),
    name: String(row['name']),
    state: textOr(row['state'], 'available'),
    ...findingsAbout(answer, String(row['reference'])),
  }));

function findingsAbout(answer: Pick<Result, 'data'>, reference: string): Pick<Instance, 'findings'> {
  const kinds = rowsAt(answer, 'findings').filter((kind) => (kind['instances'] as string[]).includes(reference));
  const findings = kinds.map((kind) => ({ severity: String(kind['severity']), title: String(kind['title']) }));
  return findings.length > 0 ? { findings } : {};
}

/** Each finding by itself, in the order of the answer. */
export const findingsOf = (answer: Pick<Result, 'data'>): Found[] =>
  rowsAt(answer, 'findings').flatMap(({ severity, rule, instances }) =>
    (instances as Omit<Found, 'severity' | 'rule' | 'name' | 'topic'>[]).map((each) => ({
      ...each,
      severity: String(severity),
      rule: String(rule),
      topic: rules.find(({ id }) => id === rule)?.topic,
      name: idOf(each.instance),
    })),
  );

export const eventsOf = (answer: Pick<Result, 'data'>): Happened[] =>
  rowsAt(answer, 'events').map((row) => ({
    ...(row as unknown as Happened),
    kind: textOr(row['kind'], 'event'),
    provider: accountOf(String(row['instance'] ?? row['account'])),
  }));

export const failedProviders = ({ data }: Result) =>
  ((data['failures'] ?? []) as { provider: string }[]).map(({ provider }) => provider);

/** `critical analytics storage-nearly-full`. */
export const lineOf = ({ severity, name, rule }: Found): string => `${severity} ${name} ${rule}`;

/** What stands in an answer outside the marks around what providers say. */
export const outside = ({ text }: Result): string => text.replace(/<data note="[^"]*">\n[^<]*<\/data>/g, '');

/** Every page of the overview, to the last. */
export async function allPages(call: Connection['call'], args: Record<string, unknown> = {}): Promise<Result[]> {
  const pages: Result[] = [];
  let cursor: unknown;
  do {
    const page = await call('fleet_overview', { ...args, ...(cursor !== undefined && { cursor }) });
    if (page.isError) throw new Error(page.text);
    pages.push(page);
    cursor = page.data['cursor'];
  } while (cursor !== undefined);
  return pages;
}
