import type { Connection, Result } from '../../support/connect.js';

export interface Instance {
  reference: string;
  provider: string;
  name: string;
  state: string;
  findings?: Found[];
}

export interface Found {
  rule: string;
  severity: string;
  topic: string;
  reference: string;
  name: string;
  evidence: { field: string; value: string }[];
  next?: { tool: string; arguments: Record<string, unknown> };
  notByApi?: string;
}

export interface Happened {
  time: string;
  provider: string;
  kind: string;
  category: string;
  reference?: string;
  name?: string;
  text: string;
}

export const instancesOf = ({ data }: Result) => data['instances'] as Instance[];
export const findingsOf = ({ data }: Result) => data['findings'] as Found[];
export const eventsOf = ({ data }: Result) => data['events'] as Happened[];
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
